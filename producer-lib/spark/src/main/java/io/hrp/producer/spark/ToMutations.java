package io.hrp.producer.spark;

import java.io.Serializable;

/**
 * Publishes what an element stands for: none, one or many mutations, of one table or several. Runs
 * in the executors; what it captures must be serialisable.
 *
 * @param <T> the element's type
 */
@FunctionalInterface
public interface ToMutations<T> extends Serializable {
  /**
   * Publishes the element's mutations to the output, on the calling thread.
   *
   * @throws Exception fails the task
   */
  void publish(T element, TaskOutput output) throws Exception;
}
