package io.hrp.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names the topics of HRP, and reads a table back from a topic's name.
 *
 * <p>A table's topic is {@code hrp.<namespace>.<table>}, both parts escaped to Kafka's alphabet:
 * ASCII letters and digits stay, {@code -} becomes {@code --}, {@code _} becomes {@code -u}, {@code
 * .} becomes {@code -d}, and any other character becomes {@code -xHH} for each of its UTF-8 bytes.
 * No escaped name holds a {@code _} or a {@code .} of its own, so no two topics differ only in
 * these, which Kafka would refuse.
 *
 * <p>Stateless and safe for use by any thread.
 */
public final class TopicNames {
  /** The control topic: compacted, one partition. */
  public static final String CONTROL = "hrp-control";

  /** The audit topic: operators' changes, kept for good. */
  public static final String AUDIT = "hrp-audit";

  /** The status topic: what daemons report. */
  public static final String STATUS = "hrp-status";

  /** Kafka's limit for the length of a topic name, in characters. */
  static final int MAX_LENGTH = 249;

  private static final String DATA_PREFIX = "hrp.";
  private static final String DEAD_LETTER_PREFIX = "hrp-dead-letter.";
  private static final String PART = "(?:[A-Za-z0-9]|--|-u|-d|(?:-x[0-9A-F]{2}))+";
  private static final Pattern DATA_TOPIC = Pattern.compile("hrp\\." + PART + "\\." + PART);
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private TopicNames() {}

  /**
   * The topic of a table's mutations.
   *
   * @throws TopicNameTooLongException if this table's topics cannot all be named
   */
  public static String dataTopic(TableId table) {
    return DATA_PREFIX + escaped(table);
  }

  /**
   * The topic of a table's dead letters.
   *
   * @throws TopicNameTooLongException if this table's topics cannot all be named
   */
  public static String deadLetterTopic(TableId table) {
    return DEAD_LETTER_PREFIX + escaped(table);
  }

  /** The table whose mutations a topic holds, or empty for any other topic. */
  public static Optional<TableId> tableOfDataTopic(String topic) {
    return tableAfter(DATA_PREFIX, topic);
  }

  /** The table whose dead letters a topic holds, or empty for any other topic. */
  public static Optional<TableId> tableOfDeadLetterTopic(String topic) {
    return tableAfter(DEAD_LETTER_PREFIX, topic);
  }

  /**
   * A pattern that every data topic matches as a whole, and no control or dead-letter topic does. A
   * match may still be no table's topic: ask {@link #tableOfDataTopic}.
   */
  public static Pattern dataTopicPattern() {
    return DATA_TOPIC;
  }

  private static String escaped(TableId table) {
    StringBuilder escaped = new StringBuilder(64);
    escape(table.namespace(), escaped);
    escaped.append('.');
    escape(table.name(), escaped);
    int length = DEAD_LETTER_PREFIX.length() + escaped.length();
    if (length > MAX_LENGTH) {
      throw new TopicNameTooLongException(table, length);
    }
    return escaped.toString();
  }

  private static void escape(String text, StringBuilder out) {
    ByteBuffer bytes;
    try {
      bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a table's name is no well-formed Unicode text", e);
    }
    while (bytes.hasRemaining()) {
      byte value = bytes.get();
      if (isPlain(value)) {
        out.append((char) value);
      } else if (value == '-') {
        out.append("--");
      } else if (value == '_') {
        out.append("-u");
      } else if (value == '.') {
        out.append("-d");
      } else {
        out.append("-x").append(HEX[(value >> 4) & 0xf]).append(HEX[value & 0xf]);
      }
    }
  }

  private static boolean isPlain(int value) {
    return (value >= 'a' && value <= 'z')
        || (value >= 'A' && value <= 'Z')
        || (value >= '0' && value <= '9');
  }

  private static Optional<TableId> tableAfter(String prefix, String topic) {
    if (!topic.startsWith(prefix)) {
      return Optional.empty();
    }
    int dot = topic.indexOf('.', prefix.length());
    if (dot < 0) {
      return Optional.empty();
    }
    Optional<String> namespace = unescape(topic.substring(prefix.length(), dot));
    Optional<String> name = unescape(topic.substring(dot + 1));
    if (namespace.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    if (namespace.get().indexOf(':') >= 0 || name.get().indexOf(':') >= 0) {
      return Optional.empty();
    }
    TableId table = TableId.of(namespace.get(), name.get());
    // Only the one spelling that escaping gives counts: other topics are not ours.
    return topic.equals(prefix + escapedOrEmpty(table)) ? Optional.of(table) : Optional.empty();
  }

  private static String escapedOrEmpty(TableId table) {
    try {
      return escaped(table);
    } catch (TopicNameTooLongException e) {
      return "";
    }
  }

  /** The text of an escaped part; lenient, since the caller escapes the result and compares. */
  private static Optional<String> unescape(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    int at = 0;
    while (at < text.length()) {
      char plain = text.charAt(at);
      char escape = plain == '-' && at + 1 < text.length() ? text.charAt(at + 1) : 0;
      if (plain != '-') {
        bytes.put((byte) plain);
        at++;
      } else if (escape == 'x') {
        if (at + 4 > text.length()) {
          return Optional.empty();
        }
        int high = Character.digit(text.charAt(at + 2), 16);
        int low = Character.digit(text.charAt(at + 3), 16);
        bytes.put((byte) (high << 4 | low));
        at += 4;
      } else {
        bytes.put((byte) (escape == 'u' ? '_' : escape == 'd' ? '.' : '-'));
        at += 2;
      }
    }
    bytes.flip();
    if (!bytes.hasRemaining()) {
      return Optional.empty();
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
