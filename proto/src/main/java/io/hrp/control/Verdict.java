package io.hrp.control;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What operators' disables say about one record: apply it, discard it, or discard some families.
 */
public final class Verdict {
  private static final Verdict APPLY = new Verdict(false, Set.of(), false);

  private final boolean wholeRecord;
  private final Set<String> families;
  private final boolean open;

  private Verdict(boolean wholeRecord, Set<String> families, boolean open) {
    this.wholeRecord = wholeRecord;
    this.families = Set.copyOf(requireNonNull(families, "families"));
    this.open = open;
  }

  /** Nothing is discarded. */
  static Verdict apply() {
    return APPLY;
  }

  static Verdict discardRecord(boolean openInterval) {
    return new Verdict(true, Set.of(), openInterval);
  }

  static Verdict discardFamilies(Set<String> families, boolean openInterval) {
    return new Verdict(false, families, openInterval);
  }

  /** Whether the record is to be applied in full. */
  public boolean discardsNothing() {
    return !wholeRecord && families.isEmpty();
  }

  public boolean discardsWholeRecord() {
    return wholeRecord;
  }

  /** The families to leave out, as text (UTF-8); empty if the whole record goes or none does. */
  public Set<String> discardedFamilies() {
    return families;
  }

  /**
   * Whether an interval without an end was needed to decide. Then the record may be discarded only
   * if it was polled before the start of a read of the control topic that is now complete and still
   * shows the interval open: an end that was written meanwhile would have been seen.
   */
  public boolean isDecidedByOpenInterval() {
    return open;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Verdict
        && wholeRecord == ((Verdict) other).wholeRecord
        && open == ((Verdict) other).open
        && families.equals(((Verdict) other).families);
  }

  @Override
  public int hashCode() {
    return families.hashCode() * 4 + (wholeRecord ? 2 : 0) + (open ? 1 : 0);
  }

  @Override
  public String toString() {
    if (discardsNothing()) {
      return "apply";
    }
    return "discard "
        + (wholeRecord ? "record" : "families " + families)
        + (open ? " (open interval)" : "");
  }
}
