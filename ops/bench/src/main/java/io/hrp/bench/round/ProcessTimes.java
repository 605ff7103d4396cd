package io.hrp.bench.round;

import java.time.Duration;

/**
 * Processor time of other processes. Java asks the kernel for it in ticks of 10 ms, which is fine
 * for runs of a second and more.
 */
public final class ProcessTimes {

  private ProcessTimes() {}

  /** User and system time of a process since it began, in nanoseconds. */
  public static long cpuNanos(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(Duration::toNanos)
        .orElseThrow(() -> new IllegalStateException("process " + pid + " is gone"));
  }
}
