package io.hrp.it.env;

import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.jspecify.annotations.Nullable;

/**
 * Several threads that publish random mutations of one table and note each receipt in its ledger.
 * The threads write the same rows, so they meet.
 */
public final class Load implements AutoCloseable {
  /**
   * What to publish.
   *
   * @param seed from which everything follows but the interleaving of the threads
   * @param threads how many writers
   * @param rows how many rows they hit
   * @param mutations how many in all; {@link #UNTIL_STOPPED} for no end
   * @param perSecond how many a second in all; {@link #UNBRAKED} for as fast as it goes
   * @param mix of which kinds
   */
  public record Plan(
      long seed, int threads, int rows, long mutations, int perSecond, RandomMutations.Mix mix) {
    public static final long UNTIL_STOPPED = Long.MAX_VALUE;
    public static final int UNBRAKED = 0;

    /** Four writers, 500 rows, as fast as it goes. */
    public static Plan of(long seed, long mutations) {
      return new Plan(seed, 4, 500, mutations, UNBRAKED, RandomMutations.Mix.EVERYTHING);
    }

    /** Four writers, 500 rows, at an even pace until somebody stops them. */
    public static Plan steady(long seed, int perSecond) {
      return new Plan(seed, 4, 500, UNTIL_STOPPED, perSecond, RandomMutations.Mix.EVERYTHING);
    }

    public Plan withRows(int count) {
      return new Plan(seed, threads, count, mutations, perSecond, mix);
    }

    public Plan with(RandomMutations.Mix kinds) {
      return new Plan(seed, threads, rows, mutations, perSecond, kinds);
    }

    public Plan withThreads(int count) {
      return new Plan(seed, count, rows, mutations, perSecond, mix);
    }
  }

  private final HrpPublisher publisher;
  private final TestTable table;
  private final Ledger ledger;
  private final Plan plan;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong tickets = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final Queue<CompletableFuture<Void>> noted = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final long begin = System.nanoTime();
  private volatile boolean stopped;

  private Load(HrpPublisher publisher, TestTable table, Ledger ledger, Plan plan) {
    this.publisher = publisher;
    this.table = table;
    this.ledger = ledger;
    this.plan = plan;
  }

  /** Starts publishing and prints the seed. */
  static Load start(HrpPublisher publisher, TestTable table, Ledger ledger, Plan plan) {
    System.err.println("load on " + table.id() + ": " + plan);
    Load load = new Load(publisher, table, ledger, plan);
    for (int i = 0; i < plan.threads(); i++) {
      long seed = plan.seed() * 31 + i;
      Thread thread = new Thread(() -> load.write(seed), "load-" + i);
      thread.setDaemon(true);
      load.threads.add(thread);
    }
    load.threads.forEach(Thread::start);
    return load;
  }

  private void write(long seed) {
    RandomMutations mutations =
        new RandomMutations(seed, table.families(), plan.rows(), plan.mix());
    try {
      for (long ticket = take(); ticket >= 0; ticket = take()) {
        awaitTurn(ticket);
        noted.add(publish(mutations.next()).thenAccept(this::note));
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void note(Receipt receipt) {
    ledger.acknowledged(receipt);
    acknowledged.incrementAndGet();
  }

  private long take() {
    if (stopped || failure.get() != null) {
      return -1;
    }
    long ticket = tickets.getAndIncrement();
    return ticket < plan.mutations() ? ticket : -1;
  }

  private void awaitTurn(long ticket) {
    if (plan.perSecond() != Plan.UNBRAKED) {
      long due = begin + ticket * 1_000_000_000L / plan.perSecond();
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }

  private CompletableFuture<Receipt> publish(Row mutation) {
    return mutation instanceof RowMutations several
        ? publisher.publish(table.name(), several)
        : publisher.publish(table.name(), (Mutation) mutation);
  }

  /** How many mutations were acknowledged so far. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /** Waits until a plan with an end has been carried out and all of it is acknowledged. */
  public Load await(Duration timeout) {
    long giveUp = System.nanoTime() + timeout.toNanos();
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, (giveUp - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      if (thread.isAlive()) {
        throw new AssertionError("the load did not end in " + timeout);
      }
    }
    @Nullable Throwable failed = failure.get();
    if (failed != null) {
      throw new AssertionError("a writer failed", failed);
    }
    publisher.flush();
    CompletableFuture.allOf(noted.toArray(CompletableFuture<?>[]::new)).join();
    return this;
  }

  /** Lets the writers finish what they do and waits until all of it is acknowledged. */
  public Load stop() {
    stopped = true;
    return await(Duration.ofMinutes(1));
  }

  /** Tells the writers to stop and does not wait; for tests that have failed already. */
  @Override
  public void close() {
    stopped = true;
  }
}
