package io.hrp.producer.api;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.MetricRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher is made of. Immutable; made by {@link #builder()}, or from the flat keys {@code
 * hrp.producer.*} of a Hadoop or Spark configuration by {@code HrpPublishers.options(Map)}.
 */
public final class PublisherOptions {
  /** 64 MiB: a few hundred milliseconds of a saturated broker, and small in any heap. */
  public static final long DEFAULT_MAX_IN_FLIGHT_BYTES = 64L << 20;

  /**
   * Far more than a broker needs to stay busy. Each record keeps its mutation in the heap until its
   * outcome, and some 300 bytes beside it.
   */
  public static final int DEFAULT_MAX_IN_FLIGHT_RECORDS = 100_000;

  /** Both counts are kept in one number of 64 bits. */
  public static final long HIGHEST_IN_FLIGHT_BYTES = (1L << 39) - 1;

  public static final int HIGHEST_IN_FLIGHT_RECORDS = (1 << 22) - 1;

  public static final Duration DEFAULT_MAX_BLOCK = Duration.ofSeconds(60);
  public static final Duration DEFAULT_MAX_AHEAD = Duration.ofSeconds(1);

  /** Far beyond what clocks under NTP differ by, and short against the lives of most cells. */
  public static final Duration DEFAULT_MAX_SKEW = Duration.ofMinutes(1);

  public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(60);

  /** Every record carries the writer's name, so it is kept short. */
  public static final int MAX_WRITER_BYTES = 200;

  private final Map<String, String> kafka;
  private final TimestampPolicy timestampPolicy;
  private final Duration maxAhead;
  private final Duration maxSkew;
  private final Duration maxBlock;
  private final Duration closeTimeout;
  private final long maxInFlightBytes;
  private final int maxInFlightRecords;
  private final Set<String> allowedAttributes;
  private final MetricRegistry metrics;
  private final boolean ownRegistry;
  private final boolean jmxEnabled;
  private final String writer;
  private final Clock clock;
  private final @Nullable Executor completionExecutor;

  private PublisherOptions(Builder builder) {
    kafka = Map.copyOf(builder.kafka);
    timestampPolicy = builder.timestampPolicy;
    maxAhead = builder.maxAhead;
    maxSkew = builder.maxSkew;
    maxBlock = builder.maxBlock;
    closeTimeout = builder.closeTimeout;
    maxInFlightBytes = builder.maxInFlightBytes;
    maxInFlightRecords = builder.maxInFlightRecords;
    allowedAttributes = Set.copyOf(builder.allowedAttributes);
    ownRegistry = builder.metrics == null;
    metrics = builder.metrics == null ? new MetricRegistry() : builder.metrics;
    jmxEnabled = builder.jmxEnabled;
    writer = builder.writer;
    clock = builder.clock;
    completionExecutor = builder.completionExecutor;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Kafka's own producer settings, {@code bootstrap.servers} among them. May hold secrets. */
  public Map<String, String> kafka() {
    return kafka;
  }

  public TimestampPolicy timestampPolicy() {
    return timestampPolicy;
  }

  /** How far a row's timestamps may run ahead of the clock before its callers block. */
  public Duration maxAhead() {
    return maxAhead;
  }

  /** How far this machine's clock may be off before timestamps from it are refused. */
  public Duration maxSkew() {
    return maxSkew;
  }

  /** How long one wait inside {@code publish} may take. */
  public Duration maxBlock() {
    return maxBlock;
  }

  /** How long {@link HrpPublisher#close()} may take. */
  public Duration closeTimeout() {
    return closeTimeout;
  }

  public long maxInFlightBytes() {
    return maxInFlightBytes;
  }

  public int maxInFlightRecords() {
    return maxInFlightRecords;
  }

  /** Names of the mutation attributes that travel with it; all others stay behind. */
  public Set<String> allowedAttributes() {
    return allowedAttributes;
  }

  /** Where the publisher registers its metrics. */
  public MetricRegistry metrics() {
    return metrics;
  }

  /** Whether the metrics are shown through JMX too. */
  public boolean jmxEnabled() {
    return jmxEnabled;
  }

  /** What every record names as its writer. */
  public String writer() {
    return writer;
  }

  /** The wall clock that timestamps come from. */
  public Clock clock() {
    return clock;
  }

  /** Where futures are completed; empty: on Kafka's sender thread. */
  public Optional<Executor> completionExecutor() {
    return Optional.ofNullable(completionExecutor);
  }

  /**
   * Equal options may share a publisher: all that they hold is equal, and registry and executor are
   * the same objects. Two options without a registry of the application's choice are equal in that.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof PublisherOptions)) {
      return false;
    }
    PublisherOptions that = (PublisherOptions) other;
    return values().equals(that.values())
        && ownRegistry == that.ownRegistry
        && (ownRegistry || metrics == that.metrics)
        && completionExecutor == that.completionExecutor;
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  /** What is compared by value. */
  private List<Object> values() {
    return List.of(
        kafka,
        timestampPolicy,
        maxAhead,
        maxSkew,
        maxBlock,
        closeTimeout,
        maxInFlightBytes,
        maxInFlightRecords,
        allowedAttributes,
        jmxEnabled,
        writer,
        clock);
  }

  /** Collects options; not safe for use by several threads. */
  public static final class Builder {
    private final Map<String, String> kafka = new LinkedHashMap<>();
    private TimestampPolicy timestampPolicy = TimestampPolicy.perRow();
    private Duration maxAhead = DEFAULT_MAX_AHEAD;
    private Duration maxSkew = DEFAULT_MAX_SKEW;
    private Duration maxBlock = DEFAULT_MAX_BLOCK;
    private Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;
    private long maxInFlightBytes = DEFAULT_MAX_IN_FLIGHT_BYTES;
    private int maxInFlightRecords = DEFAULT_MAX_IN_FLIGHT_RECORDS;
    private final Set<String> allowedAttributes = new LinkedHashSet<>();
    private @Nullable MetricRegistry metrics;
    private boolean jmxEnabled;
    private String writer = ThisProcess.NAME;
    private Clock clock = Clock.systemUTC();
    private @Nullable Executor completionExecutor;

    private Builder() {}

    /** Brokers to begin with, {@code host:port} joined by commas. Required. */
    public Builder bootstrapServers(String servers) {
      return kafka("bootstrap.servers", servers);
    }

    /** One of Kafka's own producer settings. Those that HRP must own are refused by the build. */
    public Builder kafka(String key, String value) {
      kafka.put(requireNonNull(key, "key"), requireNonNull(value, "value"));
      return this;
    }

    public Builder timestampPolicy(TimestampPolicy policy) {
      this.timestampPolicy = requireNonNull(policy, "policy");
      return this;
    }

    /** At least 1 ms. */
    public Builder maxAhead(Duration maxAhead) {
      this.maxAhead = requireNonNull(maxAhead, "maxAhead");
      return this;
    }

    /** At least 1 ms. */
    public Builder maxSkew(Duration maxSkew) {
      this.maxSkew = requireNonNull(maxSkew, "maxSkew");
      return this;
    }

    /** At least 1 ms. */
    public Builder maxBlock(Duration maxBlock) {
      this.maxBlock = requireNonNull(maxBlock, "maxBlock");
      return this;
    }

    /** Zero or more. */
    public Builder closeTimeout(Duration closeTimeout) {
      this.closeTimeout = requireNonNull(closeTimeout, "closeTimeout");
      return this;
    }

    /** At least as much as the largest record may take ({@code max.request.size}). */
    public Builder maxInFlightBytes(long bytes) {
      this.maxInFlightBytes = bytes;
      return this;
    }

    /** At least 1. */
    public Builder maxInFlightRecords(int records) {
      this.maxInFlightRecords = records;
      return this;
    }

    /** Lets one more mutation attribute travel. HBase's own attributes never do. */
    public Builder allowAttribute(String name) {
      allowedAttributes.add(requireNonNull(name, "name"));
      return this;
    }

    /** Where the publisher registers its metrics; without it, in a registry of its own. */
    public Builder metrics(MetricRegistry metrics) {
      this.metrics = requireNonNull(metrics, "metrics");
      return this;
    }

    /**
     * Shows the metrics through JMX, in the domain {@code io.hrp.producer}; needs the library
     * metrics-jmx.
     */
    public Builder jmxEnabled(boolean enabled) {
      this.jmxEnabled = enabled;
      return this;
    }

    /**
     * What every record names as its writer, 1 to 200 bytes of UTF-8, such as a job's name; without
     * it user, host and process id.
     */
    public Builder writer(String writer) {
      this.writer = requireNonNull(writer, "writer");
      return this;
    }

    public Builder clock(Clock clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Completes futures on an executor instead of Kafka's sender thread, so that continuations may
     * block. A task that the executor rejects runs on the sender thread.
     */
    public Builder completionExecutor(Executor executor) {
      this.completionExecutor = requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Checks and freezes what was collected.
     *
     * @throws InvalidOptionsException with every number out of range, or without brokers
     */
    public PublisherOptions build() {
      List<String> problems = new ArrayList<>();
      String brokers = kafka.get("bootstrap.servers");
      require(
          brokers != null && !brokers.isBlank(), "kafka.bootstrap.servers is missing", problems);
      require(maxAhead.toMillis() >= 1, "max-ahead-ms must be at least 1", problems);
      require(maxSkew.toMillis() >= 1, "max-skew-ms must be at least 1", problems);
      int writerBytes = writer.getBytes(StandardCharsets.UTF_8).length;
      require(
          writerBytes >= 1 && writerBytes <= MAX_WRITER_BYTES,
          "writer must take 1 to " + MAX_WRITER_BYTES + " bytes of UTF-8, got " + writerBytes,
          problems);
      require(maxBlock.toMillis() >= 1, "max-block-ms must be at least 1", problems);
      require(!closeTimeout.isNegative(), "close.timeout-ms must not be negative", problems);
      require(
          maxInFlightBytes >= 1 && maxInFlightBytes <= HIGHEST_IN_FLIGHT_BYTES,
          "max-in-flight-bytes must be 1 to " + HIGHEST_IN_FLIGHT_BYTES,
          problems);
      require(
          maxInFlightRecords >= 1 && maxInFlightRecords <= HIGHEST_IN_FLIGHT_RECORDS,
          "max-in-flight-records must be 1 to " + HIGHEST_IN_FLIGHT_RECORDS,
          problems);
      if (!problems.isEmpty()) {
        throw new InvalidOptionsException(problems);
      }
      return new PublisherOptions(this);
    }

    private static void require(boolean holds, String problem, List<String> problems) {
      if (!holds) {
        problems.add(problem);
      }
    }
  }
}
