package io.hrp.producer.metrics;

import com.codahale.metrics.Snapshot;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** An HDR histogram as Dropwizard's reporters want to see it. The histogram must not change. */
final class HistogramSnapshot extends Snapshot {
  private final Histogram histogram;

  HistogramSnapshot(Histogram histogram) {
    this.histogram = histogram;
  }

  @Override
  public double getValue(double quantile) {
    return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(quantile * 100);
  }

  /** One value for each bucket that holds any, however many it holds. */
  @Override
  public long[] getValues() {
    LongStream.Builder values = LongStream.builder();
    for (HistogramIterationValue value : histogram.recordedValues()) {
      values.add(value.getValueIteratedTo());
    }
    return values.build().toArray();
  }

  @Override
  public int size() {
    return (int) Math.min(Integer.MAX_VALUE, histogram.getTotalCount());
  }

  @Override
  public long getMax() {
    return histogram.getTotalCount() == 0 ? 0 : histogram.getMaxValue();
  }

  @Override
  public double getMean() {
    return histogram.getMean();
  }

  @Override
  public long getMin() {
    return histogram.getTotalCount() == 0 ? 0 : histogram.getMinValue();
  }

  @Override
  public double getStdDev() {
    return histogram.getStdDeviation();
  }

  @Override
  public void dump(OutputStream output) {
    PrintWriter out = new PrintWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
    for (long value : getValues()) {
      out.println(value);
    }
    out.flush();
  }
}
