package io.hrp.consumer.dispatch;

import io.hrp.consumer.apply.ApplyOutcome;
import io.hrp.consumer.apply.ApplyOutcome.Failed;
import io.hrp.consumer.apply.FailureKind;
import io.hrp.consumer.apply.FailureReason;
import io.hrp.wire.RowKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call came to: which of its records are done and which go again. Pure.
 *
 * <p>A target may apply a later mutation of a row although it refused an earlier one. The later one
 * then goes again after the earlier one, so that the row ends as it would have without the failure.
 */
final class CallOutcome {
  private final List<LaneRecord> records;
  private final List<LaneRecord> done;
  private final List<LaneRecord> again;
  private final List<LaneRecord> lastingFailures;
  private final Map<FailureReason, Integer> failures;
  private final int leftEmpty;
  private final @Nullable Failed firstRetriable;
  private final @Nullable Failed firstLasting;

  private CallOutcome(List<LaneRecord> records, List<ApplyOutcome> outcomes) {
    List<LaneRecord> finished = new ArrayList<>(records.size());
    List<LaneRecord> back = new ArrayList<>(0);
    List<LaneRecord> lasting = new ArrayList<>(0);
    Map<FailureReason, Integer> counted = new EnumMap<>(FailureReason.class);
    Set<RowKey> rows = null;
    Failed retriable = null;
    Failed last = null;
    int empty = 0;
    for (int i = 0; i < records.size(); i++) {
      LaneRecord record = records.get(i);
      ApplyOutcome outcome = outcomes.get(i);
      if (outcome instanceof Failed failed) {
        rows = rows == null ? new HashSet<>() : rows;
        rows.add(rowOf(record));
        back.add(record);
        counted.merge(failed.reason(), 1, Integer::sum);
        if (failed.kind() == FailureKind.RETRIABLE) {
          retriable = retriable == null ? failed : retriable;
        } else {
          last = last == null ? failed : last;
          lasting.add(record);
        }
      } else if (rows != null && rows.contains(rowOf(record))) {
        back.add(record);
      } else {
        finished.add(record);
        empty += outcome instanceof ApplyOutcome.LeftEmpty ? 1 : 0;
      }
    }
    this.records = records;
    this.done = finished;
    this.again = back;
    this.lastingFailures = lasting;
    this.failures = counted;
    this.leftEmpty = empty;
    this.firstRetriable = retriable;
    this.firstLasting = last;
  }

  /**
   * @param outcomes one for each record, in order; null if the applier broke its promise
   * @param fault what it broke it with
   */
  static CallOutcome of(
      List<LaneRecord> records, @Nullable List<ApplyOutcome> outcomes, @Nullable Throwable fault) {
    if (outcomes != null && outcomes.size() == records.size()) {
      return new CallOutcome(records, outcomes);
    }
    String message =
        outcomes == null
            ? String.valueOf(fault)
            : outcomes.size() + " outcomes for " + records.size() + " mutations";
    Failed failed = Failed.of(FailureReason.UNCLASSIFIED, CallOutcome.class.getName(), message);
    List<ApplyOutcome> all = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      all.add(failed);
    }
    return new CallOutcome(records, all);
  }

  private static RowKey rowOf(LaneRecord record) {
    return record.requireItem().mutation().row();
  }

  List<LaneRecord> records() {
    return records;
  }

  List<LaneRecord> done() {
    return done;
  }

  /** What goes to the front of the lane again, in order. */
  List<LaneRecord> again() {
    return again;
  }

  boolean isComplete() {
    return again.isEmpty();
  }

  /** How many of those done held nothing for the peer. */
  int leftEmpty() {
    return leftEmpty;
  }

  boolean has(FailureReason reason) {
    return failures.containsKey(reason);
  }

  Map<FailureReason, Integer> failures() {
    return failures;
  }

  @Nullable Failed firstRetriable() {
    return firstRetriable;
  }

  /** The first failure that is not retriable. */
  @Nullable Failed firstLasting() {
    return firstLasting;
  }

  /** Has what failed for good go again in smaller company. */
  void markSuspects() {
    for (LaneRecord record : lastingFailures) {
      record.suspect = true;
    }
  }
}
