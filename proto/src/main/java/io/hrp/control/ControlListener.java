package io.hrp.control;

/** Told of control states as they change. */
@FunctionalInterface
public interface ControlListener {
  /**
   * Called after the first complete read and then after every change of the state, in order, on the
   * reader's own thread: it must return at once and not throw.
   */
  void onControl(ControlView view);
}
