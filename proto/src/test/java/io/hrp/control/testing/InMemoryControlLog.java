package io.hrp.control.testing;

import io.hrp.control.AuditEntry;
import io.hrp.control.ChangeNote;
import io.hrp.control.ControlChange;
import io.hrp.control.ControlListener;
import io.hrp.control.ControlReader;
import io.hrp.control.ControlRecord;
import io.hrp.control.ControlState;
import io.hrp.control.ControlUnavailableException;
import io.hrp.control.ControlUpdater;
import io.hrp.control.ControlView;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A control topic in memory: writer and reader at once. What is written is seen by {@link #current}
 * at once, unless the reader is {@linkplain #setReading stopped}. Thread-safe; listeners are called
 * on the writer's thread.
 */
public final class InMemoryControlLog implements ControlUpdater, ControlReader {
  private final Clock clock;
  private final LongSupplier nanoTicker;
  private final List<ControlListener> listeners = new ArrayList<>();
  private final List<AuditEntry> audit = new ArrayList<>();
  private ControlState written = ControlState.empty();
  private ControlView view = ControlView.notRead();
  private boolean reading = true;
  private boolean reachable = true;

  public InMemoryControlLog(Clock clock, LongSupplier nanoTicker) {
    this.clock = clock;
    this.nanoTicker = nanoTicker;
    readToEnd();
  }

  /** With the system's clocks. */
  public InMemoryControlLog() {
    this(Clock.systemUTC(), System::nanoTime);
  }

  @Override
  public synchronized long update(
      String who, String why, Function<ControlState, List<ControlChange>> decide) {
    if (!reachable) {
      throw new ControlUnavailableException("cannot change the control log: out of reach", null);
    }
    List<ControlChange> changes = List.copyOf(decide.apply(written));
    if (changes.isEmpty()) {
      return written.controlOffset();
    }
    ChangeNote note = ChangeNote.of(who, clock.instant(), why);
    List<String> lines = new ArrayList<>();
    // A transaction's marker takes an offset, too.
    long offset = written.controlOffset() < 0 ? -1 : written.controlOffset() + 1;
    List<ControlRecord> records = new ArrayList<>();
    for (ControlChange change : changes) {
      offset++;
      lines.add(change.toString());
      records.add(record(offset, change, note));
    }
    written = written.with(records);
    audit.add(AuditEntry.of(note, lines));
    readToEnd();
    return offset;
  }

  private static ControlRecord record(long offset, ControlChange change, ChangeNote note) {
    return change
        .signed(note)
        .map(value -> ControlRecord.of(offset, value))
        .orElseGet(() -> ControlRecord.removal(offset, change.keyText()));
  }

  /** Appends a record as another program might, and reads to the end. */
  public synchronized void append(Function<Long, ControlRecord> record) {
    written = written.with(List.of(record.apply(written.controlOffset() + 1)));
    readToEnd();
  }

  /** Reads to the end as the follower does several times a second; nothing if stopped. */
  public synchronized void readToEnd() {
    if (!reading) {
      return;
    }
    boolean changed = !view.complete() || view.state().controlOffset() != written.controlOffset();
    view = ControlView.of(written, nanoTicker.getAsLong(), clock.instant());
    if (changed) {
      listeners.forEach(listener -> listener.onControl(view));
    }
  }

  /**
   * With {@code false} the view stays as it is, as if the broker were out of the reader's reach.
   */
  public synchronized void setReading(boolean on) {
    reading = on;
    readToEnd();
  }

  /** Forgets what was read, as a program that has just started. */
  public synchronized void forgetView() {
    view = ControlView.notRead();
  }

  /** With {@code false} every update fails. */
  public synchronized void setReachable(boolean on) {
    reachable = on;
  }

  /** Told of every change from now on, and of the present state. */
  public synchronized void listen(ControlListener listener) {
    listeners.add(listener);
    if (view.complete()) {
      listener.onControl(view);
    }
  }

  @Override
  public synchronized ControlView current() {
    return view;
  }

  @Override
  public synchronized boolean awaitFirstRead(Duration timeout) {
    return view.complete();
  }

  /** What the audit topic would hold. */
  public synchronized List<AuditEntry> audit() {
    return List.copyOf(audit);
  }
}
