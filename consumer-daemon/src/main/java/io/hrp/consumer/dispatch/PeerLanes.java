package io.hrp.consumer.dispatch;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.MutationApplier;
import io.hrp.consumer.deadletter.DeadLetterSink;
import io.hrp.consumer.retry.RetryPolicy;
import io.hrp.control.ControlReader;
import io.hrp.wire.TableId;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all lanes of one peer share: the target, the dead-letter topic, the pace, the budget, and
 * the queue through which they report. Safe for use by any thread.
 */
public final class PeerLanes {
  /**
   * The world outside.
   *
   * @param applier the peer's target
   * @param scheduler runs the lanes
   * @param nanos monotonic clock, nanoseconds; the same one that stamps polled records and reads of
   *     the control topic
   * @param clock for what people read
   */
  public record Surroundings(
      MutationApplier applier,
      DeadLetterSink deadLetters,
      ControlReader control,
      LaneScheduler scheduler,
      LaneObserver observer,
      LongSupplier nanos,
      Clock clock) {
    public Surroundings {
      requireNonNull(applier, "applier");
      requireNonNull(deadLetters, "deadLetters");
      requireNonNull(control, "control");
      requireNonNull(scheduler, "scheduler");
      requireNonNull(observer, "observer");
      requireNonNull(nanos, "nanos");
      requireNonNull(clock, "clock");
    }
  }

  private final String peer;
  private final Surroundings surroundings;
  private final RetryPolicy retryPolicy;
  private final PeerPace pace;
  private final CallLimiter limiter;
  private final ByteBudget budget;
  private final Map<TableId, TableCounts> counts = new ConcurrentHashMap<>();
  private final Map<TableId, TableGate> gates = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<LaneReport> reports = new ConcurrentLinkedQueue<>();

  public PeerLanes(
      String peer,
      Surroundings surroundings,
      RetryPolicy retryPolicy,
      PeerPace pace,
      ByteBudget budget) {
    this.peer = requireNonNull(peer, "peer");
    this.surroundings = requireNonNull(surroundings, "surroundings");
    this.retryPolicy = requireNonNull(retryPolicy, "retryPolicy");
    this.pace = requireNonNull(pace, "pace");
    this.limiter = new CallLimiter(pace);
    this.budget = requireNonNull(budget, "budget");
  }

  public String peer() {
    return peer;
  }

  public ByteBudget budget() {
    return budget;
  }

  public RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  /** Calls of the target in flight now. */
  public int callsInFlight() {
    return limiter.used() + gates.values().stream().mapToInt(TableGate::used).sum();
  }

  /** Totals of a table since the daemon started. */
  public TableCounts countsOf(TableId table) {
    return counts.computeIfAbsent(table, each -> new TableCounts());
  }

  /** The oldest report not fetched yet; null if there is none. For the poll thread. */
  public @Nullable LaneReport pollReport() {
    return reports.poll();
  }

  Surroundings surroundings() {
    return surroundings;
  }

  PeerPace pace() {
    return pace;
  }

  CallLimiter limiter() {
    return limiter;
  }

  TableGate gateOf(TableId table) {
    return gates.computeIfAbsent(table, each -> new TableGate());
  }

  void report(LaneReport report) {
    reports.add(report);
  }

  long now() {
    return surroundings.nanos().getAsLong();
  }
}
