package io.hrp.ops.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The one process that {@code hrp sandbox up} leaves behind. It owns the servers until it is told
 * to end; if it is killed, they end with it. What it prints goes to a file that {@code up} follows.
 */
public final class Supervisor {

  /** Its name among the logs. */
  public static final String NAME = "supervisor";

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(90);

  private final SandboxFiles files;

  private Supervisor(SandboxFiles files) {
    this.files = files;
  }

  /** The supervisor of the sandbox in {@code directory}, whether it runs or not. */
  public static Supervisor of(Path directory) {
    return new Supervisor(new SandboxFiles(directory));
  }

  /**
   * Owns a sandbox in this very process until SIGTERM or SIGINT, then stops the servers in order.
   * Returns only by an exception.
   *
   * @param progress is given one line for each step
   */
  public static void own(SandboxSpec spec, Consumer<String> progress) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Sandbox sandbox = Sandbox.start(spec, Installation.current(), new ProgressLines(progress));
    // Only now: while it starts, an end of this process may halt the servers, there is nothing in
    // them to save.
    Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "hrp-sandbox-stop"));
    progress.accept(ProgressLines.UP);
    never.await();
  }

  /** The process that owns the sandbox of this directory now, if one does. */
  public Optional<ProcessHandle> process() {
    return OwnerLock.holder(files);
  }

  /** What the owner wrote down, if it lives and all its servers have answered. */
  public Optional<SandboxState> state() {
    // An owner that is still starting has not yet written over what the last one left.
    return process()
        .flatMap(
            owner ->
                SandboxState.read(files.directory())
                    .filter(state -> state.ownerPid() == owner.pid()));
  }

  /**
   * Whether an owner ended without stopping its servers in order, by {@code kill -9} or a reboot
   * for instance.
   */
  public boolean isStale() {
    return process().isEmpty() && SandboxState.read(files.directory()).isPresent();
  }

  /** Removes what an owner left that ended without stopping its servers; its data stays. */
  public void cleanStale() {
    if (isStale()) {
      SandboxState.read(files.directory())
          .ifPresent(state -> state.servers().forEach(SandboxState.Server::killIfAlive));
      files.state().toFile().delete();
    }
  }

  /**
   * Starts a supervisor that goes on after this process, and returns at once.
   *
   * @param arguments the command line that leads to {@link #own}
   * @param output where its lines go
   */
  Process launch(List<String> arguments, Path output) {
    files.create();
    files.requireRoom();
    try {
      return new ProcessBuilder(commandLine(arguments))
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      throw new DiskFullException(files.directory(), e);
    }
  }

  /** Where the lines of the supervisor are that was started last. */
  Path output() {
    return files.output(NAME);
  }

  /** Where the lines of a supervisor go that this process starts; another may start one too. */
  Path ownOutput() {
    return files.output(NAME + "-" + ProcessHandle.current().pid());
  }

  /** Whether the disk has no room left for the servers to work in. */
  public boolean isDiskFull() {
    return files.isFull();
  }

  /** Ends the owner, which stops its servers first. Whether there was one. */
  public boolean stop() {
    Optional<ProcessHandle> owner = process();
    if (owner.isEmpty()) {
      cleanStale();
      return false;
    }
    ProcessHandle handle = owner.get();
    handle.destroy();
    if (!ended(handle)) {
      handle.destroyForcibly();
      ended(handle);
    }
    files.state().toFile().delete();
    return true;
  }

  /** Removes the data of all servers. Only while no process owns them. */
  public void deleteData() {
    if (process().isPresent()) {
      throw new SandboxBusyException(files.directory(), "still runs: stop it first");
    }
    SandboxFiles.deleteTree(files.dataRoot());
  }

  private static boolean ended(ProcessHandle handle) {
    try {
      handle.onExit().get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> commandLine(List<String> arguments) {
    Installation installation = Installation.current();
    List<String> line = new ArrayList<>();
    // A session of its own keeps the terminal's signals away; without setsid the end of the
    // terminal may end the sandbox too.
    Path setsid = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(setsid)) {
      line.add(setsid.toString());
    }
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx48m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.add("-D" + Installation.HOME_PROPERTY + "=" + installation.root());
    line.addAll(List.of("-cp", installation.commandLineClassPath(), "io.hrp.ops.Hrp"));
    line.addAll(arguments);
    return line;
  }

  /** Turns the steps of a start into lines, and back. */
  public static final class ProgressLines implements StartListener {

    /** The last line of a start that went well. */
    public static final String UP = "up";

    private final Consumer<String> lines;

    ProgressLines(Consumer<String> lines) {
      this.lines = Objects.requireNonNull(lines, "lines");
    }

    @Override
    public void starting(String server) {
      lines.accept("starting " + server);
    }

    @Override
    public void ready(SandboxServer server, Duration took) {
      lines.accept("ready " + server.name() + " " + took.toMillis() + " " + server.address());
    }
  }
}
