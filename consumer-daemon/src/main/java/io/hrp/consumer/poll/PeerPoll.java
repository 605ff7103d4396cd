package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.status.PeerSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The poll thread of a peer, {@code hrp-poll-<peer>}: turns a {@link PollStep} until it is stopped.
 *
 * <p>A fault that reaches its loop is a defect, or a refusal by the broker: it is counted, the step
 * is closed, and a new one is made after a growing delay. The new one begins only when the lanes of
 * the old one are quiet. Other peers notice nothing. That another daemon of the same {@code
 * daemon.id} runs is the one thing that ends the thread.
 *
 * <p>Safe for use by any thread.
 */
public final class PeerPoll {
  private static final Logger log = LoggerFactory.getLogger(PeerPoll.class);

  private static final long FIRST_DELAY_MS = 1_000;
  private static final long MAX_DELAY_MS = 30_000;
  private static final long LOOK_AWAY_NANOS = 10_000_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

  /** Makes the step, with a consumer of its own. Called by the poll thread. */
  @FunctionalInterface
  interface StepFactory {
    PollStep create();
  }

  private final String peer;
  private final StepFactory factory;
  private final LongSupplier nanos;
  private final Runnable onFault;
  private final Consumer<String> onFenced;
  private final Thread thread;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

  // Written by the poll thread, or by whoever stops it; read by others.
  private volatile PollState state = PollState.STARTING;
  private volatile @Nullable PollStep step;
  private volatile @Nullable StopMode stop;
  private volatile long drainUntilNanos;

  /**
   * @param onFault counts a fault
   * @param onFenced told that another daemon has the same id; the thread ends
   */
  PeerPoll(
      String peer,
      StepFactory factory,
      LongSupplier nanos,
      Runnable onFault,
      Consumer<String> onFenced) {
    this.peer = requireNonNull(peer, "peer");
    this.factory = requireNonNull(factory, "factory");
    this.nanos = requireNonNull(nanos, "nanos");
    this.onFault = requireNonNull(onFault, "onFault");
    this.onFenced = requireNonNull(onFenced, "onFenced");
    this.thread = new Thread(this::run, "hrp-poll-" + peer);
  }

  /** Begins to turn. */
  public void start() {
    thread.start();
  }

  public PollState state() {
    return state;
  }

  /** How the peer is doing. */
  public PeerSnapshot snapshot() {
    PollStep current = step;
    return current == null ? PeerSnapshot.none(peer) : current.snapshot();
  }

  /** Has the thread stop; a second call may only make it more urgent. */
  public void stop(StopMode mode, Duration drainTimeout) {
    if (stop == null) {
      drainUntilNanos = nanos.getAsLong() + drainTimeout.toNanos();
    }
    if (stop != StopMode.ABANDON) {
      stop = requireNonNull(mode, "mode");
    }
    wakeUp();
    LockSupport.unpark(thread);
  }

  /**
   * Waits for the end.
   *
   * @return whether everything that was read was finished; empty if the thread has not ended in
   *     time
   */
  public Optional<Boolean> awaitEnd(Duration timeout) throws InterruptedException {
    thread.join(Math.max(1, timeout.toMillis()));
    return thread.isAlive() ? Optional.empty() : Optional.of(ended.getNow(true));
  }

  /** Ends a poll that is under way: there is room again, or another reason for a turn. */
  public void wakeUp() {
    PollStep current = step;
    if (current != null) {
      current.wakeUp();
    }
  }

  private void run() {
    long delayMs = FIRST_DELAY_MS;
    boolean drained = false;
    while (stop == null) {
      long started = nanos.getAsLong();
      try {
        turn();
        drained = drain();
      } catch (FencedInstanceIdException fenced) {
        log.error("another daemon runs under the same daemon.id; peer={}", peer, fenced);
        onFenced.accept(peer);
        close();
        break;
      } catch (RuntimeException | Error fault) {
        onFault.run();
        log.error("the peer's poll thread failed and starts over; peer={}", peer, fault);
        become(PollState.FAULTED);
        if (nanos.getAsLong() - started > TimeUnit.MINUTES.toNanos(1)) {
          delayMs = FIRST_DELAY_MS;
        }
        close();
        pause(delayMs);
        delayMs = Math.min(MAX_DELAY_MS, delayMs * 2);
        if (stop == null) {
          become(PollState.STARTING);
        }
      }
    }
    become(PollState.STOPPED);
    ended.complete(drained);
  }

  private void turn() {
    PollStep current = factory.create();
    step = current;
    become(PollState.RUNNING);
    while (stop == null) {
      current.runOnce();
    }
  }

  /** Finishes what was read, as far as the stop allows. Returns whether all of it was finished. */
  private boolean drain() {
    PollStep current = step;
    if (current == null) {
      return true;
    }
    become(PollState.DRAINING);
    current.drain();
    boolean quiet = false;
    while (stop == StopMode.DRAIN && !quiet && nanos.getAsLong() - drainUntilNanos < 0) {
      current.runOnce();
      quiet = current.isQuiet();
    }
    quiet |= current.isQuiet();
    if (stop == StopMode.ABANDON) {
      current.hurry();
    }
    current.close(CLOSE_TIMEOUT);
    return quiet;
  }

  /** Closes a step that failed, and waits until nothing of it is in flight. */
  private void close() {
    PollStep current = step;
    if (current == null) {
      return;
    }
    try {
      current.close(CLOSE_TIMEOUT);
    } catch (RuntimeException failed) {
      log.warn("a consumer did not close in good order; peer={}", peer, failed);
    }
    while (!current.isQuietAfterClose() && stop != StopMode.ABANDON) {
      LockSupport.parkNanos(LOOK_AWAY_NANOS);
    }
  }

  private void pause(long delayMs) {
    long until = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(delayMs);
    while (stop == null && nanos.getAsLong() - until < 0) {
      LockSupport.parkNanos(LOOK_AWAY_NANOS);
    }
  }

  private void become(PollState next) {
    PollState before = state;
    if (before == next) {
      return;
    }
    if (!before.mayBecome(next)) {
      throw new IllegalStateException("a poll thread cannot go from " + before + " to " + next);
    }
    state = next;
    log.info("poll thread: {} -> {}; peer={}", before.label(), next.label(), peer);
  }
}
