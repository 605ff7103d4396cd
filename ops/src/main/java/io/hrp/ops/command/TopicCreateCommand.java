package io.hrp.ops.command;

import io.hrp.ops.steer.Inventory;
import io.hrp.ops.steer.TopicSteps;
import io.hrp.wire.TableId;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hrp topic create}. */
@Command(
    name = "create",
    description =
        "Create the topic and the dead-letter topic of a table and declare its partition count;"
            + " what exists is left as it is.")
public final class TopicCreateCommand implements Callable<Integer> {

  @Mixin private final ChangeOptions change = new ChangeOptions();

  @Parameters(paramLabel = "<table>", description = "The table, as table or namespace:table.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private String table;

  @Option(
      names = "--partitions",
      paramLabel = "<number>",
      description =
          "Partitions, which bound how many daemons can share the table (default: "
              + TopicSteps.DEFAULT_PARTITIONS
              + ", or what exists).")
  private @Nullable Integer partitions;

  @Option(
      names = "--replication",
      paramLabel = "<number>",
      description = "Replicas of each partition (default: kafka.topic-replication).")
  private @Nullable Integer replication;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the call
  private CommandSpec spec;

  private final CommandContext context;

  public TopicCreateCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() {
    OptionalInt count = positive("--partitions", partitions, 100_000);
    OptionalInt replicas = positive("--replication", replication, 1_000);
    TableId id = Inventory.parseTable(table);
    return change.run(
        context, ports -> new TopicSteps(ports, change.operator()).create(id, count, replicas));
  }

  private OptionalInt positive(String option, @Nullable Integer value, int max) {
    if (value == null) {
      return OptionalInt.empty();
    }
    if (value < 1 || value > max) {
      throw new ParameterException(
          spec.commandLine(), option + " must be 1 to " + max + ", not " + value);
    }
    return OptionalInt.of(value);
  }
}
