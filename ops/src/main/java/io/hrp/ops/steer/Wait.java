package io.hrp.ops.steer;

import java.time.Duration;

/** Lets time pass between two looks at something; a test's one moves its clock by hand. */
@FunctionalInterface
public interface Wait {
  /**
   * Returns after that time.
   *
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  void pass(Duration time) throws InterruptedException;
}
