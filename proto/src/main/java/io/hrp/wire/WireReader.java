package io.hrp.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Walks the protobuf fields in a range of an array. Reads nothing outside the range and throws only
 * {@link MalformedMessageException}. Not thread-safe.
 */
final class WireReader {
  /** How deep groups may nest, the limit of protobuf's own parsers. */
  private static final int MAX_GROUP_DEPTH = 100;

  private static final int MAX_VARINT_SHIFT = 63;

  private final byte[] bytes;
  private int position;
  private int limit;

  WireReader(byte[] bytes, int position, int limit) {
    this.bytes = bytes;
    this.position = position;
    this.limit = limit;
  }

  int position() {
    return position;
  }

  int limit() {
    return limit;
  }

  /** Goes on at another range of the same array, which must lie within it. */
  void range(int newPosition, int newLimit) {
    this.position = newPosition;
    this.limit = newLimit;
  }

  /** The next field's tag, or 0 at the end of the range. */
  int tag() {
    if (position >= limit) {
      return 0;
    }
    int first = bytes[position];
    if (first >= 8) {
      position++;
      return first;
    }
    long tag = varint();
    if (tag >>> 32 != 0 || tag >>> 3 == 0) {
      throw malformed("a field's tag is out of range");
    }
    return (int) tag;
  }

  long varint() {
    int at = position;
    if (at < limit && bytes[at] >= 0) {
      position = at + 1;
      return bytes[at];
    }
    long value = 0;
    for (int shift = 0; shift <= MAX_VARINT_SHIFT; shift += 7) {
      if (at >= limit) {
        throw malformed("it ends within a number");
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        position = at;
        return value;
      }
    }
    throw malformed("a number has more than 10 bytes");
  }

  /** The length of a field of bytes; {@link #position} then stands at its first byte. */
  int length() {
    long length = varint();
    if (length < 0 || length > limit - position) {
      throw malformed("a field of bytes is longer than what holds it");
    }
    return (int) length;
  }

  /** Reads a length, passes its bytes by, and gives the length. */
  int skipBytes() {
    int length = length();
    position += length;
    return length;
  }

  /** Passes by the value of a field that the schema does not have. */
  void skip(int tag) {
    skip(tag, 0);
  }

  private void skip(int tag, int depth) {
    switch (tag & 7) {
      case WireTags.VARINT:
        varint();
        return;
      case WireTags.FIXED64:
        skipFixed(Long.BYTES);
        return;
      case WireTags.LENGTH_DELIMITED:
        skipBytes();
        return;
      case WireTags.START_GROUP:
        skipGroup(tag, depth + 1);
        return;
      case WireTags.FIXED32:
        skipFixed(Integer.BYTES);
        return;
      default:
        throw malformed("a field has no valid wire type");
    }
  }

  private void skipFixed(int length) {
    if (length > limit - position) {
      throw malformed("it ends within a field");
    }
    position += length;
  }

  private void skipGroup(int startTag, int depth) {
    if (depth > MAX_GROUP_DEPTH) {
      throw malformed("groups nest deeper than " + MAX_GROUP_DEPTH);
    }
    int endTag = (startTag & ~7) | WireTags.END_GROUP;
    for (int tag = tag(); tag != endTag; tag = tag()) {
      if (tag == 0) {
        throw malformed("it ends within a group");
      }
      skip(tag, depth);
    }
  }

  /** A string of the array, which need not lie in the range; refuses what is no UTF-8. */
  String text(int offset, int length) {
    requireText(offset, length);
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }

  /** Refuses what is no UTF-8. */
  void requireText(int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] < 0) {
        requireUnicodeText(offset, length);
        return;
      }
    }
  }

  private void requireUnicodeText(int offset, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
    } catch (CharacterCodingException e) {
      throw malformed("a text is no UTF-8");
    }
  }

  MalformedMessageException malformed(String what) {
    return new MalformedMessageException(
        "cannot read a message: " + what + " (at byte " + position + ")");
  }
}
