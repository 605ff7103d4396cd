package io.hrp.control;

import static java.util.Objects.requireNonNull;

/**
 * The short handshake of a disable or enable: a daemon that took it up applies and discards nothing
 * of the scope and has waited for its calls in flight, so that the end offsets read next cut the
 * records exactly. A hold also stands for a control record that this program does not understand.
 *
 * <p>The command that wrote a hold removes it in the transaction that writes the interval, and
 * there checks that the hold is still its own, by the id. So an abandoned hold can be lifted by
 * anyone without harm to exactness.
 */
public final class Hold extends ControlValue {
  private final Scope scope;
  private final String id;
  private final String purpose;

  private Hold(String keyText, Scope scope, String id, String purpose, ChangeNote note) {
    super(keyText, note);
    this.scope = requireNonNull(scope, "scope");
    this.id = requireNonNull(id, "id");
    this.purpose = requireNonNull(purpose, "purpose");
  }

  /**
   * Holds a scope.
   *
   * @param id unique to the command that holds
   * @param purpose what it is for, in words: {@code disable table 'orders'}
   */
  public static Hold of(Scope scope, String id, String purpose, ChangeNote note) {
    return new Hold(ControlKey.of(scope, ControlAttribute.HOLD).text(), scope, id, purpose, note);
  }

  /** The hold that a record stands for which this program cannot read. */
  static Hold becauseOf(NotUnderstood record) {
    return new Hold(
        record.keyText(),
        record.scope(),
        "not-understood",
        "control record '"
            + record.keyText()
            + "' at offset "
            + record.offset()
            + " is not understood ("
            + record.reason()
            + "): update this program, or remove the record",
        record.note());
  }

  public Scope scope() {
    return scope;
  }

  public String id() {
    return id;
  }

  public String purpose() {
    return purpose;
  }
}
