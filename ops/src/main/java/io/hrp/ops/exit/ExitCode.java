package io.hrp.ops.exit;

import java.util.Objects;

/** What an exit status of {@code hrp} means. The daemon uses the same numbers. */
public enum ExitCode {
  /** All went as asked. */
  DONE(0, "done"),
  /** A fault of HRP itself. */
  INTERNAL_FAULT(1, "internal fault"),
  /** The command line cannot be understood. */
  USAGE(2, "bad command line"),
  /** A configuration file, or the set-up of this machine, is wrong. */
  INVALID_CONFIGURATION(3, "invalid configuration"),
  /** A cluster could not be reached or did not answer in time; worth retrying. */
  UNREACHABLE(4, "cluster unreachable or timed out (worth retrying)"),
  /** The command ran well and found something wrong. */
  PROBLEM_FOUND(5, "ran well and found a problem (lag above limit, mismatch, dead letters)"),
  /** Part was done; the report lists the rest. */
  PARTLY_DONE(6, "partly done, the report lists the rest"),
  /** A safety check said no; nothing was changed. */
  REFUSED(7, "refused by a safety check (port in use, disk full, --yes missing)"),
  /** Stopped before everything was drained. */
  NOT_DRAINED(8, "stopped before draining"),
  /** Ended by SIGINT. */
  INTERRUPTED(130, "interrupted (Ctrl-C)"),
  /** Ended by SIGTERM. */
  TERMINATED(143, "terminated");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = Objects.requireNonNull(meaning, "meaning");
  }

  /** The number the process ends with. */
  public int status() {
    return status;
  }

  /** For help texts. */
  public String meaning() {
    return meaning;
  }
}
