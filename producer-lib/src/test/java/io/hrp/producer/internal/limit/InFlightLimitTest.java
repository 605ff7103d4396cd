package io.hrp.producer.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.producer.internal.limit.InFlightLimit.Admission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class InFlightLimitTest {
  private static final long LONG_NANOS = Duration.ofSeconds(20).toNanos();

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void countsBytesAndRecordsInFlight() {
    InFlightLimit limit = new InFlightLimit(100, 10, System::nanoTime);

    assertThat(limit.tryAcquire(40)).isTrue();
    assertThat(limit.tryAcquire(60)).isTrue();
    assertThat(limit.tryAcquire(1)).isFalse();

    assertThat(limit.bytes()).isEqualTo(100);
    assertThat(limit.records()).isEqualTo(2);
    limit.release(40);
    limit.release(60);
    assertThat(limit.bytes()).isZero();
    assertThat(limit.records()).isZero();
  }

  @Test
  void boundsTheRecordsToo() {
    InFlightLimit limit = new InFlightLimit(100, 2, System::nanoTime);

    assertThat(limit.tryAcquire(1)).isTrue();
    assertThat(limit.tryAcquire(1)).isTrue();

    assertThat(limit.tryAcquire(1)).isFalse();
  }

  @Test
  void timesOutAndTakesNothing() throws Exception {
    InFlightLimit limit = new InFlightLimit(100, 10, System::nanoTime);
    limit.tryAcquire(100);

    assertThat(limit.acquire(1, 1_000_000)).isEqualTo(Admission.TIMED_OUT);

    limit.release(100);
    assertThat(limit.bytes()).isZero();
    assertThat(limit.tryAcquire(100)).isTrue();
  }

  @Test
  void refusesWhatNeverFits() {
    InFlightLimit limit = new InFlightLimit(100, 10, System::nanoTime);

    assertThatThrownBy(() -> limit.acquire(101, LONG_NANOS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLargeOneIsServedBeforeSmallOnesThatCameLater() throws Exception {
    InFlightLimit limit = new InFlightLimit(100, 10, System::nanoTime);
    limit.tryAcquire(50);
    limit.tryAcquire(50);
    BlockingQueue<String> served = new LinkedBlockingQueue<>();
    CompletableFuture<Void> large = inBackground(limit, 100, "large", served);
    awaitParked(limit);
    CompletableFuture<Void> small = inBackground(limit, 1, "small", served);

    limit.release(50);
    assertThat(limit.tryAcquire(1)).as("a newcomer does not overtake").isFalse();
    limit.release(50);

    assertThat(served.poll(10, TimeUnit.SECONDS)).isEqualTo("large");
    limit.release(100);
    assertThat(served.poll(10, TimeUnit.SECONDS)).isEqualTo("small");
    large.join();
    small.join();
  }

  @Test
  void closingTurnsAwayAllWhoWait() throws Exception {
    InFlightLimit limit = new InFlightLimit(100, 10, System::nanoTime);
    limit.tryAcquire(100);
    CompletableFuture<Admission> first = waiter(limit, 1);
    CompletableFuture<Admission> second = waiter(limit, 1);
    awaitParked(limit);

    limit.close();

    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(Admission.CLOSED);
    assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(Admission.CLOSED);
  }

  @Test
  void manyThreadsNeverPassTheLimitAndLeaveNothingBehind() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    InFlightLimit limit = new InFlightLimit(1_000, 8, System::nanoTime);
    AtomicLong bytes = new AtomicLong();
    AtomicLong records = new AtomicLong();
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int worker = 0; worker < 6; worker++) {
      Random random = new Random(seed + worker);
      workers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 3_000; i++) {
                  long size = 1L + random.nextInt(random.nextInt(10) == 0 ? 1_000 : 200);
                  assertThat(acquire(limit, size)).isEqualTo(Admission.ADMITTED);
                  assertThat(bytes.addAndGet(size)).isLessThanOrEqualTo(1_000);
                  assertThat(records.incrementAndGet()).isLessThanOrEqualTo(8);
                  bytes.addAndGet(-size);
                  records.decrementAndGet();
                  limit.release(size);
                }
              },
              threads));
    }

    CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new)).get(25, TimeUnit.SECONDS);

    assertThat(limit.bytes()).isZero();
    assertThat(limit.records()).isZero();
  }

  private CompletableFuture<Void> inBackground(
      InFlightLimit limit, long bytes, String name, BlockingQueue<String> served) {
    return CompletableFuture.runAsync(
        () -> {
          assertThat(acquire(limit, bytes)).isEqualTo(Admission.ADMITTED);
          served.add(name);
        },
        threads);
  }

  private CompletableFuture<Admission> waiter(InFlightLimit limit, long bytes) {
    return CompletableFuture.supplyAsync(() -> acquire(limit, bytes), threads);
  }

  private static Admission acquire(InFlightLimit limit, long bytes) {
    try {
      return limit.acquire(bytes, LONG_NANOS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Until someone waits: a newcomer who would fit is then refused. */
  private static void awaitParked(InFlightLimit limit) {
    while (!limit.hasWaiters()) {
      Thread.onSpinWait();
    }
  }
}
