package io.hrp.consumer.apply.hbase;

import io.hrp.consumer.apply.ApplyOutcome;
import io.hrp.consumer.apply.FailureReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.TableNotEnabledException;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;

/**
 * Finds out more about failures of a call whose class does not say enough, and replaces their
 * outcomes:
 *
 * <ul>
 *   <li>Servers do not serve the regions of a disabled table, and say no more than that. The
 *       table's state tells.
 *   <li>Servers refuse a cell for its size, and any write to a read-only table, with the base class
 *       of all that must not be retried. The table's descriptor and the mutation's own cells tell.
 * </ul>
 *
 * <p>If the target does not answer soon, the outcomes stay as they are. For one call; not
 * thread-safe.
 */
final class FailureDiagnosis {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final TableName table;
  private final TargetFacts facts;
  private final ApplyOutcome[] outcomes;
  private final List<Noted> unserved = new ArrayList<>();
  private final List<Noted> refused = new ArrayList<>();

  private record Noted(int index, Row row, FailureTable.Verdict verdict) {}

  /** Begins with no failure noted. */
  FailureDiagnosis(TableName table, TargetFacts facts, ApplyOutcome[] outcomes) {
    this.table = table;
    this.facts = facts;
    this.outcomes = outcomes;
  }

  void note(int index, Row row, FailureTable.Verdict verdict) {
    if (verdict.reason() == FailureReason.REGION_UNAVAILABLE) {
      unserved.add(new Noted(index, row, verdict));
    } else if (verdict.isBareRefusal()) {
      refused.add(new Noted(index, row, verdict));
    }
  }

  /** Completes, normally or not, once the outcomes are as good as they get. */
  CompletableFuture<Void> run() {
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    if (!unserved.isEmpty()) {
      done = bounded(facts.isDisabled(table)).handle(this::judgeUnserved);
    }
    if (!refused.isEmpty()) {
      done =
          done.thenCombine(bounded(facts.limits(table)), (ignored, limits) -> judgeRefused(limits));
    }
    return done;
  }

  private static <T> CompletableFuture<T> bounded(CompletableFuture<T> future) {
    return future.copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Void judgeUnserved(Boolean isDisabled, Throwable failure) {
    if (failure != null) {
      FailureTable.Verdict verdict = FailureTable.lookUp(failure);
      if (verdict.reason() == FailureReason.TABLE_MISSING) {
        replace(
            unserved,
            ApplyOutcome.Failed.of(verdict.reason(), verdict.className(), verdict.message()));
      }
    } else if (isDisabled) {
      replace(
          unserved,
          ApplyOutcome.Failed.of(
              FailureReason.TABLE_DISABLED,
              TableNotEnabledException.class.getName(),
              "table '" + table.getNameAsString() + "' is disabled on the target"));
    }
    return null;
  }

  private void replace(List<Noted> noted, ApplyOutcome.Failed outcome) {
    noted.forEach(each -> outcomes[each.index()] = outcome);
  }

  private Void judgeRefused(TargetFacts.Limits limits) {
    for (Noted each : refused) {
      if (limits.isReadOnly()) {
        outcomes[each.index()] =
            ApplyOutcome.Failed.of(
                FailureReason.TABLE_READ_ONLY,
                each.verdict().className(),
                "table '" + table.getNameAsString() + "' is read-only on the target");
      } else if (largestCellBytes(each.row()) > limits.maxCellBytes()) {
        outcomes[each.index()] =
            ApplyOutcome.Failed.of(
                FailureReason.MUTATION_TOO_LARGE,
                each.verdict().className(),
                "a cell is larger than the " + limits.maxCellBytes() + " bytes the target takes");
      }
    }
    return null;
  }

  private static long largestCellBytes(Row row) {
    if (row instanceof RowMutations several) {
      return several.getMutations().stream().mapToLong(FailureDiagnosis::largestOf).max().orElse(0);
    }
    return row instanceof Mutation mutation ? largestOf(mutation) : 0;
  }

  private static long largestOf(Mutation mutation) {
    long largest = 0;
    for (List<Cell> cells : mutation.getFamilyCellMap().values()) {
      for (Cell cell : cells) {
        // As the server counts: with the length that goes before it.
        largest = Math.max(largest, cell.getSerializedSize() + Integer.BYTES);
      }
    }
    return largest;
  }
}
