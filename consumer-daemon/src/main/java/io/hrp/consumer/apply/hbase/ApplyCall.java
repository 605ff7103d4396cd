package io.hrp.consumer.apply.hbase;

import io.hrp.consumer.apply.ApplyItem;
import io.hrp.consumer.apply.ApplyOutcome;
import io.hrp.consumer.apply.FailureReason;
import io.hrp.wire.DecodedMutation;
import io.hrp.wire.RowKey;
import io.hrp.wire.TargetOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.hbase.client.AsyncTable;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.security.SecurityCapability;
import org.apache.hadoop.hbase.util.Bytes;

/**
 * One call to a target, from the batch to its outcomes.
 *
 * <p>Its steps follow each other, each begun by the completion of the one before: what has to be
 * known of the target beforehand (seldom anything), sending, collecting, and finding out more about
 * failures whose class does not say enough. No two steps run at once, so the fields need no lock;
 * the futures between the steps publish them.
 *
 * <p>If a mutation cannot be sent, later ones of its row are not sent either.
 */
final class ApplyCall {
  /** What the client is given beyond its own timeout before the call is given up. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final AsyncTable<?> table;
  private final TargetFacts facts;
  private final KnownFamilies known;
  private final TargetOptions options;
  private final Duration timeout;
  private final List<ApplyItem> batch;
  private final ApplyOutcome[] outcomes;
  private final CompletableFuture<List<ApplyOutcome>> result = new CompletableFuture<>();

  /** What goes to the client, sorted by row, and the answers in the same order. */
  private List<Sent> sent = List.of();

  private List<CompletableFuture<Object>> answers = List.of();

  private record Sent(Row row, int index) {}

  /** The answer to a question about the target, or why there is none. */
  private record Answer<T>(Optional<T> value, Optional<Throwable> failure) {
    static <T> Answer<T> empty() {
      return new Answer<>(Optional.empty(), Optional.empty());
    }

    static <T> CompletableFuture<Answer<T>> of(CompletableFuture<T> question) {
      return question.handle(
          (value, failure) ->
              new Answer<>(Optional.ofNullable(value), Optional.ofNullable(failure)));
    }
  }

  ApplyCall(
      AsyncTable<?> table,
      TargetFacts facts,
      KnownFamilies known,
      TargetOptions options,
      Duration timeout,
      List<ApplyItem> batch) {
    this.table = table;
    this.facts = facts;
    this.known = known;
    this.options = options;
    this.timeout = timeout;
    this.batch = batch;
    this.outcomes = new ApplyOutcome[batch.size()];
  }

  CompletableFuture<List<ApplyOutcome>> run() {
    boolean needsSecurity = false;
    boolean needsFamilies = false;
    for (ApplyItem item : batch) {
      needsSecurity |= needsSecurity(item.mutation());
      needsFamilies |= needsFamilies(item);
    }
    if (!needsSecurity && !needsFamilies) {
      guarded(() -> send(Answer.empty(), Answer.empty()));
      return result;
    }
    CompletableFuture<Answer<Set<SecurityCapability>>> capabilities =
        needsSecurity
            ? Answer.of(facts.capabilities())
            : CompletableFuture.completedFuture(Answer.empty());
    CompletableFuture<Answer<Collection<byte[]>>> families =
        needsFamilies
            ? Answer.of(facts.families(table.getName()))
            : CompletableFuture.completedFuture(Answer.empty());
    // Both complete normally, whatever the target says.
    Listeners.listen(
        capabilities.thenAcceptBoth(families, (known, names) -> guarded(() -> send(known, names))),
        (ignored, failure) -> {});
    return result;
  }

  /** A defect must not leave the caller waiting for ever. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      failRest(e);
    }
  }

  private void failRest(Throwable failure) {
    ApplyOutcome.Failed failed = failed(FailureTable.lookUp(failure));
    for (int i = 0; i < outcomes.length; i++) {
      if (outcomes[i] == null) {
        outcomes[i] = failed;
      }
    }
    finish();
  }

  private void finish() {
    result.complete(Arrays.asList(outcomes));
  }

  private static boolean needsSecurity(DecodedMutation mutation) {
    return mutation.needsVisibility() || mutation.needsAcl();
  }

  private static boolean needsFamilies(ApplyItem item) {
    return !item.families().isAll()
        && (item.mutation().kind() == DecodedMutation.Kind.ROW_DELETE
            || item.mutation().kind() == DecodedMutation.Kind.ROW_MUTATIONS);
  }

  private void send(
      Answer<Set<SecurityCapability>> capabilities, Answer<Collection<byte[]>> families) {
    prepare(capabilities, families);
    if (sent.isEmpty()) {
      finish();
      return;
    }
    if (sent.size() > 1) {
      sent.sort((a, b) -> Bytes.compareTo(a.row().getRow(), b.row().getRow()));
    }
    if (!mayRefuseAmongARow()) {
      dispatch();
      return;
    }
    Listeners.listen(
        facts.families(table.getName()),
        (names, failure) ->
            guarded(
                () -> {
                  if (names != null) {
                    known.learn(names);
                  }
                  holdBack(Optional.ofNullable(failure));
                  dispatch();
                }));
  }

  /** Whether a mutation that another one of its row follows is in a family that is not known. */
  private boolean mayRefuseAmongARow() {
    for (int i = 0; i < sent.size() - 1; i++) {
      if (isFollowed(i) && !known.holdAllOf(sent.get(i).row())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the next mutation is one of the same row. */
  private boolean isFollowed(int i) {
    return i + 1 < sent.size()
        && Bytes.equals(sent.get(i).row().getRow(), sent.get(i + 1).row().getRow());
  }

  /** Takes out mutations that are going to be refused, each with all later ones of its row. */
  private void holdBack(Optional<Throwable> unknown) {
    List<Sent> kept = new ArrayList<>(sent.size());
    boolean isBlocked = false;
    for (int i = 0; i < sent.size(); i++) {
      Sent each = sent.get(i);
      if (isBlocked) {
        outcomes[each.index()] = notSent();
      } else if (isFollowed(i) && !known.holdAllOf(each.row())) {
        outcomes[each.index()] =
            unknown
                .map(failure -> failed(FailureTable.lookUp(failure)))
                .orElseGet(ApplyCall::familyMissing);
        isBlocked = true;
      } else {
        kept.add(each);
      }
      isBlocked &= isFollowed(i);
    }
    sent = kept;
  }

  private static ApplyOutcome.Failed familyMissing() {
    return ApplyOutcome.Failed.of(
        FailureReason.FAMILY_MISSING,
        ApplyCall.class.getName(),
        "the table has not all families of the mutation");
  }

  private static ApplyOutcome.Failed notSent() {
    return ApplyOutcome.Failed.of(
        FailureReason.NOT_SENT,
        ApplyCall.class.getName(),
        "an earlier mutation of its row could not be sent");
  }

  private void dispatch() {
    if (sent.isEmpty()) {
      finish();
      return;
    }
    List<Row> rows = new ArrayList<>(sent.size());
    for (Sent each : sent) {
      rows.add(each.row());
    }
    answers = table.batch(rows);
    CompletableFuture<Void> settled = new CompletableFuture<>();
    Listeners.listen(
        settled.orTimeout(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS),
        (ignored, lateness) -> guarded(this::collect));
    awaitFrom(answers.size() - 1, settled);
  }

  private void prepare(
      Answer<Set<SecurityCapability>> capabilities, Answer<Collection<byte[]>> families) {
    sent = new ArrayList<>(batch.size());
    Set<RowKey> heldBack = new HashSet<>();
    for (int i = 0; i < batch.size(); i++) {
      ApplyItem item = batch.get(i);
      if (!heldBack.isEmpty() && heldBack.contains(item.mutation().row())) {
        outcomes[i] = notSent();
        continue;
      }
      Optional<ApplyOutcome.Failed> obstacle = obstacle(item, capabilities, families);
      if (obstacle.isEmpty()) {
        obstacle = build(i, item, families);
      }
      if (obstacle.isPresent()) {
        outcomes[i] = obstacle.get();
        heldBack.add(item.mutation().row());
      }
    }
  }

  private static Optional<ApplyOutcome.Failed> obstacle(
      ApplyItem item,
      Answer<Set<SecurityCapability>> capabilities,
      Answer<Collection<byte[]>> families) {
    DecodedMutation mutation = item.mutation();
    if (needsFamilies(item) && families.failure().isPresent()) {
      return families.failure().map(failure -> failed(FailureTable.lookUp(failure)));
    }
    if (!needsSecurity(mutation)) {
      return Optional.empty();
    }
    if (capabilities.failure().isPresent()) {
      return capabilities.failure().map(failure -> failed(FailureTable.lookUp(failure)));
    }
    Set<SecurityCapability> known = capabilities.value().orElse(Set.of());
    boolean isEnforced =
        (!mutation.needsVisibility() || known.contains(SecurityCapability.CELL_VISIBILITY))
            && (!mutation.needsAcl() || known.contains(SecurityCapability.CELL_AUTHORIZATION));
    return isEnforced
        ? Optional.empty()
        : Optional.of(
            ApplyOutcome.Failed.of(
                FailureReason.SECURITY_UNSUPPORTED,
                ApplyCall.class.getName(),
                "the mutation carries visibility or ACL, and the target enforces only " + known));
  }

  private Optional<ApplyOutcome.Failed> build(
      int index, ApplyItem item, Answer<Collection<byte[]>> families) {
    Optional<Row> row;
    try {
      row = item.mutation().toRow(item.families(), families.value()::orElseThrow, options);
    } catch (RuntimeException e) {
      // HBase's own classes check what they are built from.
      return Optional.of(failed(FailureTable.lookUp(e)));
    }
    if (row.isEmpty()) {
      outcomes[index] = ApplyOutcome.LeftEmpty.INSTANCE;
    } else {
      sent.add(new Sent(row.get(), index));
    }
    return Optional.empty();
  }

  /**
   * Waits for all answers up to {@code last}, without a callback for each: those of a region come
   * in order, so by the time the last one is there, most are.
   */
  private void awaitFrom(int last, CompletableFuture<Void> settled) {
    for (int i = last; i >= 0; i--) {
      CompletableFuture<Object> answer = answers.get(i);
      if (!answer.isDone()) {
        int rest = i - 1;
        Listeners.listen(answer, (ignored, failure) -> awaitFrom(rest, settled));
        return;
      }
    }
    settled.complete(null);
  }

  private void collect() {
    FailureDiagnosis diagnosis = new FailureDiagnosis(table.getName(), facts, outcomes);
    Throwable lastCause = null;
    FailureTable.Verdict verdict = null;
    for (int i = 0; i < sent.size(); i++) {
      Sent each = sent.get(i);
      CompletableFuture<Object> answer = answers.get(i);
      if (answer.isDone() && !answer.isCompletedExceptionally()) {
        outcomes[each.index()] = ApplyOutcome.Applied.INSTANCE;
        continue;
      }
      Throwable failure = failureOf(answer);
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      if (verdict == null || cause != lastCause) {
        // One failure of a server or a region is that of many mutations.
        lastCause = cause;
        verdict = FailureTable.lookUp(failure);
      }
      FailureReason reason = verdict.reason();
      if (reason == FailureReason.MUTATION_REFUSED
          && batch.get(each.index()).mutation().needsVisibility()) {
        // The class is the same for whatever a server's checks refuse; an unknown label is by far
        // the likeliest for this mutation, and parking it loses nothing if it is not.
        reason = FailureReason.LABEL_UNKNOWN;
      } else if (reason == FailureReason.BATCH_TOO_LARGE && sent.size() == 1) {
        reason = FailureReason.MUTATION_TOO_LARGE;
      }
      if (reason == FailureReason.FAMILY_MISSING) {
        known.forget();
      }
      outcomes[each.index()] = failed(reason, verdict);
      diagnosis.note(each.index(), each.row(), verdict);
    }
    Listeners.listen(diagnosis.run(), (ignored, failure) -> finish());
  }

  private static Throwable failureOf(CompletableFuture<Object> answer) {
    if (!answer.isDone()) {
      return new TimeoutException("the client did not answer in time");
    }
    return answer.<Throwable>handle((value, failure) -> failure).join();
  }

  private static ApplyOutcome.Failed failed(FailureTable.Verdict verdict) {
    return failed(verdict.reason(), verdict);
  }

  private static ApplyOutcome.Failed failed(FailureReason reason, FailureTable.Verdict verdict) {
    return ApplyOutcome.Failed.of(reason, verdict.className(), verdict.message());
  }
}
