package io.hrp.ops.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One cell as a raw scan shows it: a version of a value, or a delete marker. Immutable as long as
 * nobody writes to the arrays, which are not copied.
 *
 * <p>Sorted as HBase sorts: by row, family and qualifier, then the newest timestamp and the highest
 * type first. Two cells that compare as equal are the same cell; their values may still differ.
 */
public final class RawCell implements Comparable<RawCell> {

  private static final Comparator<RawCell> ORDER =
      Comparator.comparing(RawCell::row, Arrays::compareUnsigned)
          .thenComparing(RawCell::family, Arrays::compareUnsigned)
          .thenComparing(RawCell::qualifier, Arrays::compareUnsigned)
          .thenComparing(Comparator.comparingLong(RawCell::timestamp).reversed())
          .thenComparing(Comparator.comparingInt(RawCell::type).reversed());

  private static final int MAX_SHOWN_BYTES = 64;

  private final byte[] row;
  private final byte[] family;
  private final byte[] qualifier;
  private final long timestamp;
  private final int type;
  private final byte[] value;

  /**
   * A cell over these arrays.
   *
   * @param timestamp milliseconds since 1970
   * @param type HBase's code of the cell type, 0 to 255
   */
  public RawCell(
      byte[] row, byte[] family, byte[] qualifier, long timestamp, int type, byte[] value) {
    this.row = Objects.requireNonNull(row, "row");
    this.family = Objects.requireNonNull(family, "family");
    this.qualifier = Objects.requireNonNull(qualifier, "qualifier");
    this.timestamp = timestamp;
    this.type = type;
    this.value = Objects.requireNonNull(value, "value");
  }

  byte[] row() {
    return row;
  }

  byte[] family() {
    return family;
  }

  byte[] qualifier() {
    return qualifier;
  }

  long timestamp() {
    return timestamp;
  }

  int type() {
    return type;
  }

  byte[] value() {
    return value;
  }

  /** Whether both are cells of the same row. */
  public boolean isOfRowOf(RawCell other) {
    return Arrays.equals(row, other.row);
  }

  /** Whether both hold the same bytes. */
  public boolean hasValueOf(RawCell other) {
    return Arrays.equals(value, other.value);
  }

  @Override
  public int compareTo(RawCell other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RawCell cell && compareTo(cell) == 0 && hasValueOf(cell);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        Arrays.hashCode(row), Arrays.hashCode(family), Arrays.hashCode(qualifier), timestamp, type);
  }

  /** Where the cell stands; its value is not shown. */
  @Override
  public String toString() {
    return "row '%s' column '%s:%s' timestamp %d type %d"
        .formatted(shown(row), shown(family), shown(qualifier), timestamp, type);
  }

  private static String shown(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(bytes.length, MAX_SHOWN_BYTES); i++) {
      int b = bytes[i] & 0xff;
      boolean plain = b >= ' ' && b < 0x7f && b != '\\' && b != '\'';
      text.append(plain ? String.valueOf((char) b) : "\\x%02X".formatted(b));
    }
    return bytes.length > MAX_SHOWN_BYTES ? text + "..." : text.toString();
  }

  /** A cell from text, for tests and data sets. */
  public static RawCell of(
      String row, String family, String qualifier, long timestamp, int type, byte[] value) {
    return new RawCell(utf8(row), utf8(family), utf8(qualifier), timestamp, type, value);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
