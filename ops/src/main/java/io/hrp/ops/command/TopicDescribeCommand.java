package io.hrp.ops.command;

import io.hrp.control.ControlState;
import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.report.TextTable;
import io.hrp.ops.steer.DataTopic;
import io.hrp.ops.steer.Inventory;
import io.hrp.ops.steer.SteeringPorts;
import io.hrp.ops.steer.SteeringSession;
import io.hrp.wire.TableId;
import io.hrp.wire.TopicNames;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hrp topic describe}. */
@Command(name = "describe", description = "Show a table's topic: its partitions and settings.")
public final class TopicDescribeCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(paramLabel = "<table>", description = "The table, as table or namespace:table.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private String table;

  private final CommandContext context;

  public TopicDescribeCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  /** A topic as JSON. */
  record Shown(
      TopicListCommand.Row topic,
      String topicId,
      String deadLetterTopic,
      Map<String, String> settings,
      Map<Integer, Long> endOffsets) {}

  @Override
  public Integer call() {
    Shown shown;
    try (SteeringSession session = context.steering().connect(config.file(context.options()))) {
      SteeringPorts ports = session.ports();
      ControlState control = ports.control().get();
      TableId known = Inventory.of(ports, control).requireTable(table);
      DataTopic topic =
          ports
              .topics()
              .describe(known)
              .orElseThrow(
                  () ->
                      new CommandException(
                          ExitCode.USAGE,
                          "table '"
                              + known
                              + "' is declared, but its topic is gone: 'hrp topic create "
                              + known
                              + "' creates it again"));
      shown =
          new Shown(
              TopicListCommand.row(topic, control),
              topic.topicId(),
              TopicNames.deadLetterTopic(known),
              topic.settings(),
              new TreeMap<>(ports.topics().ends(known).offsets()));
    }
    context.console().result(output.format(), shown, () -> table(shown));
    return ExitCode.DONE.status();
  }

  private static TextTable table(Shown shown) {
    TopicListCommand.Row topic = shown.topic();
    TextTable table = TextTable.of("PROPERTY", "VALUE");
    table.row("table", topic.table());
    table.row("topic", topic.topic());
    table.row("topic id", shown.topicId());
    table.row("partitions", topic.partitions());
    table.row("declared partitions", Cells.orDash(topic.declared()));
    table.row("replicas", topic.replication());
    table.row("records", topic.records());
    table.row("dead-letter topic", shown.deadLetterTopic());
    table.row("dead letters", Cells.orDash(topic.deadLetters()));
    TopicListCommand.Closed closed = topic.closed();
    table.row(
        "producers",
        TopicListCommand.producers(closed) + (closed == null ? "" : " " + closed.note()));
    shown.settings().forEach(table::row);
    shown.endOffsets().forEach((partition, end) -> table.row("end of partition " + partition, end));
    return table;
  }
}
