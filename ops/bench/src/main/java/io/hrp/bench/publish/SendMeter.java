package io.hrp.bench.publish;

import com.sun.management.OperatingSystemMXBean;
import io.hrp.bench.round.Cost;
import io.hrp.bench.round.ProcessTimes;
import io.hrp.bench.round.Sample;
import java.lang.management.ManagementFactory;

/** Time and processor time from the first row to the last acknowledgement. */
final class SendMeter {

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final long brokerPid;
  private final long brokerCpu;
  private final long cpu;
  private final long begin;

  private SendMeter(long brokerPid) {
    this.brokerPid = brokerPid;
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
        .with(Cost.BROKER_CPU, ProcessTimes.cpuNanos(brokerPid) - brokerCpu);
  }
}
