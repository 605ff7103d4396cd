package io.hrp.producer.config;

import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.PublisherOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Kafka's own settings for the clients of a publisher: what HRP sets, and what users pass through.
 */
public final class KafkaClientSettings {
  /** Kafka's default, which is also what a broker takes without further settings. */
  static final int DEFAULT_MAX_REQUEST_SIZE = 1 << 20;

  /**
   * Settings that decide whether HRP's guarantees hold, with the reason a user is given. A map from
   * the refused key to that reason.
   */
  static final Map<String, String> OWNED =
      Map.of(
          "acks", "HRP needs acks=all so that an acknowledged mutation is not lost",
          "enable.idempotence", "HRP needs it on so that retries keep the order of a row",
          "retries", "retries end with delivery.timeout.ms, set that instead",
          "transactional.id", "the publisher uses no transactions",
          "key.serializer", "records are built by HRP",
          "value.serializer", "records are built by HRP",
          "partitioner.class", "HRP computes the partition",
          "max.block.ms", "set hrp.producer.max-block-ms instead",
          "buffer.memory", "it follows hrp.producer.max-in-flight-bytes, set that instead");

  /** Settings that mean something to Kafka's producer alone. */
  private static final Set<String> PRODUCER_ONLY =
      Set.of(
          "batch.size",
          "linger.ms",
          "compression.type",
          "compression.gzip.level",
          "compression.lz4.level",
          "compression.zstd.level",
          "delivery.timeout.ms",
          "max.request.size",
          "max.in.flight.requests.per.connection",
          "interceptor.classes",
          "partitioner.ignore.keys",
          "partitioner.adaptive.partitioning.enable",
          "partitioner.availability.timeout.ms",
          "metadata.max.idle.ms",
          "client.id");

  private final Map<String, String> passedThrough;
  private final PublisherOptions options;
  private final int maxRequestSize;

  private KafkaClientSettings(PublisherOptions options, int maxRequestSize) {
    this.options = options;
    this.passedThrough = KafkaClassNames.actual(options.kafka());
    this.maxRequestSize = maxRequestSize;
  }

  /**
   * Checks what is passed through.
   *
   * @throws InvalidOptionsException with every key that HRP must own
   */
  public static KafkaClientSettings of(PublisherOptions options) {
    List<String> problems = new ArrayList<>();
    new TreeMap<>(options.kafka())
        .keySet()
        .forEach(
            key -> {
              String reason = OWNED.get(key);
              if (reason != null) {
                problems.add("kafka." + key + " cannot be set: " + reason);
              }
            });
    int maxRequestSize = maxRequestSize(options, problems);
    if (options.maxInFlightBytes() < maxRequestSize) {
      problems.add(
          "max-in-flight-bytes is "
              + options.maxInFlightBytes()
              + " and must be at least max.request.size, which is "
              + maxRequestSize);
    }
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
    return new KafkaClientSettings(options, maxRequestSize);
  }

  public int maxRequestSize() {
    return maxRequestSize;
  }

  /** Settings of the producer, serializers left out. */
  public Map<String, Object> producer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("client.id", "hrp-producer");
    settings.put("compression.type", "lz4");
    // Larger batches than Kafka's 16 KiB compress better and take fewer requests; one is allocated
    // for
    // each partition that is written to.
    settings.put("batch.size", "131072");
    settings.put("linger.ms", "5");
    settings.put("max.request.size", Integer.toString(maxRequestSize));
    settings.putAll(passedThrough);
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    settings.put("max.block.ms", Long.toString(options.maxBlock().toMillis()));
    // Twice what may be in flight: HRP's own limit then binds first and a send does not wait for
    // memory
    // while it holds a row's lock, although batches that are not full occupy their whole size.
    settings.put("buffer.memory", Long.toString(2 * options.maxInFlightBytes()));
    return settings;
  }

  /** Settings of clients that read or ask: the control reader, the look at topics. */
  public Map<String, Object> reader() {
    Map<String, Object> settings = new HashMap<>(passedThrough);
    settings.keySet().removeAll(PRODUCER_ONLY);
    return settings;
  }

  private static int maxRequestSize(PublisherOptions options, List<String> problems) {
    String text = options.kafka().get("max.request.size");
    if (text == null) {
      return DEFAULT_MAX_REQUEST_SIZE;
    }
    try {
      int size = Integer.parseInt(text.trim());
      if (size >= 1) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Said below, with the other wrong values.
    }
    problems.add(
        "kafka.max.request.size must be a number of bytes of at least 1, got '" + text + "'");
    return DEFAULT_MAX_REQUEST_SIZE;
  }
}
