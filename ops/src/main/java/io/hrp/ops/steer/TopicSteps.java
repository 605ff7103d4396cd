package io.hrp.ops.steer;

import static java.util.Objects.requireNonNull;

import io.hrp.control.ControlChange;
import io.hrp.control.ControlState;
import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.wire.TableId;
import io.hrp.wire.TopicNameTooLongException;
import io.hrp.wire.TopicNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/** Creates the topics of a table and declares its partition count. */
public final class TopicSteps {
  /** Enough for a handful of daemons, few enough for a small broker. */
  public static final int DEFAULT_PARTITIONS = 12;

  private final SteeringPorts ports;
  private final Operator operator;

  public TopicSteps(SteeringPorts ports, Operator operator) {
    this.ports = requireNonNull(ports, "ports");
    this.operator = requireNonNull(operator, "operator");
  }

  /**
   * Creates what is missing. Running it again changes nothing.
   *
   * @param partitions as asked; absent for what exists, else the default
   * @param replication as asked; absent for the configuration's
   * @throws CommandException refused, if what exists has other partitions or is compacted, or if a
   *     reachable peer's table has NEW_VERSION_BEHAVIOR
   */
  public Outcome create(TableId table, OptionalInt partitions, OptionalInt replication) {
    requireNameable(table);
    List<String> notes = preflight(table);
    Optional<DataTopic> existing = ports.topics().describe(table);
    ControlState state = ports.control().get();
    int count = countOf(table, partitions, existing, state);
    existing.ifPresent(TopicSteps::requireUncompacted);
    List<String> plan = new ArrayList<>();
    if (existing.isEmpty()) {
      plan.add("create topic '" + TopicNames.dataTopic(table) + "' with " + count + " partitions");
    }
    if (existing.isEmpty() || !existing.get().hasDeadLetterTopic()) {
      plan.add("create topic '" + TopicNames.deadLetterTopic(table) + "'");
    }
    int replicas = replication.orElse(ports.defaultReplication());
    if (operator.isDryRun()) {
      if (state.declaredPartitions(table).isEmpty()) {
        plan.add(ControlChange.declarePartitions(table, count).toString());
      }
      return Outcome.planned(plan, plan.isEmpty() ? exists(table, count, notes) : notes);
    }
    if (!plan.isEmpty()) {
      ports.topics().create(table, count, replicas);
    }
    return declare(table, count, plan, notes);
  }

  private static void requireNameable(TableId table) {
    try {
      TopicNames.dataTopic(table);
    } catch (TopicNameTooLongException e) {
      throw new CommandException(ExitCode.REFUSED, String.valueOf(e.getMessage()), e);
    }
  }

  private List<String> preflight(TableId table) {
    List<String> notes = new ArrayList<>();
    for (PeerTable cluster : ports.clusters().describe(table)) {
      if (!cluster.newVersionFamilies().isEmpty()) {
        throw new CommandException(
            ExitCode.REFUSED,
            "table '"
                + table
                + "' on peer '"
                + cluster.peer()
                + "' has NEW_VERSION_BEHAVIOR in "
                + cluster.newVersionFamilies()
                + ": replaying is not harmless there, so HRP does not feed it; create the table"
                + " without it");
      }
      if (cluster.presence() == PeerTable.Presence.MISSING) {
        notes.add(
            "table '"
                + table
                + "' does not exist on peer '"
                + cluster.peer()
                + "' yet: its records wait there until it does");
      } else if (cluster.presence() == PeerTable.Presence.UNKNOWN) {
        notes.add(
            "peer '"
                + cluster.peer()
                + "' could not be asked about its table: "
                + cluster.failure());
      }
    }
    return notes;
  }

  private static int countOf(
      TableId table, OptionalInt asked, Optional<DataTopic> existing, ControlState state) {
    OptionalInt declared = state.declaredPartitions(table);
    OptionalInt actual =
        existing.isPresent() ? OptionalInt.of(existing.get().partitions()) : OptionalInt.empty();
    if (declared.isPresent() && actual.isPresent() && !declared.equals(actual)) {
      throw new CommandException(
          ExitCode.REFUSED,
          "table '"
              + table
              + "' is declared with "
              + declared.getAsInt()
              + " partitions, but its topic has "
              + actual.getAsInt()
              + ": somebody changed it past HRP, and rows may stand in other partitions now");
    }
    OptionalInt present = actual.isPresent() ? actual : declared;
    if (present.isPresent() && asked.isPresent() && !asked.equals(present)) {
      throw new CommandException(
          ExitCode.REFUSED,
          "table '"
              + table
              + "' has "
              + present.getAsInt()
              + " partitions, not "
              + asked.getAsInt()
              + ": another count would move rows to other partitions while old records wait");
    }
    return present.orElse(asked.orElse(DEFAULT_PARTITIONS));
  }

  private static void requireUncompacted(DataTopic topic) {
    String policy = topic.settings().getOrDefault("cleanup.policy", "delete");
    if (policy.contains("compact")) {
      throw new CommandException(
          ExitCode.REFUSED,
          "topic '"
              + topic.name()
              + "' has cleanup.policy="
              + policy
              + ": compaction drops records before they are applied; set it to 'delete'");
    }
  }

  private Outcome declare(TableId table, int count, List<String> done, List<String> notes) {
    ControlChange change = ControlChange.declarePartitions(table, count);
    AtomicBoolean declares = new AtomicBoolean();
    long offset =
        ports
            .updater()
            .update(
                operator.who(),
                operator.why(),
                state -> {
                  OptionalInt declared = state.declaredPartitions(table);
                  if (declared.isPresent() && declared.getAsInt() != count) {
                    throw new CommandException(
                        ExitCode.REFUSED,
                        "table '"
                            + table
                            + "' was just declared with "
                            + declared.getAsInt()
                            + " partitions by somebody else");
                  }
                  declares.set(declared.isEmpty());
                  return declares.get() ? List.of(change) : List.of();
                });
    List<String> changes = new ArrayList<>(done);
    if (declares.get()) {
      changes.add(change.toString());
    }
    if (changes.isEmpty()) {
      return Outcome.unchanged(exists(table, count, notes));
    }
    Confirmation confirmation = new DaemonWatch(ports.status(), ports.timing()).await(offset);
    return new Outcome(
        false, changes, offset, confirmation.confirmed(), confirmation.missing(), notes);
  }

  private static List<String> exists(TableId table, int count, List<String> notes) {
    List<String> all = new ArrayList<>(notes);
    all.add("table '" + table + "' has its topics already, with " + count + " partitions");
    return all;
  }
}
