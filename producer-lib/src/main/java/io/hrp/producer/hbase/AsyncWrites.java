package io.hrp.producer.hbase;

import io.hrp.producer.api.HrpProducerException;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.Receipt;
import io.hrp.producer.api.TopicClosedException;
import io.hrp.producer.config.DropInSettings.Heal;
import io.hrp.producer.config.TableMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.AsyncTable;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.jspecify.annotations.Nullable;

/**
 * {@link TableWrites} without waiting: the same steps, failures and healing, as futures.
 *
 * <p>Handing over may block as {@link HrpPublisher} says. Futures are completed on Kafka's sender
 * thread, or on one of HBase's. Safe for use by any thread.
 */
final class AsyncWrites {
  private final HrpPublisher publisher;
  private final TableMode mode;
  private final Optional<UUID> mark;
  private final AsyncTable<?> real;
  private final long timeoutMs;

  /**
   * @param localCluster the local cluster's id; empty if it is unknown
   * @param timeoutMs how long Kafka may take to answer; 0 if its own settings bound that
   */
  AsyncWrites(
      HrpPublisher publisher,
      TableMode mode,
      Heal heal,
      Optional<UUID> localCluster,
      AsyncTable<?> real,
      long timeoutMs) {
    this.publisher = publisher;
    this.mode = mode;
    this.mark = mode == TableMode.DUAL && heal == Heal.ON_FAILURE ? localCluster : Optional.empty();
    this.real = real;
    this.timeoutMs = timeoutMs;
  }

  TableName table() {
    return real.getName();
  }

  /** Writes all, in order; each future tells of one. */
  List<CompletableFuture<Result>> writeAll(List<? extends Row> mutations) {
    List<Pending> pending = new ArrayList<>(mutations.size());
    List<CompletableFuture<Result>> results = new ArrayList<>(mutations.size());
    HrpProducerException end = null;
    for (Row mutation : mutations) {
      Pending write = new Pending(mutation);
      if (end != null) {
        write.refused(end);
      } else {
        end = begin(write);
      }
      pending.add(write);
      results.add(write.result);
    }
    if (mode == TableMode.DUAL || pending.stream().anyMatch(write -> write.hasSteppedAside)) {
      CompletableFuture<?>[] answers =
          pending.stream().map(write -> write.answered).toArray(CompletableFuture<?>[]::new);
      consume(CompletableFuture.allOf(answers).handle((all, failure) -> writeLocally(pending)));
    } else {
      pending.forEach(Pending::endWithTheAnswer);
    }
    return results;
  }

  CompletableFuture<Result> write(Row mutation) {
    return writeAll(List.of(mutation)).get(0);
  }

  /** Hands one over; gives a refusal that the next ones would meet too. */
  private @Nullable HrpProducerException begin(Pending write) {
    Row mutation = write.mutation;
    write.isMarked = mark.isPresent() && !TableWrites.isEmpty(mutation);
    try {
      write.waitFor(
          bounded(
              publish(
                  write.isMarked
                      ? TableWrites.markedWith(mark.orElseThrow(), mutation)
                      : mutation)));
      return null;
    } catch (TopicClosedException e) {
      if (e.policy() == TopicClosedException.Policy.DIRECT) {
        write.stepAside();
        return null;
      }
      write.refused(e);
      return e;
    } catch (HrpProducerException e) {
      write.refused(e);
      return TableWrites.isOfTheMutation(e) ? null : e;
    }
  }

  private CompletableFuture<Receipt> publish(Row mutation) {
    return mutation instanceof RowMutations
        ? publisher.publish(table(), (RowMutations) mutation)
        : publisher.publish(table(), (Mutation) mutation);
  }

  /** The publisher's own future stays as it is: other parts of the library wait for it. */
  private CompletableFuture<Receipt> bounded(CompletableFuture<Receipt> published) {
    return timeoutMs <= 0
        ? published
        : published.copy().orTimeout(timeoutMs, TimeUnit.MILLISECONDS);
  }

  private boolean writeLocally(List<Pending> pending) {
    List<Pending> locals = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (Pending write : pending) {
      Optional<Row> forLocal = write.forLocal();
      if (forLocal.isPresent()) {
        locals.add(write);
        rows.add(forLocal.get());
      } else {
        write.endWithTheAnswer();
      }
    }
    if (rows.isEmpty()) {
      return true;
    }
    List<CompletableFuture<Result>> written = real.batch(rows);
    for (int i = 0; i < written.size(); i++) {
      Pending write = locals.get(i);
      Row row = rows.get(i);
      consume(
          written
              .get(i)
              .whenComplete(
                  (result, failure) -> {
                    if (failure == null) {
                      write.result.complete(Result.EMPTY_RESULT);
                    } else {
                      failedLocally(write, row, causeOf(failure));
                    }
                  }));
    }
    return true;
  }

  private void failedLocally(Pending write, Row stamped, Throwable reason) {
    if (write.hasSteppedAside) {
      write.result.completeExceptionally(reason);
      return;
    }
    if (!write.isMarked) {
      write.result.completeExceptionally(
          new LocalWriteFailedException(table(), stamped, true, reason));
      return;
    }
    CompletableFuture<Receipt> again;
    try {
      again = bounded(publish(stamped));
    } catch (HrpProducerException e) {
      again = CompletableFuture.failedFuture(e);
    }
    consume(
        again.whenComplete(
            (receipt, failure) -> {
              LocalWriteFailedException local =
                  new LocalWriteFailedException(table(), stamped, failure == null, reason);
              if (failure != null) {
                local.addSuppressed(causeOf(failure));
              }
              write.result.completeExceptionally(local);
            }));
  }

  private static Throwable causeOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** A continuation that ends in other futures. */
  private static void consume(CompletableFuture<?> unusedContinuation) {}

  /** One write on its way. The answer's continuations see what was set before it was waited for. */
  private static final class Pending {
    private final Row mutation;
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private CompletableFuture<Receipt> answered = new CompletableFuture<>();
    private boolean isMarked;
    private boolean hasSteppedAside;

    Pending(Row mutation) {
      this.mutation = mutation;
    }

    void waitFor(CompletableFuture<Receipt> published) {
      answered = published;
    }

    void refused(HrpProducerException refusal) {
      answered = CompletableFuture.failedFuture(new PublishRefusedException(refusal));
    }

    void stepAside() {
      hasSteppedAside = true;
      answered = CompletableFuture.failedFuture(new IOException("stepped aside"));
    }

    /** What the local cluster has to be given, once there is an answer. */
    Optional<Row> forLocal() {
      if (hasSteppedAside) {
        return Optional.of(mutation);
      }
      return answered.isCompletedExceptionally()
          ? Optional.empty()
          : Optional.of(TableWrites.stamped(mutation, answered.join()));
    }

    void endWithTheAnswer() {
      consume(
          answered.whenComplete(
              (receipt, failure) -> {
                if (failure == null) {
                  result.complete(Result.EMPTY_RESULT);
                } else {
                  Throwable cause = causeOf(failure);
                  result.completeExceptionally(
                      cause instanceof PublishRefusedException
                          ? cause
                          : TableWrites.notAcknowledged(cause));
                }
              }));
    }
  }
}
