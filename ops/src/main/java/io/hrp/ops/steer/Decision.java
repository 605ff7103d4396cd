package io.hrp.ops.steer;

import io.hrp.control.ControlChange;
import java.util.List;

/** What to change, and what to tell besides. */
record Decision(List<ControlChange> changes, List<String> notes) {
  Decision {
    changes = List.copyOf(changes);
    notes = List.copyOf(notes);
  }

  static Decision none(String note) {
    return new Decision(List.of(), List.of(note));
  }

  List<String> descriptions() {
    return changes.stream().map(ControlChange::toString).toList();
  }
}
