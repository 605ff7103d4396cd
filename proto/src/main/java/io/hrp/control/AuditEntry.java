package io.hrp.control;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One transaction on the control topic as the audit topic keeps it. Immutable. */
public final class AuditEntry {
  private final ChangeNote note;
  private final List<String> changes;

  private AuditEntry(ChangeNote note, List<String> changes) {
    this.note = requireNonNull(note, "note");
    this.changes = List.copyOf(changes);
  }

  public static AuditEntry of(ChangeNote note, List<String> changes) {
    return new AuditEntry(note, changes);
  }

  public ChangeNote note() {
    return note;
  }

  /** Each change in words. */
  public List<String> changes() {
    return changes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuditEntry
        && note.equals(((AuditEntry) other).note)
        && changes.equals(((AuditEntry) other).changes);
  }

  @Override
  public int hashCode() {
    return 31 * note.hashCode() + changes.hashCode();
  }

  @Override
  public String toString() {
    return changes + " " + note;
  }
}
