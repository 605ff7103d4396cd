package io.hrp.producer.hbase;

import io.hrp.producer.config.TableMode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.BufferedMutator;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RetriesExhaustedWithDetailsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes without waiting for each answer.
 *
 * <p>A mutation is handed to Kafka's client at once, which does the buffering; what waits here are
 * the answers. In the mode {@code publish-only} they are looked at as they come, so the size of the
 * write buffer limits nothing. In the mode {@code dual} the mutations wait for their local half: it
 * is done as one batch when the write buffer's bytes or its number of mutations are reached, at a
 * flush, periodic ones included, and at close.
 *
 * <p>A failure reaches the caller like one of HBase's own mutator: in the next call of {@code
 * mutate}, {@code flush} or {@code close}, given to the listener if one is set, else thrown. A
 * mutation that is refused outright is reported by the call that brought it.
 *
 * <p><b>Threads.</b> Any number may mutate. The queue has its own lock, held for moments; settling
 * is done by one thread at a time, so a flush returns only after the settling of another thread
 * that may have taken some of this one's mutations.
 */
final class HrpBufferedMutator implements BufferedMutator {
  private static final Logger log = LoggerFactory.getLogger(HrpBufferedMutator.class);

  /** Fewer entries are not worth a walk over all of them. */
  private static final int LEAST_WALK = 1_024;

  private final Configuration configuration;
  private final TableWrites writes;
  private final MutatorSettings settings;
  private final RealTable real;
  private final CellSizeLimit cellSize;
  private final LongSupplier nanoTime;
  private final Supplier<Deadline> closeDeadline;
  private final Consumer<HrpBufferedMutator> onClose;
  private final PeriodicFlush periodicFlush;
  private final long writeBufferBytes;
  private final int maxMutations;

  private final Object queueLock = new Object();
  private final ReentrantLock settling = new ReentrantLock();

  // Guarded by queueLock.
  private ArrayDeque<PendingWrite> queue = new ArrayDeque<>();
  private long queuedBytes;
  private long oldestNanos;
  private int walkAt = LEAST_WALK;
  private List<PendingWrite> unreported = new ArrayList<>();
  private volatile boolean isClosed;

  HrpBufferedMutator(
      TableParts parts,
      MutatorSettings settings,
      TableWrites writes,
      RealTable real,
      Consumer<HrpBufferedMutator> onClose) {
    this.configuration = parts.configuration();
    this.writes = writes;
    this.settings = settings;
    this.real = real;
    this.cellSize = settings.cellSize();
    this.nanoTime = parts.nanoTime();
    this.closeDeadline = parts::closeDeadline;
    this.onClose = onClose;
    this.writeBufferBytes = settings.writeBufferBytes();
    this.maxMutations = settings.maxMutations();
    this.periodicFlush =
        new PeriodicFlush(writes.table().getNameAsString(), this::flushWhatHasWaited);
    periodicFlush.set(settings.flushTimeoutMs(), settings.flushTickMs());
  }

  @Override
  public TableName getName() {
    return writes.table();
  }

  @Override
  public Configuration getConfiguration() {
    return configuration;
  }

  @Override
  public void mutate(Mutation mutation) throws IOException {
    requireOpen();
    PendingWrite write;
    try {
      write = begin(mutation);
    } catch (PublishRefusedException e) {
      write = PendingWrite.refused(mutation, e);
    }
    if (take(write, mutation.heapSize())) {
      settle(deadline());
    }
    report();
  }

  @Override
  public void mutate(List<? extends Mutation> mutations) throws IOException {
    requireOpen();
    Deadline deadline = deadline();
    boolean isFull = false;
    IOException end = null;
    for (Mutation mutation : mutations) {
      PendingWrite write;
      if (end != null) {
        write = PendingWrite.refused(mutation, end);
      } else {
        try {
          write = begin(mutation);
        } catch (PublishRefusedException e) {
          write = PendingWrite.refused(mutation, e);
          end = TableWrites.isOfTheMutation(e.refusal()) ? null : e;
        }
      }
      isFull |= take(write, mutation.heapSize());
    }
    if (isFull) {
      settle(deadline);
    }
    report();
  }

  private PendingWrite begin(Mutation mutation)
      throws PublishRefusedException, InterruptedIOException {
    if (mutation instanceof Put) {
      cellSize.require((Put) mutation);
    }
    return writes.begin(mutation);
  }

  /** Keeps a write until it has ended; true if there are so many that they have to be settled. */
  private boolean take(PendingWrite write, long bytes) {
    synchronized (queueLock) {
      if (write.failure().isPresent()) {
        unreported.add(write);
        return false;
      }
      if (queue.isEmpty()) {
        oldestNanos = nanoTime.getAsLong();
      }
      queue.add(write);
      if (writes.mode() == TableMode.DUAL || write.published().isEmpty()) {
        queuedBytes += bytes;
        return queuedBytes > writeBufferBytes || (maxMutations > 0 && queue.size() >= maxMutations);
      }
      dropAnswered();
      return false;
    }
  }

  /**
   * Forgets what Kafka has acknowledged. Answers come nearly in order, so the head is enough, save
   * when one partition stands still: then all are walked over whenever their number has doubled.
   */
  private void dropAnswered() {
    while (!queue.isEmpty() && dropIfAnswered(queue.peekFirst())) {
      queue.removeFirst();
    }
    if (queue.size() >= walkAt) {
      for (Iterator<PendingWrite> each = queue.iterator(); each.hasNext(); ) {
        if (dropIfAnswered(each.next())) {
          each.remove();
        }
      }
      walkAt = Math.max(LEAST_WALK, 2 * queue.size());
    }
  }

  private boolean dropIfAnswered(PendingWrite write) {
    if (!writes.endIfAnswered(write)) {
      return false;
    }
    if (write.failure().isPresent()) {
      unreported.add(write);
    }
    return true;
  }

  /** Brings everything taken so far to its end. */
  private void settle(Deadline deadline) throws InterruptedIOException {
    settling.lock();
    try {
      Collection<PendingWrite> taken;
      synchronized (queueLock) {
        taken = queue;
        queue = new ArrayDeque<>();
        queuedBytes = 0;
        walkAt = LEAST_WALK;
      }
      if (taken.isEmpty()) {
        return;
      }
      List<PendingWrite> batch = new ArrayList<>(taken);
      boolean isSettled = false;
      try {
        writes.finish(batch, deadline);
        isSettled = true;
      } finally {
        synchronized (queueLock) {
          for (PendingWrite write : batch) {
            if (write.failure().isPresent()) {
              unreported.add(write);
            } else if (!isSettled) {
              // The caller was interrupted: what is not known to have ended is looked at again.
              queue.add(write);
            }
          }
        }
      }
    } finally {
      settling.unlock();
    }
  }

  /** Tells the caller of everything that failed since the last time, once. */
  private void report() throws RetriesExhaustedWithDetailsException {
    report(takeUnreported());
  }

  private List<PendingWrite> takeUnreported() {
    synchronized (queueLock) {
      if (unreported.isEmpty()) {
        return List.of();
      }
      List<PendingWrite> taken = unreported;
      unreported = new ArrayList<>();
      return taken;
    }
  }

  private void report(List<PendingWrite> failures) throws RetriesExhaustedWithDetailsException {
    if (failures.isEmpty()) {
      return;
    }
    FailedWrites failed = new FailedWrites(writes.table());
    failed.addAll(failures);
    RetriesExhaustedWithDetailsException exception = failed.toException();
    if (settings.listener() == null) {
      throw exception;
    }
    settings.listener().onException(exception, this);
  }

  @Override
  public void flush() throws IOException {
    requireOpen();
    settle(deadline());
    report();
  }

  /** A failure found here is kept for the caller's next call if the listener does not take it. */
  private void flushWhatHasWaited() {
    synchronized (queueLock) {
      long waitedMs = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - oldestNanos);
      if (queue.isEmpty() || waitedMs < periodicFlush.timeoutMs()) {
        return;
      }
    }
    List<PendingWrite> failures = List.of();
    try {
      settle(deadline());
      failures = takeUnreported();
      report(failures);
    } catch (IOException | RuntimeException e) {
      // The timer's outermost frame: what escaped here would end the timer in silence.
      synchronized (queueLock) {
        unreported.addAll(0, failures);
      }
      log.warn(
          "a periodic flush failed, the next call will say so table={}: {}",
          writes.table(),
          e.getMessage());
    }
  }

  /** Bounded by {@code hrp.producer.close.timeout-ms} and by the operation timeout. */
  @Override
  public void close() throws IOException {
    close(closeDeadline.get());
  }

  void close(Deadline deadline) throws IOException {
    synchronized (queueLock) {
      if (isClosed) {
        return;
      }
      isClosed = true;
    }
    periodicFlush.stop();
    try {
      settle(deadline().orSooner(deadline));
      report();
    } finally {
      onClose.accept(this);
      real.close();
    }
  }

  private void requireOpen() {
    if (isClosed) {
      throw new IllegalStateException("the BufferedMutator of " + writes.table() + " is closed");
    }
  }

  private Deadline deadline() {
    return Deadline.in(settings.timeouts().operationMs(), nanoTime);
  }

  /** Used by the calls to the local cluster that begin after it. */
  @Override
  public void setRpcTimeout(int timeoutMs) {
    settings.timeouts().rpcMs(timeoutMs);
    settings.timeouts().bothRpcMs(timeoutMs);
    real.timeoutsChanged();
  }

  /** Bounds each later flush, and each call that has to settle what was buffered. */
  @Override
  public void setOperationTimeout(int timeoutMs) {
    settings.timeouts().operationMs(timeoutMs);
    real.timeoutsChanged();
  }

  @Override
  public void setWriteBufferPeriodicFlush(long timeoutMs) {
    setWriteBufferPeriodicFlush(timeoutMs, periodicFlush.tickMs());
  }

  @Override
  public void setWriteBufferPeriodicFlush(long timeoutMs, long timerTickMs) {
    periodicFlush.set(timeoutMs, timerTickMs);
  }

  @Override
  public void disableWriteBufferPeriodicFlush() {
    periodicFlush.set(0, periodicFlush.tickMs());
  }

  @Override
  public long getWriteBufferPeriodicFlushTimeoutMs() {
    return periodicFlush.timeoutMs();
  }

  @Override
  public long getWriteBufferPeriodicFlushTimerTickMs() {
    return periodicFlush.tickMs();
  }

  @Override
  public long getWriteBufferSize() {
    return writeBufferBytes;
  }

  @Override
  public int getMaxMutations() {
    return maxMutations;
  }

  @Override
  public Map<String, byte[]> getRequestAttributes() {
    return settings.requestAttributes();
  }
}
