package io.hrp.ops.steer;

import io.hrp.control.Scope;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What disabling would do, for the question before it.
 *
 * @param records records that a disable now would discard at once: those in Kafka stay, so none,
 *     unless the scope is disabled already, then those published since
 * @param backlog from each peer concerned to the records in Kafka that it has not finished; they
 *     are still applied. -1 where that cannot be told
 */
public record DiscardPlan(
    Scope scope, boolean alreadyDisabled, long records, SortedMap<String, Long> backlog) {
  public DiscardPlan {
    backlog = new TreeMap<>(backlog);
  }
}
