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

  /** Accounts for bytes that were copied into {@link #array()}. */
  void advance(int written) {
    position += written;
  }

  void varintField(int tag, long value) {
    bytes[position++] = (byte) tag;
    varint(value);
  }

  void lengthField(int tag, int length) {
    bytes[position++] = (byte) tag;
    varint(length);
  }

  void bytesField(int tag, byte[] source) {
    bytesField(tag, source, 0, source.length);
  }

  void bytesField(int tag, byte[] source, int offset, int length) {
    lengthField(tag, length);
    System.arraycopy(source, offset, bytes, position, length);
    position += length;
  }

  private void varint(long value) {
    long rest = value;
    int at = position;
    while ((rest & ~0x7fL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    position = at;
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
