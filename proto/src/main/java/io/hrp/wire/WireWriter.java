package io.hrp.wire;

/**
 * Writes protobuf fields into an array whose size was measured before. Every {@code xxxSize} method
 * gives the bytes that its twin writes, tag included. Not thread-safe.
 */
final class WireWriter {
  private final byte[] bytes;
  private int position;

  WireWriter(int size) {
    this.bytes = new byte[size];
  }

  /** The array, once exactly as many bytes were written as were measured. */
  byte[] finished() {
    if (position != bytes.length) {
      throw new IllegalStateException(
          "measured "
              + bytes.length
              + " bytes and wrote "
              + position
              + ": was it changed meanwhile?");
    }
    return bytes;
  }

  /** The array itself, for a cell to be copied to at {@link #position()}. */
  byte[] array() {
    return bytes;
  }

  int position() {
    return position;
  }

  /** Goes on after bytes that were put into {@link #array()}. */
  void continueAt(int newPosition) {
    this.position = newPosition;
  }

  void varintField(int tag, long value) {
    position = putField(bytes, position, tag, value);
  }

  void lengthField(int tag, int length) {
    position = putField(bytes, position, tag, length);
  }

  void bytesField(int tag, byte[] source) {
    bytesField(tag, source, 0, source.length);
  }

  void bytesField(int tag, byte[] source, int offset, int length) {
    lengthField(tag, length);
    System.arraycopy(source, offset, bytes, position, length);
    position += length;
  }

  /**
   * Puts a tag and a number, which may be a length, and gives the position after them. For loops
   * that keep the position in a local variable, which is much of the speed of encoding.
   */
  static int putField(byte[] target, int position, int tag, long value) {
    int at = position;
    target[at++] = (byte) tag;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    return at;
  }

  static int varintFieldSize(long value) {
    return 1 + varintSize(value);
  }

  static long lengthFieldSize(long length) {
    return 1 + varintSize(length) + length;
  }

  /** Bytes of a varint: one for every 7 bits begun; a 64-bit number has at most 10. */
  static int varintSize(long value) {
    return (640 - Long.numberOfLeadingZeros(value) * 9) >>> 6;
  }
}
