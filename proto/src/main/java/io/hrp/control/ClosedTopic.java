package io.hrp.control;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.TableId;

/** A table's topic takes no mutations from producers; daemons go on applying what it holds. */
public final class ClosedTopic extends ControlValue {
  private final TableId table;
  private final ClosedPolicy policy;

  private ClosedTopic(TableId table, ClosedPolicy policy, ChangeNote note) {
    super(ControlKey.of(Scope.ofTable(table), ControlAttribute.CLOSED).text(), note);
    this.table = table;
    this.policy = policy;
  }

  public static ClosedTopic of(TableId table, ClosedPolicy policy, ChangeNote note) {
    return new ClosedTopic(requireNonNull(table, "table"), requireNonNull(policy, "policy"), note);
  }

  public TableId table() {
    return table;
  }

  public ClosedPolicy policy() {
    return policy;
  }
}
