package io.hrp.control;

import static java.util.Objects.requireNonNull;

/**
 * A control record that this program cannot read: of an attribute or version it does not know, or
 * with bytes that are no record at all.
 *
 * <p>A writer marks a record as ignorable if an older program may go on without it. Any other one
 * might forbid the very work a daemon is about to do, so it holds its scope (everything, if the
 * scope cannot be read either) until the program is updated or the record removed. Better late than
 * wrong: a hold loses nothing.
 */
public final class NotUnderstood extends ControlValue {
  /** Whether older programs may go on without the record. */
  public enum Weight {
    IGNORABLE,
    HOLDS
  }

  private final long offset;
  private final String reason;
  private final Weight weight;

  private NotUnderstood(
      String keyText, long offset, String reason, Weight weight, ChangeNote note) {
    super(keyText, note);
    this.offset = offset;
    this.reason = requireNonNull(reason, "reason");
    this.weight = requireNonNull(weight, "weight");
  }

  public static NotUnderstood of(
      String keyText, long offset, String reason, Weight weight, ChangeNote note) {
    return new NotUnderstood(keyText, offset, reason, weight, note);
  }

  /** Where the record stands in the control topic. */
  public long offset() {
    return offset;
  }

  /** What was not understood, in words. */
  public String reason() {
    return reason;
  }

  public Weight weight() {
    return weight;
  }

  /** What the key says the record speaks of, or everything. */
  public Scope scope() {
    return ControlKey.scopeOf(keyText()).orElse(Scope.everything());
  }
}
