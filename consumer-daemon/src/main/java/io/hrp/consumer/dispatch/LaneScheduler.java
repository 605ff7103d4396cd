package io.hrp.consumer.dispatch;

/**
 * Runs lanes. Whatever ran before a task was handed in happens before the task.
 *
 * <p>Any thread may call; no call blocks. After a shutdown, tasks are dropped without a word.
 */
public interface LaneScheduler {
  /** Runs the task soon, on any worker. */
  void execute(Runnable task);

  /** Runs the task after at least {@code delayMs} milliseconds. */
  void schedule(Runnable task, long delayMs);
}
