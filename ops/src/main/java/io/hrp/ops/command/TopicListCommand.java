package io.hrp.ops.command;

import io.hrp.control.ClosedTopic;
import io.hrp.control.ControlState;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.report.TextTable;
import io.hrp.ops.steer.DataTopic;
import io.hrp.ops.steer.SteeringPorts;
import io.hrp.ops.steer.SteeringSession;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hrp topic list}. */
@Command(name = "list", description = "List the tables' topics.")
public final class TopicListCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final OutputOption output = new OutputOption();

  private final CommandContext context;

  public TopicListCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  /**
   * A topic as JSON; {@code deadLetters} is absent without a dead-letter topic, {@code closed}
   * while the topic is open.
   */
  record Row(
      String table,
      String topic,
      int partitions,
      @Nullable Integer declared,
      int replication,
      long records,
      @Nullable Long deadLetters,
      @Nullable Closed closed) {}

  /** What producers do about a closed topic, and who closed it when and why. */
  record Closed(String policy, String note) {
    static @Nullable Closed of(Optional<ClosedTopic> closed) {
      return closed
          .map(
              topic ->
                  new Closed(
                      topic.policy().name().toLowerCase(Locale.ROOT), topic.note().toString()))
          .orElse(null);
    }
  }

  @Override
  public Integer call() {
    List<Row> rows;
    try (SteeringSession session = context.steering().connect(config.file(context.options()))) {
      SteeringPorts ports = session.ports();
      ControlState control = ports.control().get();
      rows = ports.topics().list().stream().map(topic -> row(topic, control)).toList();
    }
    context.console().result(output.format(), rows, () -> table(rows));
    return ExitCode.DONE.status();
  }

  static Row row(DataTopic topic, ControlState control) {
    OptionalInt declared = control.declaredPartitions(topic.table());
    return new Row(
        topic.table().toString(),
        topic.name(),
        topic.partitions(),
        declared.isPresent() ? declared.getAsInt() : null,
        topic.replication(),
        topic.records(),
        topic.hasDeadLetterTopic() ? topic.deadLetters() : null,
        Closed.of(control.closedTopic(topic.table())));
  }

  /** Whether producers may publish. */
  static String producers(@Nullable Closed closed) {
    return closed == null ? "open" : "closed (" + closed.policy() + ")";
  }

  private static TextTable table(List<Row> rows) {
    TextTable table =
        TextTable.of(
            "TABLE",
            "TOPIC",
            "PARTITIONS",
            "DECLARED",
            "REPLICAS",
            "RECORDS",
            "DEAD LETTERS",
            "PRODUCERS");
    for (Row row : rows) {
      table.row(
          row.table(),
          row.topic(),
          row.partitions(),
          Cells.orDash(row.declared()),
          row.replication(),
          row.records(),
          Cells.orDash(row.deadLetters()),
          producers(row.closed()));
    }
    return table;
  }
}
