package io.hrp.consumer.metrics;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.Reservoir;
import com.codahale.metrics.Snapshot;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntCountsHistogram;
import org.HdrHistogram.Recorder;

/**
 * Keeps every value of the last minute with two digits of precision, where Dropwizard's own
 * reservoirs keep a sample, and the sum of all values ever, which a Prometheus summary has to show.
 *
 * <p>Writers record into a wait-free recorder. Whoever notices first that a slice of 20 seconds has
 * passed, writer or reader, moves what was recorded into that slice, under the instance's lock; a
 * snapshot is the sum of the last slices and takes nothing away, so any number of readers see the
 * same. A value recorded while slices turn may count for either.
 *
 * <p>Safe for use by any thread.
 */
final class WindowedReservoir implements Reservoir {
  private static final long SLICE_NANOS = 20_000_000_000L;
  private static final int SLICES = 3;
  private static final int SIGNIFICANT_DIGITS = 2;

  private final LongSupplier nanoTicker;
  private final long highestValue;
  private final Recorder recorder;
  private final LongAdder sum = new LongAdder();
  private volatile long currentSlice;

  @GuardedBy("this")
  private final AbstractHistogram[] slices = new AbstractHistogram[SLICES];

  @GuardedBy("this")
  private final Histogram spare;

  /**
   * @param lowestValue what is smaller need not be told apart from 0
   * @param highestValue what is larger counts as this
   */
  WindowedReservoir(long lowestValue, long highestValue, LongSupplier nanoTicker) {
    this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker");
    this.highestValue = highestValue;
    this.recorder = new Recorder(lowestValue, highestValue, SIGNIFICANT_DIGITS);
    this.spare = new Histogram(lowestValue, highestValue, SIGNIFICANT_DIGITS);
    for (int i = 0; i < SLICES; i++) {
      slices[i] = new IntCountsHistogram(lowestValue, highestValue, SIGNIFICANT_DIGITS);
    }
    this.currentSlice = sliceNow();
  }

  @Override
  public int size() {
    return (int) Math.min(Integer.MAX_VALUE, window().getTotalCount());
  }

  @Override
  public void update(long value) {
    if (sliceNow() != currentSlice) {
      turn();
    }
    recorder.recordValue(Math.min(Math.max(value, 0), highestValue));
    sum.add(Math.max(value, 0));
  }

  @Override
  public Snapshot getSnapshot() {
    return new HistogramSnapshot(window(), sum.sum());
  }

  private synchronized Histogram window() {
    turn();
    Histogram window = spare.copy();
    window.reset();
    for (AbstractHistogram slice : slices) {
      window.add(slice);
    }
    return window;
  }

  /**
   * Moves what was recorded into the slice it was recorded in, then empties slices passed since.
   */
  private synchronized void turn() {
    Histogram recorded = recorder.getIntervalHistogram();
    slices[index(currentSlice)].add(recorded);
    long now = sliceNow();
    for (long next = Math.max(currentSlice + 1, now - SLICES + 1); next <= now; next++) {
      slices[index(next)].reset();
    }
    currentSlice = now;
  }

  private long sliceNow() {
    return Math.floorDiv(nanoTicker.getAsLong(), SLICE_NANOS);
  }

  private static int index(long slice) {
    return (int) Math.floorMod(slice, (long) SLICES);
  }
}
