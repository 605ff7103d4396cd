package io.hrp.consumer.testing;

import io.hrp.consumer.apply.ApplyItem;
import io.hrp.consumer.apply.ApplyOutcome;
import io.hrp.consumer.apply.ApplyOutcome.Applied;
import io.hrp.consumer.apply.ApplyOutcome.Failed;
import io.hrp.consumer.apply.ApplyOutcome.LeftEmpty;
import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.apply.MutationApplier;
import io.hrp.wire.DecodedMutation;
import io.hrp.wire.RowKey;
import io.hrp.wire.TableId;
import io.hrp.wire.TargetOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A target in memory. It keeps for each row the publish times of its mutations in the order in
 * which each was first applied, so that a test which publishes with rising publish times can see
 * whether the order was kept. It also checks what every call must keep to, and remembers the first
 * breach.
 *
 * <p>Safe for use by any thread. A script may decide what becomes of a mutation; a held target
 * answers when told.
 */
public final class FakeTarget implements MutationApplier {
  /** Decides about one mutation of a call. */
  @FunctionalInterface
  public interface Script {
    /**
     * Why the mutation fails; empty if it does not.
     *
     * @param companySize how many mutations the call holds
     */
    Optional<FailureReason> failureOf(DecodedMutation mutation, int companySize);
  }

  /** A call that has not been answered yet. */
  private record Held(
      TableId table, List<ApplyItem> batch, CompletableFuture<List<ApplyOutcome>> answer) {}

  private final Map<RowKey, List<Long>> firstApplications = new HashMap<>();
  private final Map<RowKey, Set<Long>> lastApplications = new HashMap<>();
  private final Set<RowKey> rowsInFlight = new HashSet<>();
  private final List<List<Long>> calls = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private Script script = (mutation, companySize) -> Optional.empty();
  private Optional<UUID> clusterId = Optional.of(new UUID(7, 7));
  private Optional<String> breach = Optional.empty();
  private boolean closed;
  private boolean holds;
  private boolean takesLaterOnes;
  private int inFlight;
  private int mostInFlight;

  /** From now on mutations fare as the script says. */
  public synchronized void follow(Script newScript) {
    script = newScript;
  }

  /** From now on calls wait for {@link #answerOne} or {@link #answerAll}. */
  public synchronized void hold() {
    holds = true;
  }

  /**
   * From now on a call that fails for one mutation may take a later one of the same row, as HBase's
   * server does at times; otherwise the later ones of the row fail with it.
   */
  public synchronized void takeLaterOnes() {
    takesLaterOnes = true;
  }

  public synchronized void setClusterId(Optional<UUID> id) {
    clusterId = id;
  }

  /** Answers the held call of this index, counted from the oldest. */
  public void answerOne(int index) {
    Held call;
    synchronized (this) {
      call = held.remove(index);
    }
    answer(call);
  }

  /** Answers what is held, and everything from now on at once. */
  public void answerAll() {
    List<Held> all;
    synchronized (this) {
      holds = false;
      all = List.copyOf(held);
      held.clear();
    }
    all.forEach(this::answer);
  }

  public synchronized int heldCalls() {
    return held.size();
  }

  public synchronized int inFlight() {
    return inFlight;
  }

  public synchronized int mostInFlight() {
    return mostInFlight;
  }

  /** The publish times of a row's mutations, in the order of their first application. */
  public synchronized List<Long> firstApplications(RowKey row) {
    return List.copyOf(firstApplications.getOrDefault(row, List.of()));
  }

  /** The same in the order of their last application. */
  public synchronized List<Long> lastApplications(RowKey row) {
    return List.copyOf(lastApplications.getOrDefault(row, Set.of()));
  }

  public synchronized Set<RowKey> rows() {
    return Set.copyOf(firstApplications.keySet());
  }

  /** The publish times of each call, in the order in which calls came. */
  public synchronized List<List<Long>> calls() {
    return List.copyOf(calls);
  }

  /** The first rule that a call broke. */
  public synchronized Optional<String> breach() {
    return breach;
  }

  @Override
  public CompletableFuture<List<ApplyOutcome>> apply(TableId table, List<ApplyItem> batch) {
    if (batch.isEmpty()) {
      throw new IllegalArgumentException("a batch holds at least one mutation");
    }
    if (isClosed()) {
      Failed notSent = Failed.of(FailureReason.NOT_SENT, "closed", "the fake is closed");
      return CompletableFuture.completedFuture(Collections.nCopies(batch.size(), notSent));
    }
    Held call = new Held(table, List.copyOf(batch), new CompletableFuture<>());
    boolean answersNow;
    synchronized (this) {
      begin(call);
      answersNow = !holds;
      if (holds) {
        held.add(call);
      }
    }
    if (answersNow) {
      answer(call);
    }
    return call.answer();
  }

  private void begin(Held call) {
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
    List<Long> times = new ArrayList<>();
    Set<RowKey> rows = new HashSet<>();
    Set<RowKey> exclusive = new HashSet<>();
    List<UUID> ids = call.batch().get(0).mutation().clusterIds();
    for (ApplyItem item : call.batch()) {
      DecodedMutation mutation = item.mutation();
      times.add(mutation.publishTimeMs());
      boolean isNew = rows.add(mutation.row());
      if (isNew && !rowsInFlight.add(mutation.row())) {
        breached("row " + mutation.row() + " is in two calls at once");
      }
      boolean isExclusive = mutation.kind() == DecodedMutation.Kind.ROW_MUTATIONS;
      if ((isExclusive && !isNew) || exclusive.contains(mutation.row())) {
        breached("row " + mutation.row() + " stands beside RowMutations of its own");
      }
      if (isExclusive) {
        exclusive.add(mutation.row());
      }
      if (!mutation.clusterIds().equals(ids)) {
        breached("cluster ids differ within a call");
      }
    }
    calls.add(times);
  }

  private void breached(String what) {
    if (breach.isEmpty()) {
      breach = Optional.of(what);
    }
  }

  private void answer(Held call) {
    List<ApplyOutcome> outcomes = new ArrayList<>();
    synchronized (this) {
      inFlight--;
      Map<RowKey, FailureReason> failedRows = new HashMap<>();
      for (ApplyItem item : call.batch()) {
        RowKey row = item.mutation().row();
        rowsInFlight.remove(row);
        Optional<FailureReason> failure = script.failureOf(item.mutation(), call.batch().size());
        if (failure.isEmpty() && !takesLaterOnes) {
          failure = Optional.ofNullable(failedRows.get(row));
        }
        if (isLeftEmpty(item)) {
          outcomes.add(LeftEmpty.INSTANCE);
        } else if (failure.isPresent()) {
          failedRows.put(row, failure.get());
          outcomes.add(Failed.of(failure.get(), "scripted", "scripted failure"));
        } else {
          apply(item.mutation());
          outcomes.add(Applied.INSTANCE);
        }
      }
    }
    call.answer().complete(outcomes);
  }

  private static boolean isLeftEmpty(ApplyItem item) {
    return !item.families().isAll()
        && item.mutation().toRow(item.families(), List::of, TargetOptions.DEFAULT).isEmpty();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void apply(DecodedMutation mutation) {
    long time = mutation.publishTimeMs();
    Set<Long> times =
        lastApplications.computeIfAbsent(mutation.row(), row -> new LinkedHashSet<>());
    if (times.remove(time)) {
      times.add(time);
      return;
    }
    times.add(time);
    firstApplications.computeIfAbsent(mutation.row(), row -> new ArrayList<>()).add(time);
  }

  @Override
  public synchronized CompletableFuture<Optional<UUID>> clusterId() {
    return CompletableFuture.completedFuture(clusterId);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    answerAll();
  }
}
