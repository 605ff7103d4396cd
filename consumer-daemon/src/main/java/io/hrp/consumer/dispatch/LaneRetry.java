package io.hrp.consumer.dispatch;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.ApplyOutcome.Failed;
import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.deadletter.DeadLetterTooLargeException;
import io.hrp.consumer.retry.RetryDecision;
import io.hrp.consumer.status.PauseReason;
import io.hrp.wire.TableId;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * What follows from a failure: when a lane's next call may go and how large it is, whether a record
 * is put aside, or whether the partition stops. Belongs to the lane's run.
 */
final class LaneRetry {
  private final PartitionLanes partition;
  private final PeerLanes peer;
  private final TableId table;
  private final TableGate gate;
  private final Isolation isolation = new Isolation();
  private int failedCalls;
  private long failingSinceNanos;
  private long delayMs;

  LaneRetry(PartitionLanes partition, TableGate gate) {
    this.partition = requireNonNull(partition, "partition");
    this.peer = partition.peer();
    this.table = partition.identity().table();
    this.gate = requireNonNull(gate, "gate");
  }

  /** How long the next call has to wait, in milliseconds; 0 if asked again. */
  long takeDelay() {
    long delay = delayMs;
    delayMs = 0;
    return delay;
  }

  /** How many mutations the next call may hold, given its first. */
  int maxRows(LaneRecord first) {
    return isolation.maxRows(first.suspect, peer.pace().rows());
  }

  /**
   * A call of the target returned; what goes again is with the lane already.
   *
   * @param calledNanos when it began, by the peer's clock
   */
  void settle(CallOutcome returned, long calledNanos) {
    PeerPace pace = peer.pace();
    if (returned.isComplete()) {
      failedCalls = 0;
      gate.succeeded();
      pace.succeeded(peer.now());
      isolation.succeeded(returned.records().get(0).suspect);
      return;
    }
    returned
        .failures()
        .forEach((reason, count) -> peer.surroundings().observer().failed(table, reason, count));
    gate.failed();
    if (returned.has(FailureReason.OVERLOADED)) {
      pace.overloaded(peer.now());
    }
    if (returned.has(FailureReason.BATCH_TOO_LARGE)) {
      pace.tooLarge(peer.now());
    }
    Failed retriable = returned.firstRetriable();
    Failed lasting = returned.firstLasting();
    failedCalls = retriable == null ? 0 : failedCalls + 1;
    if (failedCalls == 1) {
      failingSinceNanos = calledNanos;
    }
    int company = returned.records().size();
    if (lasting != null) {
      settleLasting(returned, lasting, company);
    }
    if (retriable != null && !partition.isStopped()) {
      settleRetriable(retriable, company);
    }
  }

  private void settleLasting(CallOutcome returned, Failed lasting, int company) {
    RetryDecision decision = peer.retryPolicy().decide(lasting.reason(), company, failedCalls, 0);
    if (decision instanceof RetryDecision.Isolate) {
      isolation.failed(company);
      returned.markSuspects();
    } else if (decision instanceof RetryDecision.PutAside) {
      isolation.resolved();
      returned.records().get(0).refusal = lasting;
    } else {
      stall(lasting);
    }
  }

  private void settleRetriable(Failed retriable, int company) {
    long failingMs = (peer.now() - failingSinceNanos) / 1_000_000;
    RetryDecision decision =
        peer.retryPolicy().decide(retriable.reason(), company, failedCalls, failingMs);
    if (decision instanceof RetryDecision.RetrySoon soon) {
      delayMs = soon.delayMs();
    } else {
      failedCalls = 0;
      stall(retriable);
    }
  }

  /** Whether a record may be put aside for a refusal that counts; if not, the partition stops. */
  boolean mayPutAside(Failed refusal) {
    RetryDecision decision = peer.retryPolicy().decide(refusal.reason(), 1, 1, 0);
    if (!(decision instanceof RetryDecision.PutAside)) {
      stall(refusal);
      return false;
    }
    if (!partition.flood().tryAdmit(peer.now())) {
      partition.stall(
          PauseReason.POISON_FLOOD,
          Optional.of(refusal.reason()),
          "too many poison records a minute; the latest: " + refusal.message());
      return false;
    }
    return true;
  }

  /** The dead letter of a record was not acknowledged. */
  void letterFailed(LaneRecord record, Throwable failure) {
    Throwable inner = failure.getCause();
    Throwable cause = failure instanceof CompletionException && inner != null ? inner : failure;
    boolean tooLarge = cause instanceof DeadLetterTooLargeException;
    peer.surroundings().observer().deadLetterFailed(table, tooLarge ? "too-large" : "unavailable");
    partition.stall(
        tooLarge ? PauseReason.DEAD_LETTER_TOO_LARGE : PauseReason.DEAD_LETTER_UNAVAILABLE,
        Optional.ofNullable(record.refusal).map(Failed::reason),
        String.valueOf(cause.getMessage()));
  }

  /** Begins anew: the lane has given everything back. */
  void reset() {
    failedCalls = 0;
    delayMs = 0;
    isolation.reset();
  }

  private void stall(Failed failed) {
    PauseReason reason =
        switch (failed.kind()) {
          case RETRIABLE -> PauseReason.RETRYING;
          case OPERATORS, POISON, UNKNOWN -> PauseReason.PARKED;
        };
    partition.stall(reason, Optional.of(failed.reason()), failed.message());
  }
}
