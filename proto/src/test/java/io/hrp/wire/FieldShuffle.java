package io.hrp.wire;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Rewrites a message as another writer might: fields in another order, unknown fields between them,
 * and single fields given another value first. Repeated fields keep their order among themselves.
 */
final class FieldShuffle {
  private static final Set<Integer> REPEATED =
      Set.of(WireTags.COLUMNS, WireTags.PARTS, WireTags.ATTRIBUTES, WireTags.CLUSTER_IDS);
  // Field 200 as a number, 8 bytes, 2 bytes of length 2, 4 bytes, and a group of one field.
  private static final byte[][] UNKNOWN = {
    {(byte) 0xc0, 0x0c, 0x05},
    {(byte) 0xc1, 0x0c, 1, 2, 3, 4, 5, 6, 7, 8},
    {(byte) 0xc2, 0x0c, 0x02, 0x7f, 0x7f},
    {(byte) 0xc5, 0x0c, 1, 2, 3, 4},
    {(byte) 0xc3, 0x0c, 0x08, 0x01, (byte) 0xc4, 0x0c}
  };

  private final Random random;

  FieldShuffle(Random random) {
    this.random = random;
  }

  byte[] message(byte[] bytes) {
    return shuffled(bytes, true);
  }

  private byte[] shuffled(byte[] bytes, boolean isMessage) {
    List<Field> original = fields(bytes, isMessage);
    List<Field> shuffled = new ArrayList<>(original);
    Collections.shuffle(shuffled, random);
    if (isMessage) {
      for (int tag : REPEATED) {
        restoreOrder(tag, original, shuffled);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Field field : original) {
      boolean isSingle = !isMessage || !REPEATED.contains(field.tag);
      if (isSingle && random.nextInt(3) == 0) {
        // Either way "1, then this byte": a number of 1, or one byte of content.
        out.write(field.tag);
        out.write(1);
        if ((field.tag & 7) == WireTags.LENGTH_DELIMITED) {
          out.write('a');
        }
      }
    }
    for (Field field : shuffled) {
      if (random.nextInt(5) == 0) {
        out.writeBytes(UNKNOWN[random.nextInt(UNKNOWN.length)]);
      }
      out.write(field.tag);
      out.writeBytes(field.content);
    }
    return out.toByteArray();
  }

  private List<Field> fields(byte[] bytes, boolean isMessage) {
    List<Field> fields = new ArrayList<>();
    WireReader in = new WireReader(bytes, 0, bytes.length);
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      int start = in.position();
      in.skip(tag);
      byte[] content = Arrays.copyOfRange(bytes, start, in.position());
      boolean isNested =
          isMessage
              && (tag == WireTags.COLUMNS || tag == WireTags.PARTS || tag == WireTags.ATTRIBUTES);
      fields.add(new Field(tag, isNested ? nested(tag, content) : content));
    }
    return fields;
  }

  private byte[] nested(int tag, byte[] content) {
    WireReader in = new WireReader(content, 0, content.length);
    int length = in.length();
    byte[] inner = Arrays.copyOfRange(content, in.position(), in.position() + length);
    byte[] shuffled = shuffled(inner, tag == WireTags.PARTS);
    WireWriter out = new WireWriter();
    out.bytesField(tag, shuffled);
    byte[] withTag = out.finished();
    return Arrays.copyOfRange(withTag, 1, withTag.length);
  }

  private static void restoreOrder(int tag, List<Field> original, List<Field> shuffled) {
    int next = 0;
    for (Field field : original) {
      if (field.tag == tag) {
        while (shuffled.get(next).tag != tag) {
          next++;
        }
        shuffled.set(next++, field);
      }
    }
  }

  private static final class Field {
    final int tag;
    final byte[] content;

    Field(int tag, byte[] content) {
      this.tag = tag;
      this.content = content;
    }
  }
}
