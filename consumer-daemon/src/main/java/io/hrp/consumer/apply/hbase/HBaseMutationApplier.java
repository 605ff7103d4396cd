package io.hrp.consumer.apply.hbase;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.ApplyItem;
import io.hrp.consumer.apply.ApplyOutcome;
import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.apply.MutationApplier;
import io.hrp.wire.TableId;
import io.hrp.wire.TargetOptions;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.AdvancedScanResultConsumer;
import org.apache.hadoop.hbase.client.AsyncConnection;
import org.apache.hadoop.hbase.client.AsyncTable;
import org.apache.hadoop.hbase.client.Durability;
import org.jspecify.annotations.Nullable;

/**
 * Applies mutations to an HBase cluster. One call here is one {@code AsyncTable.batch} with a
 * single attempt: HBase's client groups it by region server and sends every server its share.
 *
 * <p><b>Row order.</b> The client sends the actions of a region in the order of the list, however
 * their look-ups ended, and the server applies those of a row in that order, {@code RowMutations}
 * after all others. The client finds the region of each action by itself. Two actions of one row
 * are sent to two places only if another call changes the client's cache between the two look-ups,
 * so a call is sorted by row (the server would do that anyway): look-ups of one row are neighbours,
 * within a microsecond. What can then still happen is that a later mutation of a row arrives before
 * an earlier one whose region has just moved; the caller sends both again, in order, and since
 * every cell carries its timestamp, the target ends up the same. The server also refuses a mutation
 * for a missing family and takes a later one of its row, so such a pair is not sent: the families
 * are asked for first ({@link KnownFamilies}).
 *
 * <p><b>Attempts.</b> The client still repeats what does not touch the order: searches of {@code
 * hbase:meta}, within the operation timeout. A failure that means a stale location takes it out of
 * the client's cache before the failure is reported.
 *
 * <p><b>Time.</b> Everything is bounded by the operation timeout and a little more, whatever the
 * client does.
 *
 * <p>Safe for use by any thread. Outcomes are completed on the client's network threads.
 */
public final class HBaseMutationApplier implements MutationApplier {
  private final HBaseTarget target;
  private final TargetOptions options;
  private final LongSupplier nanoTicker;
  private final TargetConnection connection;
  private final ConcurrentMap<TableId, AsyncTable<AdvancedScanResultConsumer>> tables =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<TableId, KnownFamilies> families = new ConcurrentHashMap<>();
  private volatile boolean isClosed;
  private @Nullable volatile TargetFacts facts;

  private HBaseMutationApplier(
      HBaseTarget target, TargetConnection connection, LongSupplier nanoTicker) {
    this.target = target;
    this.options = TargetOptions.of(durability(target));
    this.connection = connection;
    this.nanoTicker = nanoTicker;
  }

  /**
   * Begins to connect and returns at once, whether the target is in reach or not.
   *
   * @param logins runs attempts to connect, which block for logins; two threads are plenty for any
   *     number of targets
   * @param nanoTicker as {@link System#nanoTime}
   */
  public static HBaseMutationApplier open(
      HBaseTarget target, Executor logins, LongSupplier nanoTicker) {
    requireNonNull(nanoTicker, "nanoTicker");
    return new HBaseMutationApplier(
        target,
        TargetConnection.open(
            target.peer(),
            new Connector(target),
            logins,
            target.operationTimeout().multipliedBy(2)),
        nanoTicker);
  }

  @Override
  public CompletableFuture<List<ApplyOutcome>> apply(TableId table, List<ApplyItem> batch) {
    if (batch.isEmpty()) {
      throw new IllegalArgumentException("a batch holds at least one mutation");
    }
    if (isClosed) {
      return allFailed(
          batch,
          ApplyOutcome.Failed.of(
              FailureReason.NOT_SENT,
              HBaseMutationApplier.class.getName(),
              "the connection to peer '" + target.peer() + "' is closed"));
    }
    Optional<AsyncConnection> current = connection.current();
    if (current.isEmpty()) {
      return allFailed(batch, connection.absence());
    }
    AsyncTable<AdvancedScanResultConsumer> open;
    try {
      open = tables.computeIfAbsent(table, id -> open(current.get(), id));
    } catch (IllegalArgumentException e) {
      // A name that HBase does not allow, so no such table can be there.
      return allFailed(
          batch,
          ApplyOutcome.Failed.of(
              FailureReason.TABLE_MISSING,
              e.getClass().getName(),
              Unwrapping.firstLine(e.getClass().getName(), e.getMessage())));
    }
    KnownFamilies known = families.computeIfAbsent(table, id -> new KnownFamilies());
    return new ApplyCall(
            open, factsOf(current.get()), known, options, target.operationTimeout(), batch)
        .run();
  }

  @Override
  public CompletableFuture<Optional<UUID>> clusterId() {
    Optional<AsyncConnection> current = connection.current();
    if (isClosed || current.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return factsOf(current.get()).clusterId();
  }

  @Override
  public void close() {
    isClosed = true;
    connection.close();
  }

  private static CompletableFuture<List<ApplyOutcome>> allFailed(
      List<ApplyItem> batch, ApplyOutcome.Failed outcome) {
    return CompletableFuture.completedFuture(Collections.nCopies(batch.size(), outcome));
  }

  private AsyncTable<AdvancedScanResultConsumer> open(AsyncConnection open, TableId id) {
    long rpcMs = target.rpcTimeout().toMillis();
    return open.getTableBuilder(TableName.valueOf(id.namespace(), id.name()))
        .setMaxAttempts(1)
        .setRpcTimeout(rpcMs, TimeUnit.MILLISECONDS)
        .setWriteRpcTimeout(rpcMs, TimeUnit.MILLISECONDS)
        .setOperationTimeout(target.operationTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .build();
  }

  private TargetFacts factsOf(AsyncConnection open) {
    TargetFacts known = facts;
    if (known == null) {
      // Two threads may make one each: the loser's answers are asked for once more, no harm.
      known = new TargetFacts(open, target, nanoTicker);
      facts = known;
    }
    return known;
  }

  private static Durability durability(HBaseTarget target) {
    return switch (target.durability()) {
      case SYNC_WAL -> Durability.SYNC_WAL;
      case FSYNC_WAL -> Durability.FSYNC_WAL;
      case ASYNC_WAL -> Durability.ASYNC_WAL;
      case SKIP_WAL -> Durability.SKIP_WAL;
    };
  }
}
