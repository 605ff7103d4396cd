package io.hrp.ops;

import io.hrp.ops.client.ClusterSession;
import io.hrp.ops.command.BenchCommand;
import io.hrp.ops.command.CommandContext;
import io.hrp.ops.command.CompletionCommand;
import io.hrp.ops.command.GlobalOptions;
import io.hrp.ops.command.PeerCommand;
import io.hrp.ops.command.QuickstartCommand;
import io.hrp.ops.command.SandboxCommand;
import io.hrp.ops.command.StatusCommand;
import io.hrp.ops.command.TableCommand;
import io.hrp.ops.command.TopicCommand;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.exit.Failure;
import io.hrp.ops.report.Console;
import io.hrp.ops.steer.SteeringConnector;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code hrp} command line. */
@Command(
    name = "hrp",
    description = "HBase Replication Proxy: keeps HBase clusters in step through Kafka.",
    synopsisSubcommandLabel = "<command>",
    subcommands = {
      QuickstartCommand.class,
      SandboxCommand.class,
      TopicCommand.class,
      TableCommand.class,
      PeerCommand.class,
      StatusCommand.class,
      BenchCommand.class,
      CompletionCommand.class
    })
public final class Hrp implements Runnable {

  @Mixin
  @SuppressWarnings(
      "UnusedVariable") // picocli fills it; the commands read it through their context
  private final GlobalOptions options;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before run
  private CommandSpec spec;

  private Hrp(GlobalOptions options) {
    this.options = options;
  }

  public static void main(String[] args) {
    System.exit(run(Console.ofProcess(), args));
  }

  /** Runs one command and returns the exit status. */
  static int run(Console console, String... args) {
    return run(console, ClusterSession::connect, args);
  }

  /** As above, with other clusters behind the steering commands. */
  static int run(Console console, SteeringConnector steering, String... args) {
    return commandLine(console, steering).execute(args);
  }

  /** The whole command tree; every command may take a {@link CommandContext} in its constructor. */
  static CommandLine commandLine(Console console) {
    return commandLine(console, ClusterSession::connect);
  }

  private static CommandLine commandLine(Console console, SteeringConnector steering) {
    GlobalOptions options = new GlobalOptions();
    CommandContext context = new CommandContext(console, options, steering);
    CommandLine commandLine = new CommandLine(new Hrp(options), new CommandFactory(context));
    commandLine.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(Hrp::explainUsage);
    commandLine.setExecutionExceptionHandler(
        (thrown, command, parsed) -> explain(thrown, console, options));
    describe(commandLine, new String[] {"hrp " + version()});
    commandLine
        .getCommandSpec()
        .usageMessage()
        .footer(
            "",
            "The daemon is a service: 'hrp daemon --config <hrp.yaml>' runs one in this very process,",
            "until SIGTERM; HRP_DAEMON_OPTS holds flags of its JVM (default: -Xmx1g).")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes());
    return commandLine;
  }

  /** Without a command there is nothing to do: say what there is. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  private static void describe(CommandLine command, String[] version) {
    command.getCommandSpec().mixinStandardHelpOptions(true).version(version);
    command.getCommandSpec().usageMessage().width(100);
    command.getSubcommands().values().forEach(subcommand -> describe(subcommand, version));
  }

  private static int explainUsage(ParameterException thrown, String[] args) {
    CommandLine command = thrown.getCommandLine();
    command.getErr().println("hrp: " + thrown.getMessage());
    command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.status();
  }

  private static int explain(Exception thrown, Console console, GlobalOptions options) {
    Failure failure = Failure.of(thrown);
    console.notice("hrp: " + failure.line());
    if (options.isVerbose()) {
      thrown.printStackTrace(console.err());
    }
    return failure.exitCode().status();
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(Integer.toString(code.status()), code.meaning());
    }
    return codes;
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(Hrp.class.getResourceAsStream("version.properties"))) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** Gives the context to every command whose constructor asks for it. */
  private static final class CommandFactory implements CommandLine.IFactory {

    private final CommandContext context;

    CommandFactory(CommandContext context) {
      this.context = Objects.requireNonNull(context, "context");
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
      for (Constructor<?> constructor : type.getConstructors()) {
        if (constructor.getParameterCount() == 1
            && constructor.getParameterTypes()[0] == CommandContext.class) {
          return type.cast(constructor.newInstance(context));
        }
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}
