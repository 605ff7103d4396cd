package io.hrp.control.log;

import static java.util.Objects.requireNonNull;

import io.hrp.control.ControlListener;
import io.hrp.control.ControlReader;
import io.hrp.control.ControlView;
import io.hrp.wire.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the control topic on a thread of its own, {@code hrp-control-follower}, and reads to its
 * end several times a second. While the broker is out of reach the last state stays, with a warning
 * at most once a minute; the first state is waited for without limit. Thread-safe.
 */
public final class ControlFollower implements ControlReader, AutoCloseable {
  /** Between two reads to the end; an operator's change must be seen within two seconds. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(ControlFollower.class);

  private final SinglePartitionReader reader;
  private final ControlTail tail;
  private final Complaints complaints;
  private final Thread thread;
  private final CountDownLatch firstRead = new CountDownLatch(1);
  private final CountDownLatch stop = new CountDownLatch(1);

  private ControlFollower(
      SinglePartitionReader reader,
      Clock clock,
      LongSupplier nanoTicker,
      ControlListener listener) {
    this.reader = reader;
    this.tail = new ControlTail(reader, clock, nanoTicker, listener);
    this.complaints = new Complaints(nanoTicker);
    this.thread = new Thread(this::run, "hrp-control-follower");
    this.thread.setDaemon(true);
  }

  /**
   * Begins to follow.
   *
   * @param kafka settings of the clients, {@code bootstrap.servers} among them
   * @param nanoTicker what {@link ControlView#readToEndStartedNanos} is measured with; {@code
   *     System::nanoTime}
   * @param listener told of every change, on the follower's thread
   */
  public static ControlFollower open(
      Map<String, ?> kafka, Clock clock, LongSupplier nanoTicker, ControlListener listener) {
    try {
      ControlFollower follower =
          new ControlFollower(
              SinglePartitionReader.open(kafka, TopicNames.CONTROL, nanoTicker),
              requireNonNull(clock, "clock"),
              nanoTicker,
              requireNonNull(listener, "listener"));
      follower.thread.start();
      return follower;
    } catch (KafkaException e) {
      throw KafkaFailures.translate("follow '" + TopicNames.CONTROL + "'", e);
    }
  }

  /** As above, for one who asks {@link #current} and needs no call. */
  public static ControlFollower open(Map<String, ?> kafka, Clock clock, LongSupplier nanoTicker) {
    return open(kafka, clock, nanoTicker, view -> {});
  }

  @Override
  public ControlView current() {
    return tail.current();
  }

  @Override
  public boolean awaitFirstRead(Duration timeout) throws InterruptedException {
    return firstRead.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void run() {
    try {
      do {
        readOnce();
      } while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reader.close();
    }
  }

  /** The thread's outermost loop calls this; no failure ends the thread. */
  private void readOnce() {
    try {
      tail.step(READ_TIMEOUT);
      firstRead.countDown();
      if (complaints.clear()) {
        log.info("control topic read again topic={}", TopicNames.CONTROL);
      }
    } catch (WakeupException e) {
      log.debug("control follower is being stopped", e);
    } catch (RuntimeException e) {
      complain(e);
    }
  }

  private void complain(RuntimeException failure) {
    long times = complaints.due();
    if (times > 0) {
      log.warn(
          "cannot read the control topic, {} topic={} times={} error={}",
          tail.current().complete()
              ? "going on with the last state"
              : "no work is taken before it is read",
          TopicNames.CONTROL,
          times,
          failure.toString());
    }
  }

  /** Stops following; {@link #current} keeps its last answer. */
  @Override
  public void close() {
    stop.countDown();
    reader.wakeUp();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
