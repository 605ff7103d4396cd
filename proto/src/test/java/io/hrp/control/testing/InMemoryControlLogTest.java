package io.hrp.control.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.control.AuditEntry;
import io.hrp.control.ControlChange;
import io.hrp.control.ControlReader;
import io.hrp.control.ControlUpdater;
import io.hrp.control.ControlView;
import io.hrp.control.Scope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryControlLogTest extends ControlLogContract {
  private final InMemoryControlLog log = new InMemoryControlLog();

  @Override
  protected ControlUpdater updater() {
    return log;
  }

  @Override
  protected ControlReader reader() {
    return log;
  }

  @Override
  protected List<AuditEntry> audit() {
    return log.audit();
  }

  @Test
  void tellsListenersOfChangesAndKeepsTheViewWhileTheReaderIsStopped() {
    List<Long> seen = new ArrayList<>();
    log.listen((ControlView view) -> seen.add(view.state().controlOffset()));

    log.update("a", "", state -> List.of(ControlChange.pause(Scope.ofPeer("east"))));
    log.setReading(false);
    log.update("a", "", state -> List.of(ControlChange.pause(Scope.ofPeer("west"))));
    long whileStopped = log.current().state().controlOffset();
    log.setReading(true);

    assertThat(whileStopped).isEqualTo(0);
    assertThat(seen).containsExactly(-1L, 0L, 2L);
  }
}
