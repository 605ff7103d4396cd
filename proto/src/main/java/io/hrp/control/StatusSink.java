package io.hrp.control;

/** Port: where a daemon reports its status. Thread-safe. */
public interface StatusSink {
  /**
   * Reports, replacing the daemon's earlier report. Does not wait for the broker's answer; a report
   * that cannot be sent is dropped, because the next one follows soon.
   */
  void report(DaemonStatus status);
}
