package io.hrp.producer.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of values as writing tools hold them. */
final class PlainValues {
  private PlainValues() {}

  /**
   * The bytes of a {@code byte[]}, of what remains in a {@link ByteBuffer}, or of a text in UTF-8.
   *
   * @throws IllegalArgumentException for any other class, since only its owner knows its bytes
   */
  static byte[] bytes(@Nullable Object value, String column) {
    if (value instanceof byte[]) {
      return (byte[]) value;
    }
    if (value instanceof ByteBuffer) {
      return bytes((ByteBuffer) value);
    }
    if (value instanceof CharSequence) {
      return bytes(value.toString());
    }
    throw new IllegalArgumentException(
        value == null
            ? "column '" + column + "' has no value; leave it out, or delete it"
            : "the value of column '"
                + column
                + "' is a "
                + value.getClass().getName()
                + "; give byte[], ByteBuffer or text, for instance by Bytes.toBytes");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What remains in the buffer, whose position stays. */
  static byte[] bytes(ByteBuffer buffer) {
    ByteBuffer view = buffer.duplicate();
    byte[] bytes = new byte[view.remaining()];
    view.get(bytes);
    return bytes;
  }
}
