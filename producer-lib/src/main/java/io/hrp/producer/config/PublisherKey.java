package io.hrp.producer.config;

/** The flat keys of the producer library. The reference page is generated from them. */
public enum PublisherKey {
  TIMESTAMP_POLICY(
      "timestamp.policy",
      Tier.COMMON,
      "row or job",
      "row",
      "Where the timestamps of cells without one come from: the clock, strictly increasing within a row,"
          + " or one fixed timestamp for a whole job."),
  TIMESTAMP_JOB_MS(
      "timestamp.job-ms",
      Tier.COMMON,
      "milliseconds since 1970, 0 or more",
      "",
      "The job's timestamp, with timestamp.policy=job alone; required there unless HrpOutputFormat or SparkPublish"
          + " runs the job, which fix one."),
  TIMESTAMP_MAX_AHEAD_MS(
      "timestamp.max-ahead-ms",
      Tier.RARE,
      "1 to 3600000",
      "1000",
      "How far a row's timestamps may run ahead of the clock before its callers block."),
  MAX_BLOCK_MS(
      "max-block-ms",
      Tier.COMMON,
      "1 to 3600000",
      "60000",
      "How long one wait inside publish may take before it ends in an exception."),
  MAX_IN_FLIGHT_BYTES(
      "max-in-flight-bytes",
      Tier.COMMON,
      "max.request.size to 549755813887",
      "67108864",
      "Bytes that may be under way to Kafka; publish blocks above."),
  MAX_IN_FLIGHT_RECORDS(
      "max-in-flight-records",
      Tier.RARE,
      "1 to 4194303",
      "100000",
      "Records that may be under way to Kafka; publish blocks above."),
  CLOSE_TIMEOUT_MS(
      "close.timeout-ms",
      Tier.COMMON,
      "0 to 86400000",
      "60000",
      "How long close may wait for what is in flight."),
  ATTRIBUTES_ALLOWED(
      "attributes.allowed",
      Tier.RARE,
      "names joined by commas",
      "",
      "Mutation attributes that travel with the mutation; HBase's own never do."),
  KAFKA_CONFIG_FILE(
      "kafka-config-file",
      Tier.COMMON,
      "path of a readable file",
      "",
      "A properties file on each machine with settings of Kafka's own, under their own names, such as"
          + " secrets that must not stand in a job's configuration. Keys given otherwise win over it."),
  TIMESTAMP_MAX_SKEW_MS(
      "timestamp.max-skew-ms",
      Tier.RARE,
      "1 to 31536000000",
      "60000",
      "How far this machine's clock may be off, against the brokers' and against its own steady ticker, before"
          + " mutations that need a timestamp are refused."),
  WRITER(
      "writer",
      Tier.COMMON,
      "1 to 200 bytes of UTF-8",
      "",
      "What each record names as its writer, in the header hrp-writer; user@host/pid unless set, or the job's id in a"
          + " task of MapReduce."),
  JMX_ENABLED(
      "jmx.enabled",
      Tier.RARE,
      "true or false",
      "false",
      "Whether the metrics are shown through JMX, in the domain io.hrp.producer; needs the library metrics-jmx."),
  TABLES_PUBLISH_ONLY(
      "tables.publish-only",
      Tier.COMMON,
      "patterns joined by commas",
      "",
      "Drop-in connection: tables whose writes go to Kafka alone. A pattern is namespace:table, or table for"
          + " the default namespace, with * for any characters; the most specific one wins."),
  TABLES_DUAL(
      "tables.dual",
      Tier.COMMON,
      "patterns joined by commas",
      "",
      "Drop-in connection: tables whose writes go to Kafka and then, with the same timestamps, to the local"
          + " cluster."),
  TABLES_DIRECT(
      "tables.direct",
      Tier.COMMON,
      "patterns joined by commas",
      "",
      "Drop-in connection: tables that HRP leaves alone; to except some from a wider pattern."),
  DUAL_HEAL(
      "dual.heal",
      Tier.RARE,
      "daemon or on-failure",
      "daemon",
      "Which records of dual tables the local cluster's daemon applies: all, or only those whose local write"
          + " is known to have failed."),
  DUAL_CHECK_AND_MUTATE(
      "dual.check-and-mutate",
      Tier.RARE,
      "refuse or best-effort",
      "refuse",
      "Whether a conditional mutation of a dual table is refused, or run on the local cluster and published"
          + " if it was applied."),
  COPROCESSOR_ALLOWED(
      "coprocessor.allowed",
      Tier.RARE,
      "false or true",
      "false",
      "Whether endpoint calls on published tables are let through; what they write is not captured.");

  /** Who needs to know a key. */
  public enum Tier {
    REQUIRED,
    COMMON,
    RARE
  }

  /** What every key of the library begins with. */
  public static final String PREFIX = "hrp.producer.";

  /**
   * What Kafka's own settings begin with; {@code hrp.producer.kafka.bootstrap.servers} is required.
   */
  public static final String KAFKA_PREFIX = PREFIX + "kafka.";

  private final String shortName;
  private final Tier tier;
  private final String range;
  private final String defaultText;
  private final String help;

  PublisherKey(String shortName, Tier tier, String range, String defaultText, String help) {
    this.shortName = shortName;
    this.tier = tier;
    this.range = range;
    this.defaultText = defaultText;
    this.help = help;
  }

  /** The whole key. */
  public String key() {
    return PREFIX + shortName;
  }

  public Tier tier() {
    return tier;
  }

  public String range() {
    return range;
  }

  /** The default as it would be written; empty for none. */
  public String defaultText() {
    return defaultText;
  }

  public String help() {
    return help;
  }
}
