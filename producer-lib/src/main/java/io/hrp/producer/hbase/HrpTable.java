package io.hrp.producer.hbase;

import io.hrp.producer.api.OperationRefusedException;
import io.hrp.producer.config.TableMode;
import io.hrp.producer.metrics.DropInMetrics;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.CheckAndMutate;
import org.apache.hadoop.hbase.client.CheckAndMutateResult;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.client.coprocessor.Batch;

/**
 * What a published table does itself; {@link TableMethods} says for each method of HBase's {@code
 * Table} whether it ends up here or at the real table.
 *
 * <p>All writes are synchronous: when a call returns, Kafka has acknowledged all of it, and in the
 * mode {@code dual} the local cluster too. Safe for use by any thread, unlike HBase's own.
 */
final class HrpTable {
  private final Configuration configuration;
  private final TableWrites writes;
  private final LocalFirstWrites localFirst;
  private final RealTable real;
  private final CellSizeLimit cellSize;
  private final boolean coprocessorAllowed;
  private final LongSupplier nanoTime;
  private final DropInMetrics metrics;

  HrpTable(TableParts parts, TableMode mode, RealTable real) {
    this.configuration = parts.configuration();
    this.real = real;
    this.writes = parts.writes(mode, real);
    this.localFirst = parts.localFirst(mode, real);
    this.cellSize = parts.cellSize(real.name());
    this.coprocessorAllowed = parts.settings().coprocessorAllowed();
    this.nanoTime = parts.nanoTime();
    this.metrics = parts.metrics(real.name());
  }

  TableName name() {
    return real.name();
  }

  Configuration configuration() {
    return configuration;
  }

  RealTable real() {
    return real;
  }

  LocalFirstWrites localFirst() {
    return localFirst;
  }

  void put(Put put) throws IOException {
    cellSize.require(put);
    write(put);
  }

  void delete(Delete delete) throws IOException {
    write(delete);
  }

  Result mutateRow(RowMutations mutations) throws IOException {
    write(mutations);
    return Result.EMPTY_RESULT;
  }

  private void write(Row mutation) throws IOException {
    Deadline deadline = deadline();
    PendingWrite write = writes.begin(mutation);
    writes.finish(List.of(write), deadline);
    Optional<IOException> failure = write.failure();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  void put(List<Put> puts) throws IOException {
    for (Put put : puts) {
      cellSize.require(put);
    }
    Object[] results = new Object[puts.size()];
    writeRun(puts, results);
    throwFailures(puts, results);
  }

  /** Afterwards the list holds what failed, as with HBase's own table. */
  void delete(List<Delete> deletes) throws IOException {
    List<Delete> asked = List.copyOf(deletes);
    Object[] results = new Object[asked.size()];
    try {
      writeRun(asked, results);
    } finally {
      deletes.clear();
      for (int i = 0; i < results.length; i++) {
        if (!(results[i] instanceof Result)) {
          deletes.add(asked.get(i));
        }
      }
    }
    throwFailures(asked, results);
  }

  /**
   * Runs actions in the order of the list: neighbours of one kind together, and each run to its end
   * before the next begins, so that a Get sees what a Put before it has written locally.
   */
  void batch(List<? extends Row> actions, Object[] results) throws IOException {
    if (results.length != actions.size()) {
      throw new IllegalArgumentException(
          "there must be a place for each result: "
              + actions.size()
              + " actions, "
              + results.length
              + " places");
    }
    for (Row action : actions) {
      requireAllowed(action);
    }
    for (int begin = 0; begin < actions.size(); ) {
      ActionKind kind = ActionKind.of(actions.get(begin));
      int end = begin + 1;
      while (end < actions.size() && ActionKind.of(actions.get(end)) == kind) {
        end++;
      }
      Object[] part = new Object[end - begin];
      run(kind, actions.subList(begin, end), part);
      System.arraycopy(part, 0, results, begin, part.length);
      begin = end;
    }
    throwFailures(actions, results);
  }

  /** All or none are allowed; each that is runs on its own, in the order of the list. */
  List<CheckAndMutateResult> checkAndMutate(List<CheckAndMutate> conditions) throws IOException {
    for (CheckAndMutate condition : conditions) {
      localFirst.requireAllowed(condition);
    }
    if (conditions.isEmpty()) {
      localFirst.requireConditionsAllowed("checkAndMutate");
    }
    List<CheckAndMutateResult> results = new ArrayList<>(conditions.size());
    for (CheckAndMutate condition : conditions) {
      results.add(localFirst.checkAndMutate(condition));
    }
    return results;
  }

  <R> void batchCallback(List<? extends Row> actions, Object[] results, Batch.Callback<R> callback)
      throws IOException {
    try {
      batch(actions, results);
    } finally {
      for (int i = 0; i < results.length && i < actions.size(); i++) {
        if (results[i] instanceof Result) {
          @SuppressWarnings("unchecked") // HBase's own type says that the caller knows what it is
          R result = (R) results[i];
          // The region is known only where a region server was asked.
          callback.update(HConstants.EMPTY_BYTE_ARRAY, actions.get(i).getRow(), result);
        }
      }
    }
  }

  private void requireAllowed(Row action) throws PublishRefusedException {
    switch (ActionKind.of(action)) {
      case CAPTURED:
        if (action instanceof Put) {
          cellSize.require((Put) action);
        }
        return;
      case LOCAL_FIRST:
        localFirst.requireAllowed(action);
        return;
      case ENDPOINT:
        requireCoprocessorAllowed("batch");
        return;
      case READ:
        return;
      default:
        throw refused(
            "batch",
            action.getClass().getName()
                + " is unknown to HRP; use Put, Delete, RowMutations and Get");
    }
  }

  private void run(ActionKind kind, List<? extends Row> actions, Object[] results)
      throws InterruptedIOException {
    switch (kind) {
      case CAPTURED:
        writeRun(actions, results);
        return;
      case LOCAL_FIRST:
        for (int i = 0; i < results.length; i++) {
          results[i] = localFirst.tryRun(actions.get(i));
        }
        return;
      default:
        readRun(actions, results);
    }
  }

  /** Publishes a list; each place holds a result or what went wrong. */
  private void writeRun(List<? extends Row> mutations, Object[] results)
      throws InterruptedIOException {
    Deadline deadline = deadline();
    List<PendingWrite> begun = writes.beginAll(mutations, deadline);
    writes.finish(begun, deadline);
    for (int i = 0; i < results.length; i++) {
      Optional<IOException> failure = begun.get(i).failure();
      results[i] = failure.isPresent() ? failure.get() : Result.EMPTY_RESULT;
    }
  }

  private void readRun(List<? extends Row> actions, Object[] results)
      throws InterruptedIOException {
    IOException whole = null;
    try {
      real.open().batch(actions, results);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      whole = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted in a batch");
      interrupted.initCause(e);
      throw interrupted;
    }
    if (whole != null) {
      for (int i = 0; i < results.length; i++) {
        if (results[i] == null) {
          results[i] = whole;
        }
      }
    }
  }

  private void throwFailures(List<? extends Row> actions, Object[] results) throws IOException {
    FailedWrites failed = new FailedWrites(name());
    for (int i = 0; i < results.length; i++) {
      if (results[i] instanceof Throwable) {
        failed.add(actions.get(i), (Throwable) results[i]);
      }
    }
    failed.throwIfAny();
  }

  void requireCoprocessorAllowed(String operation) throws PublishRefusedException {
    if (!coprocessorAllowed) {
      throw refused(
          operation,
          "what an endpoint writes is not captured, so other clusters would not get it; if it only"
              + " reads, set hrp.producer.coprocessor.allowed=true");
    }
  }

  private PublishRefusedException refused(String operation, String advice) {
    metrics.operationRefused();
    return new PublishRefusedException(new OperationRefusedException(name(), operation, advice));
  }

  private Deadline deadline() {
    return Deadline.in(real.timeouts().operationMs(), nanoTime);
  }

  @Override
  public String toString() {
    return name() + ";" + writes.mode();
  }
}
