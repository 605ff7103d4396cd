package io.hrp.consumer.dispatch;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.ApplyItem;
import io.hrp.consumer.apply.ApplyOutcome.Failed;
import io.hrp.consumer.apply.FailureReason;
import io.hrp.control.ControlView;
import io.hrp.control.Discards;
import io.hrp.control.Verdict;
import io.hrp.wire.DecodedMutation;
import io.hrp.wire.FamilySelection;
import io.hrp.wire.MutationDecoder;
import io.hrp.wire.NewerSchemaException;
import io.hrp.wire.RowPartitioner;
import io.hrp.wire.WireFormatException;

/**
 * Finds out what is to become of a record before a target sees it: discarded by an operator,
 * skipped because the target has it, refused, or applied. Belongs to one lane.
 *
 * <p><b>Discards are exact.</b> A record in a closed interval is discarded. In an open one it is
 * discarded only if it was polled before the latest complete read of the control topic began: an
 * end of the interval below the record's offset would have been written before the record was, and
 * so would have been seen by that read. Otherwise the record waits for the next read.
 */
final class RecordCheck {
  /** What a record comes to. */
  enum Fate {
    APPLY,
    DISCARD,
    /** The target has it already. */
    SKIP,
    /** It stays undecided until the control topic has been read once more. */
    WAIT,
    /** Its {@link LaneRecord#refusal} says why. */
    REFUSE
  }

  private final PartitionIdentity identity;
  private Discards discards = Discards.none();
  private long readStartedNanos;

  RecordCheck(PartitionIdentity identity) {
    this.identity = requireNonNull(identity, "identity");
  }

  /**
   * Takes up what operators decided.
   *
   * @param discards the table's intervals on this topic
   */
  void follow(ControlView view, Discards discards) {
    this.discards = discards;
    this.readStartedNanos = view.readToEndStartedNanos();
  }

  /** Takes up that the same state was read once more. */
  void refresh(ControlView view) {
    this.readStartedNanos = view.readToEndStartedNanos();
  }

  /** Decides on a record and fills in what its fate needs. May be asked again. */
  Fate decide(LaneRecord record) {
    record.awaitsControl = false;
    FamilySelection families = FamilySelection.ALL;
    if (!discards.isEmpty()) {
      Verdict verdict = discards.verdict(identity.partition(), record.offset);
      if (verdict.isDecidedByOpenInterval() && record.polledNanos - readStartedNanos >= 0) {
        record.awaitsControl = true;
        return Fate.WAIT;
      }
      if (verdict.discardsWholeRecord()) {
        return Fate.DISCARD;
      }
      if (!verdict.discardsNothing()) {
        families = FamilySelection.allExcept(verdict.discardedFamilies());
      }
    }
    return decode(record, families);
  }

  private Fate decode(LaneRecord record, FamilySelection families) {
    DecodedMutation mutation;
    if (record.item != null) {
      mutation = record.item.mutation();
    } else if (record.value == null) {
      return refuse(record, FailureReason.VALUE_MISSING, "the record has no value");
    } else if (record.key == null) {
      return refuse(record, FailureReason.KEY_MISSING, "the record has no key");
    } else {
      try {
        mutation = MutationDecoder.decode(record.value);
      } catch (NewerSchemaException newer) {
        return refuse(record, FailureReason.NEWER_SCHEMA, newer);
      } catch (WireFormatException malformed) {
        return refuse(record, FailureReason.MALFORMED, malformed);
      }
      if (!mutation.row().contentEquals(record.key)) {
        return refuse(record, FailureReason.WRONG_KEY, "the record key is not the row");
      }
      if (!mutation.isOfTable(identity.table())) {
        return refuse(
            record,
            FailureReason.WRONG_TABLE,
            "the message names table '" + mutation.tableName() + "'");
      }
      int belongs = RowPartitioner.partition(record.key, identity.partitions());
      if (belongs != identity.partition()) {
        return refuse(
            record,
            FailureReason.WRONG_PARTITION,
            "the row belongs on partition " + belongs + " of " + identity.partitions());
      }
    }
    if (!mutation.clusterIds().isEmpty()
        && mutation.clusterIds().contains(identity.targetClusterId())) {
      return Fate.SKIP;
    }
    record.item = new ApplyItem(mutation, families);
    return Fate.APPLY;
  }

  private static Fate refuse(LaneRecord record, FailureReason reason, WireFormatException cause) {
    String message = cause.getMessage();
    record.refusal =
        Failed.of(reason, cause.getClass().getName(), message == null ? reason.label() : message);
    return Fate.REFUSE;
  }

  private static Fate refuse(LaneRecord record, FailureReason reason, String message) {
    record.refusal = Failed.of(reason, RecordCheck.class.getName(), message);
    return Fate.REFUSE;
  }
}
