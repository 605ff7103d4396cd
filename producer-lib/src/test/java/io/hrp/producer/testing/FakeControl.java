package io.hrp.producer.testing;

import io.hrp.control.ChangeNote;
import io.hrp.control.ControlReader;
import io.hrp.control.ControlRecord;
import io.hrp.control.ControlState;
import io.hrp.control.ControlView;
import io.hrp.control.DeclaredPartitions;
import io.hrp.wire.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A control topic in memory, unreadable until the first declaration. Thread-safe. */
public final class FakeControl implements ControlReader {
  private volatile ControlView view = ControlView.notRead();

  /** Declares a table's partitions as an operator would. */
  public synchronized FakeControl declare(TableId table, int partitions) {
    ChangeNote note = ChangeNote.of("test", Instant.EPOCH, "");
    ControlState state = view.state();
    ControlRecord record =
        ControlRecord.of(state.controlOffset() + 1, DeclaredPartitions.of(table, partitions, note));
    view = ControlView.of(state.with(List.of(record)), 0, Instant.EPOCH);
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
