package io.hrp.producer.hbase;

import io.hrp.producer.api.HrpProducerException;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.MutationRejectedException;
import io.hrp.producer.api.OperationRefusedException;
import io.hrp.producer.api.Receipt;
import io.hrp.producer.api.TopicClosedException;
import io.hrp.producer.config.DropInSettings;
import io.hrp.producer.config.TableMode;
import io.hrp.producer.metrics.DropInMetrics;
import io.hrp.wire.MutationEncoder;
import io.hrp.wire.MutationRefusedException;
import io.hrp.wire.TableId;
import io.hrp.wire.WriterStamp;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Append;
import org.apache.hadoop.hbase.client.CheckAndMutate;
import org.apache.hadoop.hbase.client.CheckAndMutateResult;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.jspecify.annotations.Nullable;

/**
 * Calls whose outcome only a region server knows: increments, appends and conditional mutations of
 * a {@code dual} table. They run on the local cluster, and what they did there is published: the
 * resulting cells with the server's timestamps, or the mutation that the condition let through.
 *
 * <p>A process that dies in between leaves the outcome on the local cluster alone; the next
 * increment of the cell publishes its whole value and mends that. All are refused in the mode
 * {@code publish-only}. Safe for use by any thread.
 */
final class LocalFirstWrites {
  /** HBase's attribute for whether a caller wants the resulting cells; no business of a Put. */
  private static final String RETURN_RESULTS = "_rr_";

  private final HrpPublisher publisher;
  private final TableMode mode;
  private final DropInSettings.CheckAndMutate checkAndMutate;
  private final RowStamps stamps;
  private final RealTable real;
  private final DropInMetrics metrics;

  LocalFirstWrites(
      HrpPublisher publisher,
      TableMode mode,
      DropInSettings.CheckAndMutate checkAndMutate,
      RowStamps stamps,
      RealTable real,
      DropInMetrics metrics) {
    this.publisher = publisher;
    this.mode = mode;
    this.checkAndMutate = checkAndMutate;
    this.stamps = stamps;
    this.real = real;
    this.metrics = metrics;
  }

  /**
   * Returns if such an action may run.
   *
   * @throws PublishRefusedException if not; it says what to do instead
   */
  void requireAllowed(Row action) throws PublishRefusedException {
    if (action instanceof CheckAndMutate) {
      requireConditionsAllowed("checkAndMutate");
      requireReplayable((CheckAndMutate) action);
    } else if (mode == TableMode.PUBLISH_ONLY) {
      throw refused(
          action instanceof Increment ? "increment" : "append",
          "its result is known only to a region server, and the table is publish-only; write the"
              + " value itself with a Put, or make the table dual");
    }
  }

  /** Returns if conditional mutations may run. */
  void requireConditionsAllowed(String operation) throws PublishRefusedException {
    if (mode == TableMode.PUBLISH_ONLY) {
      throw refused(
          operation,
          "whether its condition holds is known only to a region server, and the table is"
              + " publish-only; write without a condition, or make the table dual");
    }
    if (checkAndMutate == DropInSettings.CheckAndMutate.REFUSE) {
      throw refused(
          operation,
          "it would run on the local cluster alone before it is published, which a crash can cut"
              + " short; set hrp.producer.dual.check-and-mutate=best-effort if that will do");
    }
  }

  /** Runs an action of a batch; gives its result, or what went wrong. */
  Object tryRun(Row action) throws InterruptedIOException {
    try {
      if (action instanceof Increment) {
        return increment((Increment) action);
      }
      return action instanceof Append
          ? append((Append) action)
          : checkAndMutate((CheckAndMutate) action);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return e;
    }
  }

  Result increment(Increment increment) throws IOException {
    requireAllowed(increment);
    Increment asking = new Increment(increment);
    asking.setDurability(increment.getDurability());
    asking.setReturnResults(true);
    Result result = publishAfter(increment, () -> real.open().increment(asking));
    return increment.isReturnResults() ? result : Result.EMPTY_RESULT;
  }

  Result append(Append append) throws IOException {
    requireAllowed(append);
    Append asking = new Append(append);
    asking.setDurability(append.getDurability());
    asking.setReturnResults(true);
    Result result = publishAfter(append, () -> real.open().append(asking));
    return append.isReturnResults() ? result : Result.EMPTY_RESULT;
  }

  private Result publishAfter(Mutation mutation, LocalCall<Result> call) throws IOException {
    RowStamps.Stripe stripe = stamps.of(table(), mutation.getRow());
    Published<Result> published;
    stripe.lock().lock();
    try {
      Result result = locally(call);
      published = publish(result, putOf(mutation, result));
    } finally {
      stripe.lock().unlock();
    }
    return settled(published);
  }

  /** The cells that the server says now stand there, as a plain put. */
  private static Put putOf(Mutation mutation, Result result) throws IOException {
    Put put = new Put(mutation.getRow());
    for (Cell cell : result.rawCells()) {
      put.add(cell);
    }
    copyAttributes(mutation, put);
    return put;
  }

  private static void copyAttributes(Mutation from, Put to) {
    for (Map.Entry<String, byte[]> attribute : from.getAttributesMap().entrySet()) {
      if (!attribute.getKey().equals(RETURN_RESULTS)) {
        to.setAttribute(attribute.getKey(), attribute.getValue());
      }
    }
    to.setDurability(from.getDurability());
  }

  CheckAndMutateResult checkAndMutate(CheckAndMutate condition) throws IOException {
    requireAllowed(condition);
    Row action = condition.getAction();
    if (action instanceof Increment || action instanceof Append) {
      return checkAndCompute(condition, (Mutation) action);
    }
    RowStamps.Stripe stripe = stamps.of(table(), condition.getRow());
    Published<CheckAndMutateResult> published;
    long timestamp;
    stripe.lock().lock();
    try {
      timestamp = stripe.next();
      Row stamped = MutationEncoder.stamped(action, timestamp);
      CheckAndMutateResult result =
          locally(() -> real.open().checkAndMutate(Conditions.withAction(condition, stamped)));
      published = result.isSuccess() ? publish(result, stamped) : Published.nothing(result);
    } finally {
      stripe.lock().unlock();
    }
    CheckAndMutateResult result = settled(published);
    try {
      stripe.awaitPassed(timestamp);
    } catch (InterruptedException e) {
      // The mutation is done; only the caller's next one may get a timestamp below it.
      Thread.currentThread().interrupt();
    }
    return result;
  }

  private CheckAndMutateResult checkAndCompute(CheckAndMutate condition, Mutation action)
      throws IOException {
    RowStamps.Stripe stripe = stamps.of(table(), condition.getRow());
    Published<CheckAndMutateResult> published;
    stripe.lock().lock();
    try {
      CheckAndMutateResult result =
          locally(
              () -> real.open().checkAndMutate(Conditions.withAction(condition, asking(action))));
      published =
          result.isSuccess()
              ? publish(result, putOf(action, result.getResult()))
              : Published.nothing(result);
    } finally {
      stripe.lock().unlock();
    }
    return settled(published);
  }

  private static Row asking(Mutation action) {
    if (action instanceof Increment) {
      Increment copy = new Increment((Increment) action).setReturnResults(true);
      copy.setDurability(action.getDurability());
      return copy;
    }
    Append copy = new Append((Append) action).setReturnResults(true);
    copy.setDurability(action.getDurability());
    return copy;
  }

  /** What could not be published afterwards must not be applied locally before. */
  private void requireReplayable(CheckAndMutate condition) throws PublishRefusedException {
    Row action = condition.getAction();
    if (!(action instanceof Put || action instanceof Delete || action instanceof RowMutations)) {
      return;
    }
    TableId id = TableId.of(table().getNamespaceAsString(), table().getQualifierAsString());
    try {
      MutationEncoder.encode(id, action, WriterStamp.of(1, 0));
    } catch (MutationRefusedException e) {
      throw new PublishRefusedException(
          new MutationRejectedException(
              table(), e.row().toString(), e.reason().name(), String.valueOf(e.getMessage()), e));
    }
  }

  private <T> Published<T> publish(T result, Row stamped) {
    try {
      return Published.pending(
          result,
          stamped,
          stamped instanceof RowMutations
              ? publisher.publish(table(), (RowMutations) stamped)
              : publisher.publish(table(), (Mutation) stamped));
    } catch (TopicClosedException e) {
      // Where HRP is to step aside, the local cluster is all there is to write to.
      return e.policy() == TopicClosedException.Policy.DIRECT
          ? unpublished(result)
          : Published.pending(result, stamped, CompletableFuture.failedFuture(e));
    } catch (HrpProducerException e) {
      return Published.pending(result, stamped, CompletableFuture.failedFuture(e));
    }
  }

  private <T> T locally(LocalCall<T> call) throws IOException {
    try {
      return call.run();
    } catch (IOException e) {
      metrics.failed();
      throw e;
    }
  }

  private <T> T settled(Published<T> published) throws IOException {
    try {
      T result = published.await(table());
      if (published.receipt != null) {
        metrics.applied();
      }
      return result;
    } catch (UnpublishedLocalWriteException e) {
      metrics.unpublished();
      throw e;
    }
  }

  private <T> Published<T> unpublished(T result) {
    metrics.unpublished();
    return Published.nothing(result);
  }

  private TableName table() {
    return real.name();
  }

  private PublishRefusedException refused(String operation, String advice) {
    metrics.operationRefused();
    return new PublishRefusedException(new OperationRefusedException(table(), operation, advice));
  }

  /** A call on the local cluster. */
  @FunctionalInterface
  private interface LocalCall<T> {
    T run() throws IOException;
  }

  /** What was done locally, and Kafka's answer to come. */
  private static final class Published<T> {
    private final T result;
    private final @Nullable Row stamped;
    private final @Nullable CompletableFuture<Receipt> receipt;

    private Published(
        T result, @Nullable Row stamped, @Nullable CompletableFuture<Receipt> receipt) {
      this.result = result;
      this.stamped = stamped;
      this.receipt = receipt;
    }

    static <T> Published<T> nothing(T result) {
      return new Published<>(result, null, null);
    }

    static <T> Published<T> pending(T result, Row stamped, CompletableFuture<Receipt> receipt) {
      return new Published<>(result, stamped, receipt);
    }

    /** Bounded by Kafka's delivery timeout: a result that is known must not be given up sooner. */
    T await(TableName table) throws IOException {
      if (receipt == null || stamped == null) {
        return result;
      }
      try {
        receipt.get();
        return result;
      } catch (ExecutionException e) {
        throw new UnpublishedLocalWriteException(
            table, stamped, e.getCause() == null ? e : e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UnpublishedLocalWriteException(table, stamped, e);
      }
    }
  }
}
