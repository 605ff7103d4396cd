package io.hrp.producer;

import io.hrp.producer.api.PublisherOptions;
import io.hrp.wire.WriterHeader;
import java.util.OptionalLong;
import java.util.Set;

/** The options that every single mutation is measured by. Immutable. */
final class StampRules {
  private final OptionalLong jobTimestamp;
  private final long maxAheadMs;
  private final long maxInFlightBytes;
  private final Set<String> allowedAttributes;
  private final int headerBytes;

  private StampRules(PublisherOptions options) {
    jobTimestamp = options.timestampPolicy().jobTimestamp();
    maxAheadMs = options.maxAhead().toMillis();
    maxInFlightBytes = options.maxInFlightBytes();
    allowedAttributes = options.allowedAttributes();
    headerBytes = WriterHeader.recordBytes(WriterHeader.value(options.writer()));
  }

  static StampRules of(PublisherOptions options) {
    return new StampRules(options);
  }

  OptionalLong jobTimestamp() {
    return jobTimestamp;
  }

  long maxAheadMs() {
    return maxAheadMs;
  }

  long maxInFlightBytes() {
    return maxInFlightBytes;
  }

  /** What each record's headers take. */
  int headerBytes() {
    return headerBytes;
  }

  Set<String> allowedAttributes() {
    return allowedAttributes;
  }
}
