package io.hrp.ops.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hrp topic}. */
@Command(
    name = "topic",
    description = "The topics that carry tables' mutations.",
    synopsisSubcommandLabel = "<command>",
    subcommands = {
      TopicListCommand.class,
      TopicCreateCommand.class,
      TopicDescribeCommand.class,
      TopicCloseCommand.class,
      TopicOpenCommand.class
    })
public final class TopicCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before run
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "what shall be done with the topics? list, create, describe, close or open");
  }
}
