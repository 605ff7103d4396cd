package io.hrp.it.order;

import io.hrp.it.env.RandomMutations;
import io.hrp.it.env.TestTable;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.util.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Threads that quarrel over a few rows: puts and deletes of the same columns with the same
 * timestamp, {@code RowMutations} between plain puts, whole rows deleted. Each mutation holds a
 * cell of its own by which it is known in a log.
 *
 * <p>The order that counts is that of the offsets, which the receipts tell. A writer checks in
 * addition that what it published one after the other for one row lies in that order.
 */
final class HotRowWriters implements AutoCloseable {
  static final int ROWS = 8;
  private static final int COLUMNS = 3;
  private static final long BEGIN_MS = 1_700_000_000_000L;

  /** How many mutations in a row carry the same explicit timestamp. */
  private static final int PER_TIMESTAMP = 40;

  private final TestTable table;
  private final int perSecondEach;
  private final List<Writer> writers = new ArrayList<>();
  private volatile boolean stopped;

  private HotRowWriters(TestTable table, int perSecondEach) {
    this.table = table;
    this.perSecondEach = perSecondEach;
  }

  /**
   * Starts two writers for each publisher and prints the seed.
   *
   * @param perSecond mutations a second over all writers
   */
  static HotRowWriters start(
      long seed, List<HrpPublisher> publishers, TestTable table, int perSecond) {
    System.err.println("hot rows of " + table.id() + ": seed " + seed);
    int count = publishers.size() * 2;
    HotRowWriters all = new HotRowWriters(table, Math.max(1, perSecond / count));
    for (int i = 0; i < count; i++) {
      all.writers.add(all.new Writer(i, seed * 31 + i, publishers.get(i / 2)));
    }
    all.writers.forEach(writer -> writer.thread.start());
    return all;
  }

  /** Lets every writer finish and returns all that was acknowledged. */
  List<Receipt> stop() {
    stopped = true;
    List<Receipt> receipts = new ArrayList<>();
    for (Writer writer : writers) {
      receipts.addAll(writer.join());
    }
    return receipts;
  }

  @Override
  public void close() {
    stopped = true;
  }

  /** One thread with its own mutations; the rows are everybody's. */
  private final class Writer {
    private final int number;
    private final SplittableRandom random;
    private final HrpPublisher publisher;
    private final Thread thread;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Map<Integer, List<CompletableFuture<Receipt>>> published = new HashMap<>();
    private int count;

    Writer(int number, long seed, HrpPublisher publisher) {
      this.number = number;
      this.random = new SplittableRandom(seed);
      this.publisher = publisher;
      this.thread = new Thread(this::write, "hot-rows-" + number);
      this.thread.setDaemon(true);
    }

    private void write() {
      long begin = System.nanoTime();
      try {
        while (!stopped) {
          int row = random.nextInt(ROWS);
          published.computeIfAbsent(row, r -> new ArrayList<>()).add(publish(next(row)));
          count++;
          long due = begin + count * 1_000_000_000L / perSecondEach;
          LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
        }
      } catch (RuntimeException e) {
        failure.set(e);
      }
    }

    private CompletableFuture<Receipt> publish(Row mutation) {
      TableName name = table.name();
      return mutation instanceof RowMutations several
          ? publisher.publish(name, several)
          : publisher.publish(name, (Mutation) mutation);
    }

    private Row next(int rowNumber) {
      byte[] row = RandomMutations.row(rowNumber);
      int dice = random.nextInt(100);
      if (dice < 45) {
        return put(row, timestamp());
      } else if (dice < 60) {
        return stampedByThePublisher(row);
      } else if (dice < 80) {
        return delete(row, timestamp());
      } else if (dice < 97 || number > 0) {
        return mixed(row, timestamp());
      }
      // One publisher alone deletes whole rows: nothing but its stamp tells one from another.
      return new Delete(row);
    }

    /** The same for all writers most of the time. */
    private long timestamp() {
      return BEGIN_MS + count / PER_TIMESTAMP;
    }

    private byte[] family() {
      return Bytes.toBytes(table.families().get(random.nextInt(table.families().size())));
    }

    private byte[] column() {
      return Bytes.toBytes("hot" + random.nextInt(COLUMNS));
    }

    private byte[] sign() {
      return Bytes.toBytes("sign-" + number + "-" + count);
    }

    private Put put(byte[] row, long timestamp) {
      return new Put(row)
          .addColumn(family(), column(), timestamp, Bytes.toBytes(random.nextLong()))
          .addColumn(family(), sign(), timestamp, Bytes.toBytes(count));
    }

    private Put stampedByThePublisher(byte[] row) {
      return new Put(row)
          .addColumn(family(), column(), Bytes.toBytes(random.nextLong()))
          .addColumn(family(), sign(), Bytes.toBytes(count));
    }

    private Delete delete(byte[] row, long timestamp) {
      Delete delete = new Delete(row);
      if (random.nextBoolean()) {
        delete.addColumns(family(), column(), timestamp);
      } else {
        delete.addColumn(family(), column(), timestamp);
      }
      return delete.addColumns(family(), sign(), timestamp);
    }

    private RowMutations mixed(byte[] row, long timestamp) {
      Put put = put(row, timestamp);
      Delete delete = new Delete(row).addColumns(family(), column(), timestamp);
      try {
        return RowMutations.of(random.nextBoolean() ? List.of(put, delete) : List.of(delete, put));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    List<Receipt> join() {
      try {
        thread.join(Duration.ofSeconds(60).toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      Optional.ofNullable(failure.get())
          .ifPresent(
              failed -> {
                throw failed;
              });
      List<Receipt> all = new ArrayList<>();
      for (List<CompletableFuture<Receipt>> row : published.values()) {
        List<Receipt> inOrder = row.stream().map(CompletableFuture::join).toList();
        List<Long> offsets = inOrder.stream().map(Receipt::offset).toList();
        List<Long> sorted = new ArrayList<>(offsets);
        Collections.sort(sorted);
        if (!offsets.equals(sorted)) {
          throw new AssertionError("a writer's mutations of one row lie in another order");
        }
        all.addAll(inOrder);
      }
      return all;
    }
  }
}
