package io.hrp.producer.testing;

import io.hrp.control.ChangeNote;
import io.hrp.control.ControlChange;
import io.hrp.control.ControlReader;
import io.hrp.control.ControlRecord;
import io.hrp.control.ControlState;
import io.hrp.control.ControlView;
import io.hrp.wire.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A control topic in memory, unreadable until the first declaration. Thread-safe. */
public final class FakeControl implements ControlReader {
  private volatile ControlView view = ControlView.notRead();

  /** Declares a table's partitions as an operator would. */
  public FakeControl declare(TableId table, int partitions) {
    return change(ControlChange.declarePartitions(table, partitions));
  }

  /** Changes control as an operator would. */
  public synchronized FakeControl change(ControlChange change) {
    ControlState state = view.state();
    long offset = state.controlOffset() + 1;
    ControlRecord record =
        change
            .signed(ChangeNote.of("test", Instant.EPOCH, ""))
            .map(value -> ControlRecord.of(offset, value))
            .orElseGet(() -> ControlRecord.removal(offset, change.keyText()));
    return add(record);
  }

  /** Adds any record. */
  public synchronized FakeControl add(ControlRecord record) {
    view = ControlView.of(view.state().with(List.of(record)), 0, Instant.EPOCH);
    return this;
  }

  @Override
  public ControlView current() {
    return view;
  }

  @Override
  public boolean awaitFirstRead(Duration timeout) {
    return view.complete();
  }
}
