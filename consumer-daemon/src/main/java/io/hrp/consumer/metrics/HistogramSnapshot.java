package io.hrp.consumer.metrics;

import com.codahale.metrics.Snapshot;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** The values of one window, read-only. */
final class HistogramSnapshot extends Snapshot {
  private final Histogram window;
  private final long lifetimeSum;

  HistogramSnapshot(Histogram window, long lifetimeSum) {
    this.window = window;
    this.lifetimeSum = lifetimeSum;
  }

  /** The sum of all values since the start, not of the window alone. */
  long lifetimeSum() {
    return lifetimeSum;
  }

  @Override
  public double getValue(double quantile) {
    return window.getTotalCount() == 0 ? 0 : window.getValueAtPercentile(quantile * 100);
  }

  @Override
  public long[] getValues() {
    return java.util.stream.StreamSupport.stream(window.recordedValues().spliterator(), false)
        .mapToLong(HistogramIterationValue::getValueIteratedTo)
        .toArray();
  }

  @Override
  public int size() {
    return (int) Math.min(Integer.MAX_VALUE, window.getTotalCount());
  }

  @Override
  public long getMax() {
    return window.getMaxValue();
  }

  @Override
  public double getMean() {
    return window.getTotalCount() == 0 ? 0 : window.getMean();
  }

  @Override
  public long getMin() {
    return window.getTotalCount() == 0 ? 0 : window.getMinValue();
  }

  @Override
  public double getStdDev() {
    return window.getTotalCount() == 0 ? 0 : window.getStdDeviation();
  }

  @Override
  public void dump(OutputStream output) {
    PrintWriter writer = new PrintWriter(output, false, StandardCharsets.UTF_8);
    for (long value : getValues()) {
      writer.println(value);
    }
    writer.flush();
  }
}
