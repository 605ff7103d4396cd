package io.hrp.bench.codec;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.hrp.bench.round.Cost;
import io.hrp.bench.round.Sample;
import io.hrp.bench.round.Side;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * One codec in one direction over a pool of inputs, in the calling thread.
 *
 * <p>The time is the processor's, not the clock's: one thread computes and waits for nothing, so a
 * clock would add only what the machine did for others. It is that of the whole process, because
 * what a codec allocates has to be collected, by other threads.
 *
 * @param <I> what it is given: mutations or bytes
 */
final class CodecSide<I> implements Side {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Work before a sample, so that the sample begins with compiled code and a settled heap. */
  private static final int WARM_UP_MILLIS = 1_000;

  /** The kernel counts processor time in ticks of 10 ms: this many leave an error of 5 %. */
  private static final long SHORTEST_SAMPLE_NANOS = 200_000_000;

  private final String name;
  private final List<I> inputs;
  private final Function<I, ?> work;
  private final int rows;

  /** Where results go, so that the compiler cannot drop the work: a few, to die young. */
  private final Object[] results = new Object[64];

  CodecSide(String name, List<I> inputs, Function<I, ?> work, int rows) {
    this.name = Objects.requireNonNull(name, "name");
    this.inputs = List.copyOf(inputs);
    this.work = Objects.requireNonNull(work, "work");
    this.rows = rows;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Sample run(int round) {
    if (round == 0) {
      long end = System.nanoTime() + WARM_UP_MILLIS * 1_000_000L;
      while (System.nanoTime() < end) {
        repeat(inputs.size());
      }
    }
    long thread = Thread.currentThread().getId();
    long allocated = THREADS.getThreadAllocatedBytes(thread);
    long begin = PROCESS.getProcessCpuTime();
    long done = 0;
    long nanos = 0;
    while (nanos < SHORTEST_SAMPLE_NANOS) {
      repeat(rows);
      done += rows;
      nanos = PROCESS.getProcessCpuTime() - begin;
    }
    return Sample.of(done, nanos)
        .with(Cost.CPU, nanos)
        .with(Cost.ALLOCATED, THREADS.getThreadAllocatedBytes(thread) - allocated);
  }

  private void repeat(int times) {
    int next = 0;
    for (int i = 0; i < times; i++) {
      results[i & (results.length - 1)] = work.apply(inputs.get(next));
      next = next + 1 == inputs.size() ? 0 : next + 1;
    }
  }
}
