package io.hrp.wire;

import java.nio.charset.StandardCharsets;

/** The record header that names the program which published a record, for people who ask. */
public final class WriterHeader {
  /** The header's key; its value is UTF-8 text. */
  public static final String NAME = "hrp-writer";

  /** Every record carries it, so it is kept short. */
  public static final int MAX_BYTES = 200;

  private WriterHeader() {}

  /**
   * The header's value.
   *
   * @throws IllegalArgumentException if the text is empty or longer than {@value #MAX_BYTES} bytes
   */
  public static byte[] value(String writer) {
    byte[] value = writer.getBytes(StandardCharsets.UTF_8);
    if (value.length == 0 || value.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a writer's name takes 1 to " + MAX_BYTES + " bytes of UTF-8, got " + value.length);
    }
    return value;
  }

  /** Bytes that the header takes in a record, at most. */
  public static int recordBytes(byte[] value) {
    // Lengths of key and value are varints: one byte and at most two.
    return 1 + NAME.length() + 2 + value.length;
  }
}
