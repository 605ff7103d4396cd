package io.hrp.producer.mapreduce;

import static java.util.Objects.requireNonNull;

import io.hrp.producer.api.HrpProducerException;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublishInterruptedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the mutations of one task attempt and knows whether all of them were acknowledged.
 *
 * <p>The first failure is final: whatever comes later, the attempt has failed. It is noticed at the
 * next mutation, so that a long task does not run to its end for nothing.
 *
 * <p>Frameworks end an attempt once, twice, or not at all. Spark closes a writer a second time if
 * the first time threw, and closes it also before it aborts a task whose own code failed. Some
 * commit without closing, or abort without. So the end is one step that is taken once: {@link
 * #finish} waits for what is in flight, {@link #abandon} does not, and both let go of the
 * publisher.
 *
 * <p>Publishing and ending are for one thread at a time, as Hadoop has it; the ends take the
 * object's lock since a framework may abort from another thread.
 */
public final class AttemptOutput {
  /** Where an attempt stands; the last two are final. */
  private enum State {
    OPEN,
    ACKNOWLEDGED,
    FAILED
  }

  private final HrpPublisher publisher;
  private final Duration closeTimeout;
  private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
  private volatile State state = State.OPEN;
  private long mutations;

  /**
   * @param publisher the attempt's own, or its own handle on a shared one; closed at the attempt's
   *     end
   * @param closeTimeout how long that may take after everything was acknowledged
   */
  public AttemptOutput(HrpPublisher publisher, Duration closeTimeout) {
    this.publisher = requireNonNull(publisher, "publisher");
    this.closeTimeout = requireNonNull(closeTimeout, "closeTimeout");
  }

  /**
   * Publishes a Put, a Delete or a RowMutations. The object may be used again once the call has
   * returned.
   *
   * @throws IOException if this mutation was refused or an earlier one failed; the attempt is lost
   */
  public void publish(TableName table, @Nullable Row mutation)
      throws IOException, InterruptedException {
    requireOpen();
    try {
      CompletableFuture<?> unused = send(table, mutation).whenComplete((receipt, e) -> failed(e));
      mutations++;
    } catch (PublishInterruptedException e) {
      failed(e);
      throw interrupted(e);
    } catch (HrpProducerException | IllegalArgumentException e) {
      throw refused(e);
    }
  }

  private void requireOpen() throws IOException {
    if (state != State.OPEN) {
      throw new IOException("the output of this task is closed");
    }
    Throwable failure = firstFailure.get();
    if (failure != null) {
      throw notPublished(failure);
    }
  }

  private CompletableFuture<?> send(TableName table, @Nullable Row mutation) {
    if (mutation instanceof RowMutations) {
      return publisher.publish(table, (RowMutations) mutation);
    }
    if (mutation instanceof Mutation) {
      return publisher.publish(table, (Mutation) mutation);
    }
    throw new IllegalArgumentException(
        "a value must be a Put, a Delete or a RowMutations, got "
            + (mutation == null ? "null" : mutation.getClass().getName()));
  }

  /** Makes a failure of the caller's own the attempt's, and gives the exception to throw for it. */
  IOException refused(RuntimeException cause) {
    failed(cause);
    return notPublished(cause);
  }

  private void failed(@Nullable Throwable failure) {
    if (failure != null) {
      firstFailure.compareAndSet(null, failure);
    }
  }

  /** How many mutations were handed over. */
  public long mutations() {
    return mutations;
  }

  /**
   * Waits until every mutation has an outcome and lets go of the publisher. Does nothing the second
   * time.
   *
   * @return whether this call ended the attempt
   * @throws IOException if a mutation of the attempt was not acknowledged
   */
  public synchronized boolean finish() throws IOException, InterruptedException {
    if (state != State.OPEN) {
      return false;
    }
    try {
      publisher.flush();
    } catch (PublishInterruptedException e) {
      failed(e);
      throw interrupted(e);
    } catch (HrpProducerException e) {
      failed(e);
    } finally {
      state = firstFailure.get() == null ? State.ACKNOWLEDGED : State.FAILED;
      release();
    }
    requireAcknowledged();
    return true;
  }

  /** Lets go of the publisher without waiting; the attempt has failed unless it was finished. */
  public synchronized void abandon() {
    if (state == State.OPEN) {
      state = State.FAILED;
      release();
    }
  }

  /**
   * Says whether the attempt may be committed.
   *
   * @throws IOException if it was abandoned, or a mutation was not acknowledged
   */
  void requireAcknowledged() throws IOException {
    if (state == State.ACKNOWLEDGED) {
      return;
    }
    Throwable failure = firstFailure.get();
    throw failure == null
        ? new IOException("the output of this task was aborted")
        : notPublished(failure);
  }

  /**
   * After a flush nothing of this attempt is in flight; after a failure there is nothing to gain.
   */
  private void release() {
    publisher.close(state == State.ACKNOWLEDGED ? closeTimeout : Duration.ZERO);
  }

  private static IOException notPublished(Throwable cause) {
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
