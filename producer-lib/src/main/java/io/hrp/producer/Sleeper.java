package io.hrp.producer;

import java.time.Duration;

/** Lets time pass; a test's moves its clock instead. */
@FunctionalInterface
interface Sleeper {
  void sleep(Duration duration) throws InterruptedException;
}
