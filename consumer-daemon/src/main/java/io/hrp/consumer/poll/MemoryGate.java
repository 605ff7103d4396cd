package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.dispatch.ByteBudget;
import io.hrp.consumer.status.PauseReason;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Keeps a peer within its budget of bytes, and one table from using up what the others need.
 *
 * <p>Above the budget, those partitions stop reading that hold an even share of it or more; the
 * others read on, up to half as much again in all. Once half of the budget is free, all read again.
 * So a slow table fills its share and no more, while a fast one finds room. Belongs to the poll
 * thread.
 */
final class MemoryGate {
  private final ByteBudget budget;

  MemoryGate(ByteBudget budget) {
    this.budget = requireNonNull(budget, "budget");
  }

  void regulate(Collection<PartitionWork> works, Instant now) {
    long held = budget.heldBytes();
    if (budget.hasRoom()) {
      for (PartitionWork work : works) {
        work.lift(PauseReason.MEMORY);
      }
      return;
    }
    long working = works.stream().filter(PartitionWork::runs).count();
    long share = budget.maxBytes() / Math.max(1, working);
    boolean isFull = held > budget.maxBytes() + budget.maxBytes() / 2;
    boolean waits = false;
    for (PartitionWork work : works) {
      if (!work.runs()) {
        continue;
      }
      long own = work.lanes().heldBytes();
      if (isFull || (budget.isExceeded() && own >= share)) {
        work.pause(
            PauseReason.MEMORY, "the peer's budget of bytes is used up", Optional.empty(), now);
      } else if (own < share / 2) {
        work.lift(PauseReason.MEMORY);
      }
      waits |= work.isPausedFor(PauseReason.MEMORY);
    }
    if (waits) {
      budget.callWhenRoom();
    }
  }
}
