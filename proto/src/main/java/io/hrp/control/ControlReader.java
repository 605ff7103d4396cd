package io.hrp.control;

import java.time.Duration;

/** Port: follows the control topic. Thread-safe; no method waits for the network but the last. */
public interface ControlReader {
  /** The latest view; {@link ControlView#notRead} before the first complete read. */
  ControlView current();

  /**
   * Waits until the topic was read to its end once.
   *
   * @return whether it was, in time
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  boolean awaitFirstRead(Duration timeout) throws InterruptedException;
}
