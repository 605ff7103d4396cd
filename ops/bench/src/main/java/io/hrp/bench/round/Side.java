package io.hrp.bench.round;

/** One way of doing the work that is measured. Called by one thread at a time. */
public interface Side {

  /** Such as {@code hrp} or {@code bare}; unique within its case. */
  String name();

  /**
   * Does the work once and measures it; set-up and cleaning up stay outside the measured time.
   *
   * @param round 0 for the warm-up, whose sample is dropped, then 1, 2, ...
   */
  Sample run(int round) throws InterruptedException;
}
