package io.hrp.consumer;

/** How the daemon ends: the same codes as those of the command line. */
public enum ExitStatus {
  DONE(0),
  INTERNAL_FAULT(1),
  USAGE(2),
  INVALID_CONFIGURATION(3),
  UNREACHABLE(4),
  PROBLEM_FOUND(5),
  PARTLY_DONE(6),
  REFUSED(7),
  NOT_DRAINED(8),
  INTERRUPTED(130),
  TERMINATED(143);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
