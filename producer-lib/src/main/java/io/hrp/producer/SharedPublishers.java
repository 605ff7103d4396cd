package io.hrp.producer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hrp.producer.api.CloseReport;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublisherOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One publisher for each set of equal options, counted by handles.
 *
 * <p>A publisher whose last handle was closed stays for a while, since the tasks of a job follow
 * one another and a Kafka producer costs connections and a thread. One that failed for good is not
 * handed out again. What is still open when the JVM ends is closed by a shutdown hook, which is
 * there only while there is something to close.
 *
 * <p>Safe for use by any thread.
 */
final class SharedPublishers {
  /** Longer than the gap between two tasks of a stage, short against an idle connection's cost. */
  static final Duration LINGER = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(SharedPublishers.class);

  private final Function<PublisherOptions, TopicPublisher> open;
  private final BiConsumer<Duration, Runnable> later;

  @GuardedBy("this")
  private final Map<PublisherOptions, Shared> publishers = new HashMap<>();

  @GuardedBy("this")
  private @Nullable Thread hook;

  /**
   * @param open creates a publisher
   * @param later runs a step on another thread once the time has passed
   */
  SharedPublishers(
      Function<PublisherOptions, TopicPublisher> open, BiConsumer<Duration, Runnable> later) {
    this.open = open;
    this.later = later;
  }

  synchronized HrpPublisher handle(PublisherOptions options) {
    Shared shared = publishers.get(options);
    if (shared == null || !shared.publisher.isOpen()) {
      shared = new Shared(options, open.apply(options));
      publishers.put(options, shared);
      addHook();
    }
    Shared taken = shared;
    taken.handles++;
    taken.turn++;
    return new SharedHandle(taken.publisher, options.closeTimeout(), () -> release(taken));
  }

  private void release(Shared shared) {
    int turn;
    synchronized (this) {
      shared.handles--;
      if (shared.handles > 0) {
        return;
      }
      turn = ++shared.turn;
    }
    later.accept(
        shared.publisher.isOpen() ? LINGER : Duration.ZERO, () -> closeIfStillIdle(shared, turn));
  }

  private void closeIfStillIdle(Shared shared, int turn) {
    synchronized (this) {
      if (shared.turn != turn) {
        return;
      }
      publishers.remove(shared.options, shared);
      if (publishers.isEmpty()) {
        removeHook();
      }
    }
    close(shared);
  }

  /** Closes whatever is open, all at the same time, each within its own deadline. */
  void closeAll() {
    List<Shared> left;
    synchronized (this) {
      left = new ArrayList<>(publishers.values());
      publishers.clear();
    }
    List<Thread> closers = new ArrayList<>();
    for (Shared shared : left) {
      Thread closer = new Thread(() -> close(shared), "hrp-producer-shutdown");
      closer.start();
      closers.add(closer);
    }
    for (Thread closer : closers) {
      try {
        closer.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void close(Shared shared) {
    CloseReport report = shared.publisher.close(shared.options.closeTimeout());
    if (report.isComplete()) {
      log.info("shared publisher closed acknowledged={}", report.acknowledged());
    } else {
      log.warn(
          "shared publisher closed with mutations that were not acknowledged acknowledged={}"
              + " failed={} unknown={}",
          report.acknowledged(),
          report.failed(),
          report.unknown());
    }
  }

  @GuardedBy("this")
  private void addHook() {
    if (hook != null) {
      return;
    }
    Thread created = new Thread(this::closeAll, "hrp-producer-shutdown");
    try {
      Runtime.getRuntime().addShutdownHook(created);
      hook = created;
    } catch (IllegalStateException e) {
      log.debug("the JVM is ending; whoever opened the publisher closes it", e);
    }
  }

  @GuardedBy("this")
  private void removeHook() {
    Thread added = hook;
    if (added == null) {
      return;
    }
    hook = null;
    try {
      Runtime.getRuntime().removeShutdownHook(added);
    } catch (IllegalStateException e) {
      log.debug("the JVM is ending, and the hook has nothing to close", e);
    }
  }

  /** A publisher and how many use it; the counts are guarded by the outer object. */
  private static final class Shared {
    private final PublisherOptions options;
    private final TopicPublisher publisher;
    private int handles;

    /** Moves on with every handle taken and with every time that none is left. */
    private int turn;

    Shared(PublisherOptions options, TopicPublisher publisher) {
      this.options = options;
      this.publisher = publisher;
    }
  }
}
