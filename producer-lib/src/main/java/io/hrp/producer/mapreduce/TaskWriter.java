package io.hrp.producer.mapreduce;

import io.hrp.producer.api.HrpProducerException;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublishInterruptedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes the mutations of one task attempt and knows whether all of them were acknowledged.
 *
 * <p>The first failure is final: whatever comes later, the attempt will not be committed. It is
 * noticed at the next write, so that a long task does not run to its end for nothing.
 *
 * <p>Frameworks close a writer once, twice, or not at all. Spark closes it a second time if the
 * first time threw, and closes it also before it aborts a task whose own code failed. Flink commits
 * after closing. Some abort without closing. So the end is one step that is taken once: {@link
 * #finish} waits for what is in flight, {@link #abandon} does not, and both let go of the
 * publisher.
 *
 * <p>Writing and ending are for one thread at a time, as Hadoop has it; the ends take the object's
 * lock since a framework may abort from another thread.
 */
final class TaskWriter<K> extends RecordWriter<K, Row> {
  /** Where an attempt stands; the last two are final. */
  private enum State {
    OPEN,
    ACKNOWLEDGED,
    FAILED
  }

  private final HrpPublisher publisher;
  private final TableOfKey tableOfKey;
  private final Duration closeTimeout;
  private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
  private volatile State state = State.OPEN;
  private long written;

  TaskWriter(HrpPublisher publisher, TableOfKey tableOfKey, Duration closeTimeout) {
    this.publisher = publisher;
    this.tableOfKey = tableOfKey;
    this.closeTimeout = closeTimeout;
  }

  /**
   * Publishes one mutation. The objects may be used again once the call has returned.
   *
   * @throws IOException if this mutation was refused or an earlier one failed; the attempt is lost
   */
  @Override
  public void write(K key, Row value) throws IOException, InterruptedException {
    if (state != State.OPEN) {
      throw new IOException("the output of this task is closed");
    }
    Throwable failure = firstFailure.get();
    if (failure != null) {
      throw failed(failure);
    }
    try {
      written++;
      CompletableFuture<?> unused =
          publish(key, value).whenComplete((receipt, e) -> noteFailure(e));
    } catch (PublishInterruptedException e) {
      noteFailure(e);
      throw interrupted(e);
    } catch (HrpProducerException | IllegalArgumentException e) {
      noteFailure(e);
      throw failed(e);
    }
  }

  private CompletableFuture<?> publish(K key, Row value) {
    if (value instanceof RowMutations) {
      return publisher.publish(tableOfKey.of(key), (RowMutations) value);
    }
    if (value instanceof Mutation) {
      return publisher.publish(tableOfKey.of(key), (Mutation) value);
    }
    throw new IllegalArgumentException(
        "a value must be a Put, a Delete or a RowMutations, got "
            + (value == null ? "null" : value.getClass().getName()));
  }

  private void noteFailure(@Nullable Throwable failure) {
    if (failure != null) {
      firstFailure.compareAndSet(null, failure);
    }
  }

  @Override
  public void close(TaskAttemptContext context) throws IOException, InterruptedException {
    if (finish()) {
      context.getCounter("HRP", "MUTATIONS_ACKNOWLEDGED").increment(written);
    }
  }

  /**
   * Waits until every mutation has an outcome and lets go of the publisher. Does nothing the second
   * time.
   *
   * @return whether this call ended the attempt
   * @throws IOException if a mutation of the attempt was not acknowledged
   */
  synchronized boolean finish() throws IOException, InterruptedException {
    if (state != State.OPEN) {
      return false;
    }
    try {
      publisher.flush();
    } catch (PublishInterruptedException e) {
      noteFailure(e);
      throw interrupted(e);
    } catch (HrpProducerException e) {
      noteFailure(e);
    } finally {
      state = firstFailure.get() == null ? State.ACKNOWLEDGED : State.FAILED;
      release();
    }
    requireAcknowledged();
    return true;
  }

  /** Lets go of the publisher without waiting; the attempt has failed. */
  synchronized void abandon() {
    if (state == State.OPEN) {
      state = State.FAILED;
      release();
    }
  }

  /**
   * Says whether the attempt may be committed.
   *
   * @throws IOException if it is not finished, or a mutation was not acknowledged
   */
  void requireAcknowledged() throws IOException {
    if (state != State.ACKNOWLEDGED) {
      Throwable failure = firstFailure.get();
      throw failure == null
          ? new IOException("the output of this task was aborted")
          : failed(failure);
    }
  }

  /**
   * After a flush nothing of this attempt is in flight; after a failure there is nothing to gain.
   */
  private void release() {
    publisher.close(state == State.ACKNOWLEDGED ? closeTimeout : Duration.ZERO);
  }

  private static IOException failed(Throwable cause) {
    return new IOException(
        "this task did not publish all of its output and will not be committed: "
            + cause.getMessage(),
        cause);
  }

  static InterruptedException interrupted(PublishInterruptedException cause) {
    // The publisher has set the flag again; throwing says the same once more, so it is taken back.
    Thread.interrupted();
    InterruptedException interrupted = new InterruptedException(cause.getMessage());
    interrupted.initCause(cause);
    return interrupted;
  }
}
