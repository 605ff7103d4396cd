package io.hrp.control;

/** How a peer, a table on a peer or a partition is doing, as a daemon reports it. */
public enum RunState {
  /** A state of a newer program, which this one does not know. */
  UNKNOWN,
  /** Not begun: connecting, reading control. */
  STARTING,
  /** Records are applied as they come. */
  RUNNING,
  /** Cannot go on now and will by itself: target out of reach, memory, a hold. */
  WAITING,
  /** An operator paused it. */
  PAUSED,
  /** Cannot go on until somebody mends the cause the reason names. */
  PARKED,
  /** Finishing what is in flight. */
  STOPPING,
  /** Stopped in good order. */
  STOPPED
}
