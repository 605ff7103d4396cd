package io.hrp.bench.round;

/** What a side spends beside time. */
public enum Cost {
  /** Processor time of the process, or thread, that does the work. */
  CPU("CPU us/row", 1e-3),
  /** Processor time of the HBase cluster that is written to. */
  TARGET_CPU("target us/row", 1e-3),
  /** Processor time of the Kafka broker. */
  BROKER_CPU("broker us/row", 1e-3),
  /** Bytes allocated on the heap. */
  ALLOCATED("bytes/row", 1);

  private final String heading;
  private final double scale;

  Cost(String heading, double scale) {
    this.heading = heading;
    this.scale = scale;
  }

  /** Heading of its column: name, unit, and that it is per row. */
  public String heading() {
    return heading;
  }

  /** From what is measured, nanoseconds or bytes, to the unit of the column. */
  double scale() {
    return scale;
  }
}
