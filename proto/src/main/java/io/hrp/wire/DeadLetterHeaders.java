package io.hrp.wire;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a dead-letter record say: where it comes from and why it is there. Every
 * value is UTF-8 text, numbers in decimal digits.
 *
 * <p>Immutable and safe for use by any thread.
 */
public final class DeadLetterHeaders {
  public static final String PEER = "hrp-peer";
  public static final String SOURCE_TOPIC = "hrp-source-topic";
  public static final String SOURCE_PARTITION = "hrp-source-partition";
  public static final String SOURCE_OFFSET = "hrp-source-offset";
  public static final String ERROR_KIND = "hrp-error-kind";
  public static final String ERROR_CLASS = "hrp-error-class";
  public static final String ERROR_MESSAGE = "hrp-error-message";
  public static final String FAILED_AT_MS = "hrp-failed-at-ms";
  public static final String ATTEMPTS = "hrp-attempts";

  /** Longest error message kept, in bytes of UTF-8. */
  public static final int MAX_MESSAGE_BYTES = 1024;

  private final String peer;
  private final String sourceTopic;
  private final int sourcePartition;
  private final long sourceOffset;
  private final String errorKind;
  private final String errorClass;
  private final String errorMessage;
  private final long failedAtMs;
  private final int attempts;

  private DeadLetterHeaders(Builder builder) {
    this.peer = required(PEER, builder.peer);
    this.sourceTopic = required(SOURCE_TOPIC, builder.sourceTopic);
    this.sourcePartition = builder.sourcePartition;
    this.sourceOffset = builder.sourceOffset;
    this.errorKind = required(ERROR_KIND, builder.errorKind);
    this.errorClass = required(ERROR_CLASS, builder.errorClass);
    this.errorMessage = cut(builder.errorMessage);
    this.failedAtMs = builder.failedAtMs;
    this.attempts = builder.attempts;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads headers back. Headers of other names are passed by; of two with one name the last counts.
   *
   * @throws MalformedMessageException if one is missing, or no number where one should be
   */
  public static DeadLetterHeaders parse(List<Map.Entry<String, byte[]>> headers) {
    Builder builder = builder();
    builder.peer(text(headers, PEER));
    builder.source(
        text(headers, SOURCE_TOPIC),
        Math.toIntExact(number(headers, SOURCE_PARTITION, Integer.MAX_VALUE)),
        number(headers, SOURCE_OFFSET, Long.MAX_VALUE));
    builder.error(
        text(headers, ERROR_KIND), text(headers, ERROR_CLASS), text(headers, ERROR_MESSAGE));
    builder.failedAtMs(number(headers, FAILED_AT_MS, Long.MAX_VALUE));
    builder.attempts(Math.toIntExact(number(headers, ATTEMPTS, Integer.MAX_VALUE)));
    return builder.build();
  }

  /** The headers to put on the record: name and value of each, in a fixed order. */
  public List<Map.Entry<String, byte[]>> toHeaders() {
    return List.of(
        header(PEER, peer),
        header(SOURCE_TOPIC, sourceTopic),
        header(SOURCE_PARTITION, Integer.toString(sourcePartition)),
        header(SOURCE_OFFSET, Long.toString(sourceOffset)),
        header(ERROR_KIND, errorKind),
        header(ERROR_CLASS, errorClass),
        header(ERROR_MESSAGE, errorMessage),
        header(FAILED_AT_MS, Long.toString(failedAtMs)),
        header(ATTEMPTS, Integer.toString(attempts)));
  }

  /** The peer that could not apply the record. */
  public String peer() {
    return peer;
  }

  public String sourceTopic() {
    return sourceTopic;
  }

  public int sourcePartition() {
    return sourcePartition;
  }

  public long sourceOffset() {
    return sourceOffset;
  }

  /** The kind of failure, such as {@code POISON}. */
  public String errorKind() {
    return errorKind;
  }

  /** Name of the exception's class. */
  public String errorClass() {
    return errorClass;
  }

  /** The exception's message, cut to {@link #MAX_MESSAGE_BYTES}; may be empty. */
  public String errorMessage() {
    return errorMessage;
  }

  /** When it was given up, milliseconds since 1970 by the daemon's clock. */
  public long failedAtMs() {
    return failedAtMs;
  }

  /** How often it was tried. */
  public int attempts() {
    return attempts;
  }

  private static String required(String name, @Nullable String value) {
    return requireNonNull(value, name);
  }

  private static Map.Entry<String, byte[]> header(String name, String value) {
    return Map.entry(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(List<Map.Entry<String, byte[]>> headers, String name) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      Map.Entry<String, byte[]> header = headers.get(i);
      byte[] value = header.getValue();
      // Kafka allows a header without a value, whatever our own type says.
      if (header.getKey().equals(name) && value != null) {
        return new String(value, StandardCharsets.UTF_8);
      }
    }
    throw new MalformedMessageException(
        "cannot read the headers of a dead-letter record: '" + name + "' is missing");
  }

  private static long number(List<Map.Entry<String, byte[]>> headers, String name, long max) {
    String text = text(headers, name);
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Worded below, like a number out of range.
    }
    throw new MalformedMessageException(
        "cannot read the headers of a dead-letter record: '"
            + name
            + "' is no number from 0 to "
            + max);
  }

  /** Cuts between characters, so that what is left is still UTF-8. */
  private static String cut(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_MESSAGE_BYTES) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    int end = MAX_MESSAGE_BYTES;
    while ((bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /** Collects the fields; not thread-safe. All texts but the error's message are required. */
  public static final class Builder {
    private @Nullable String peer;
    private @Nullable String sourceTopic;
    private int sourcePartition;
    private long sourceOffset;
    private @Nullable String errorKind;
    private @Nullable String errorClass;
    private String errorMessage = "";
    private long failedAtMs;
    private int attempts;

    private Builder() {}

    public Builder peer(String name) {
      this.peer = name;
      return this;
    }

    /** The record that could not be applied. */
    public Builder source(String topic, int partition, long offset) {
      this.sourceTopic = topic;
      this.sourcePartition = partition;
      this.sourceOffset = offset;
      return this;
    }

    /** Why; a message of null counts as empty. */
    public Builder error(String kind, String className, @Nullable String message) {
      this.errorKind = kind;
      this.errorClass = className;
      this.errorMessage = message == null ? "" : message;
      return this;
    }

    /** When it was given up, milliseconds since 1970. */
    public Builder failedAtMs(long timeMs) {
      this.failedAtMs = timeMs;
      return this;
    }

    public Builder attempts(int count) {
      this.attempts = count;
      return this;
    }

    /**
     * Builds the headers.
     *
     * @throws NullPointerException naming the header that was not given
     */
    public DeadLetterHeaders build() {
      return new DeadLetterHeaders(this);
    }
  }
}
