package io.hrp.producer.spark;

import java.io.Serializable;
import org.apache.hadoop.hbase.client.Row;

/**
 * Turns an element into the mutation to publish. Runs in the executors; what it captures must be
 * serialisable.
 *
 * @param <T> the element's type
 */
@FunctionalInterface
public interface ToMutation<T> extends Serializable {
  /**
   * A Put, a Delete or a RowMutations, not null: filter before, or use {@link ToMutations}.
   *
   * @throws Exception fails the task
   */
  Row mutationOf(T element) throws Exception;
}
