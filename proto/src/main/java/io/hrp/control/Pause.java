package io.hrp.control;

/** Applying is stopped for a scope; the records stay in Kafka. */
public final class Pause extends ControlValue {
  private final Scope scope;

  private Pause(Scope scope, ChangeNote note) {
    super(ControlKey.of(scope, ControlAttribute.PAUSE).text(), note);
    this.scope = scope;
  }

  /**
   * Pauses a scope.
   *
   * @throws IllegalArgumentException if the scope names a family: a record of several families is
   *     one atomic row operation, so no part of it can wait
   */
  public static Pause of(Scope scope, ChangeNote note) {
    if (scope.family().isPresent()) {
      throw new IllegalArgumentException("a family cannot be paused: " + scope);
    }
    return new Pause(scope, note);
  }

  public Scope scope() {
    return scope;
  }
}
