package io.hrp.producer.hbase;

import io.hrp.producer.api.HrpProducerException;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.MutationRejectedException;
import io.hrp.producer.api.MutationTooLargeException;
import io.hrp.producer.api.PublishInterruptedException;
import io.hrp.producer.api.Receipt;
import io.hrp.producer.api.TopicClosedException;
import io.hrp.producer.config.DropInSettings.Heal;
import io.hrp.producer.config.TableMode;
import io.hrp.producer.metrics.DropInMetrics;
import io.hrp.wire.MutationEncoder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.jspecify.annotations.Nullable;

/**
 * Puts, deletes and row mutations of one published table: to Kafka, and in the mode {@code dual} to
 * the local cluster once Kafka has them, with the timestamps they have there.
 *
 * <p>A write has two halves. {@link #begin} hands it to Kafka and waits for nothing but room;
 * {@link #finish} waits for Kafka's answers and then writes to the local cluster what it has to be
 * given. A list is begun as a whole and then finished, so that one round trip serves all of it.
 *
 * <p>Safe for use by any thread.
 */
final class TableWrites {
  private final HrpPublisher publisher;
  private final TableMode mode;
  private final Heal heal;
  private final RowStamps stamps;
  private final RealTable real;
  private final DropInMetrics metrics;

  TableWrites(
      HrpPublisher publisher,
      TableMode mode,
      Heal heal,
      RowStamps stamps,
      RealTable real,
      DropInMetrics metrics) {
    this.publisher = publisher;
    this.mode = mode;
    this.heal = heal;
    this.stamps = stamps;
    this.real = real;
    this.metrics = metrics;
  }

  TableName table() {
    return real.name();
  }

  TableMode mode() {
    return mode;
  }

  /**
   * Hands a mutation to Kafka, or leaves it to the local cluster if the topic was closed so.
   *
   * @throws PublishRefusedException if it was not taken; nothing was sent
   */
  PendingWrite begin(Row mutation) throws PublishRefusedException, InterruptedIOException {
    try {
      Optional<UUID> mark = markFor(mutation);
      return mark.isPresent()
          ? PendingWrite.marked(mutation, publish(markedWith(mark.get(), mutation)))
          : PendingWrite.published(mutation, publish(mutation));
    } catch (PublishInterruptedException e) {
      throw interrupted(e);
    } catch (TopicClosedException e) {
      if (e.policy() == TopicClosedException.Policy.DIRECT) {
        return PendingWrite.steppedAside(mutation);
      }
      throw new PublishRefusedException(e);
    } catch (HrpProducerException e) {
      throw new PublishRefusedException(e);
    }
  }

  /**
   * Begins all of a list that can be begun; the others stand in their places with the reason. A
   * mutation refused for itself does not keep the others back; any other refusal ends the
   * beginning, since the next one would only wait for the same.
   */
  List<PendingWrite> beginAll(List<? extends Row> mutations, Deadline deadline)
      throws InterruptedIOException {
    List<PendingWrite> writes = new ArrayList<>(mutations.size());
    IOException end = null;
    for (Row mutation : mutations) {
      if (end == null && !writes.isEmpty() && deadline.hasPassed()) {
        end = timedOut(deadline, false);
      }
      if (end != null) {
        writes.add(PendingWrite.refused(mutation, end));
        continue;
      }
      try {
        writes.add(begin(mutation));
      } catch (PublishRefusedException e) {
        writes.add(PendingWrite.refused(mutation, e));
        end = isOfTheMutation(e.refusal()) ? null : e;
      }
    }
    return writes;
  }

  /** Whether the next mutation may well be taken. */
  static boolean isOfTheMutation(HrpProducerException refusal) {
    return refusal instanceof MutationRejectedException
        || refusal instanceof MutationTooLargeException;
  }

  /**
   * Waits for Kafka's answers and writes to the local cluster what it has to be given. Each failure
   * stands in its write afterwards.
   *
   * @throws InterruptedIOException if the caller was interrupted; what has no answer yet may still
   *     be written
   */
  void finish(List<PendingWrite> writes, Deadline deadline) throws InterruptedIOException {
    for (PendingWrite write : writes) {
      Optional<CompletableFuture<Receipt>> published = write.published();
      if (published.isPresent()) {
        try {
          Receipt receipt = await(published.get(), deadline);
          if (mode == TableMode.DUAL) {
            stamps.of(table(), write.mutation().getRow()).given(receipt.timestamp());
            write.writeLocally(stamped(write.mutation(), receipt));
          }
        } catch (WriteNotAcknowledgedException e) {
          write.failed(e);
        }
      }
    }
    finishLocally(writes, deadline);
  }

  /**
   * Ends a write that needs nothing but Kafka's answer, if the answer is there.
   *
   * @return false if there is none yet, or the local cluster has to be given something too
   */
  boolean endIfAnswered(PendingWrite write) {
    Optional<CompletableFuture<Receipt>> published = write.published();
    if (mode == TableMode.DUAL || published.isEmpty() || !published.get().isDone()) {
      return false;
    }
    try {
      published.get().join();
    } catch (CompletionException e) {
      write.failed(notAcknowledged(e.getCause() == null ? e : e.getCause()));
    }
    return true;
  }

  static WriteNotAcknowledgedException notAcknowledged(Throwable cause) {
    return new WriteNotAcknowledgedException(String.valueOf(cause.getMessage()), cause);
  }

  private Receipt await(CompletableFuture<Receipt> published, Deadline deadline)
      throws WriteNotAcknowledgedException, InterruptedIOException {
    try {
      return published.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw timedOut(deadline, true);
    } catch (ExecutionException e) {
      throw notAcknowledged(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  private void finishLocally(List<PendingWrite> writes, Deadline deadline)
      throws InterruptedIOException {
    List<PendingWrite> locals = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (PendingWrite write : writes) {
      Optional<Row> forLocal = write.forLocal();
      if (forLocal.isPresent()) {
        locals.add(write);
        rows.add(forLocal.get());
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    Object[] results = new Object[rows.size()];
    IOException whole = null;
    try {
      real.open().batch(rows, results);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      whole = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
    for (int i = 0; i < results.length; i++) {
      if (results[i] instanceof Result) {
        appliedLocally(locals.get(i));
      } else {
        metrics.failed();
        failedLocally(locals.get(i), rows.get(i), reasonOf(results[i], whole), deadline);
      }
    }
  }

  private void appliedLocally(PendingWrite write) {
    if (write.published().isPresent()) {
      metrics.applied();
    } else {
      metrics.unpublished();
    }
  }

  private static Throwable reasonOf(@Nullable Object result, @Nullable IOException whole) {
    if (result instanceof Throwable) {
      return (Throwable) result;
    }
    return whole == null ? new IOException("the local cluster gave no result") : whole;
  }

  private void failedLocally(PendingWrite write, Row stamped, Throwable reason, Deadline deadline)
      throws InterruptedIOException {
    if (write.published().isEmpty()) {
      // HRP stepped aside: the caller sees what HBase says.
      write.failed(reason instanceof IOException ? (IOException) reason : new IOException(reason));
      return;
    }
    LocalWriteFailedException failure;
    try {
      if (write.isMarked()) {
        // Without the mark the local cluster's daemon takes it; for all others it is a repetition.
        await(publish(stamped), deadline);
      }
      failure = new LocalWriteFailedException(table(), stamped, true, reason);
    } catch (HrpProducerException | WriteNotAcknowledgedException e) {
      failure = new LocalWriteFailedException(table(), stamped, false, reason);
      failure.addSuppressed(e);
    }
    write.failed(failure);
  }

  private CompletableFuture<Receipt> publish(Row mutation) {
    return mutation instanceof RowMutations
        ? publisher.publish(table(), (RowMutations) mutation)
        : publisher.publish(table(), (Mutation) mutation);
  }

  /** The local cluster's id, if the mutation is to tell that it has been there. */
  private Optional<UUID> markFor(Row mutation) {
    return mode == TableMode.DUAL && heal == Heal.ON_FAILURE && !isEmpty(mutation)
        ? real.cluster().clusterId()
        : Optional.empty();
  }

  static boolean isEmpty(Row mutation) {
    return mutation instanceof RowMutations && ((RowMutations) mutation).getMutations().isEmpty();
  }

  /** A copy that says it has been on a cluster. */
  static Row markedWith(UUID cluster, Row mutation) {
    Row copy = MutationEncoder.stamped(mutation, HConstants.LATEST_TIMESTAMP);
    List<Mutation> parts =
        copy instanceof RowMutations
            ? ((RowMutations) copy).getMutations()
            : List.of((Mutation) copy);
    for (Mutation part : parts) {
      List<UUID> clusters = new ArrayList<>(part.getClusterIds());
      clusters.add(cluster);
      part.setClusterIds(clusters);
    }
    return copy;
  }

  /** The caller's mutation with the timestamps that Kafka was given, and without a mark. */
  static Row stamped(Row mutation, Receipt receipt) {
    boolean gaveNone = receipt.timestamp() == HConstants.LATEST_TIMESTAMP;
    return MutationEncoder.stamped(mutation, gaveNone ? 0 : receipt.timestamp());
  }

  private WriteNotAcknowledgedException timedOut(Deadline deadline, boolean wasHandedOver) {
    String message =
        "a mutation of table '"
            + table()
            + (wasHandedOver
                ? "' was not acknowledged within "
                : "' was not handed to Kafka within ")
            + deadline.timeoutMs()
            + " ms; "
            + (wasHandedOver ? "it may still be written" : "nothing of it was sent");
    return new WriteNotAcknowledgedException(message, new TimeoutException(message));
  }

  private static InterruptedIOException interrupted(Exception cause) {
    InterruptedIOException e =
        new InterruptedIOException("interrupted while publishing: " + cause.getMessage());
    e.initCause(cause);
    return e;
  }
}
