package io.hrp.consumer.apply;

import io.hrp.wire.TableId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Sends mutations to one target cluster. Each call is one attempt: nothing is retried here, so that
 * the order of a row's mutations stays in the caller's hands.
 *
 * <p><b>Errors.</b> The futures never complete exceptionally and always complete, in a time that is
 * bounded by the timeouts the applier was built with: what goes wrong is an {@link
 * ApplyOutcome.Failed} for each mutation it concerns. A target may refuse a whole part of a batch
 * for one bad mutation, so a failure that is not {@link FailureKind#RETRIABLE} counts only when the
 * mutation was alone in its call.
 *
 * <p><b>Thread-safety.</b> Any thread may call, at the same time as others. No call blocks for the
 * network or for a lock held across it. The futures complete on a thread of the applier, which the
 * caller's continuations must not block.
 *
 * <p><b>Ordering.</b> Mutations of one row that stand in one batch are applied in the batch's
 * order, provided that the batch holds for this row either plain puts and deletes or a single
 * mutation of kind {@code ROW_MUTATIONS}, and that all mutations of the batch have equal cluster
 * ids. Two calls have no order among them: the caller waits for the first before it sends the same
 * row again.
 *
 * <p>After a failure, later mutations of the same row in the same batch may still have been
 * applied; the caller sends the failed one and all later ones of its row again.
 */
public interface MutationApplier extends AutoCloseable {

  /**
   * Applies a batch once.
   *
   * @param batch not altered; the applier keeps no reference after completion
   * @return one outcome for each item, in the order of the batch
   * @throws IllegalArgumentException if the batch is empty
   */
  CompletableFuture<List<ApplyOutcome>> apply(TableId table, List<ApplyItem> batch);

  /**
   * The target cluster's own id, as it gives it to its write-ahead logs.
   *
   * @return empty if the target could not be asked now; ask again later
   */
  CompletableFuture<Optional<UUID>> clusterId();

  /**
   * Lets go of the target. Calls in flight complete, with a retriable failure where the outcome is
   * not known; later ones complete as {@link FailureReason#NOT_SENT}. Returns within a second or
   * two; closing twice does nothing.
   */
  @Override
  void close();
}
