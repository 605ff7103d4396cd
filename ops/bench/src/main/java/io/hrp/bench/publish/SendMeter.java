package io.hrp.bench.publish;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.hrp.bench.round.Cost;
import io.hrp.bench.round.ProcessTimes;
import io.hrp.bench.round.Sample;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Time, processor time and allocations from the first row to the last acknowledgement. Allocations
 * are those of the threads that live from begin to end, which those of both sides do.
 */
final class SendMeter {

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long brokerPid;
  private final long[] threads;
  private final long allocated;
  private final long brokerCpu;
  private final long cpu;
  private final long begin;

  private SendMeter(long brokerPid) {
    this.brokerPid = brokerPid;
    this.threads = THREADS.getAllThreadIds();
    this.allocated = allocated(threads);
    this.brokerCpu = ProcessTimes.cpuNanos(brokerPid);
    this.cpu = PROCESS.getProcessCpuTime();
    this.begin = System.nanoTime();
  }

  /** Starts now. */
  static SendMeter start(long brokerPid) {
    return new SendMeter(brokerPid);
  }

  Sample stop(long rows) {
    long nanos = System.nanoTime() - begin;
    return Sample.of(rows, nanos)
        .with(Cost.CPU, PROCESS.getProcessCpuTime() - cpu)
        .with(Cost.BROKER_CPU, ProcessTimes.cpuNanos(brokerPid) - brokerCpu)
        .with(Cost.ALLOCATED, allocated(threads) - allocated);
  }

  private static long allocated(long[] threads) {
    return Arrays.stream(THREADS.getThreadAllocatedBytes(threads)).filter(bytes -> bytes > 0).sum();
  }
}
