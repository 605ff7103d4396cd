package io.hrp.ops.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * What every kind of server does in the same way. A kind says how it is run, what has to be in
 * place before, and how one sees that it answers.
 */
abstract sealed class ServerProcess implements SandboxServer
    permits KafkaProcess, HBaseProcess, DaemonProcess {

  private final String name;
  private final Path logFile;
  private final ServerSlot slot;

  /**
   * What a kind of server is known by.
   *
   * @param logFile where it writes its log
   * @param output where its standard output and error go
   * @param readyMark the text of the log line that says it is ready; empty if none does
   * @param stopTimeout how long it may take to stop before it is killed
   */
  record Kind(String name, Path logFile, Path output, String readyMark, Duration stopTimeout) {
    Kind {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(logFile, "logFile");
      Objects.requireNonNull(output, "output");
      Objects.requireNonNull(readyMark, "readyMark");
      Objects.requireNonNull(stopTimeout, "stopTimeout");
    }
  }

  ServerProcess(Kind kind) {
    this.name = kind.name();
    this.logFile = kind.logFile();
    this.slot =
        new ServerSlot(
            kind.name(),
            this::command,
            () -> new ServerLog(kind.logFile(), kind.output(), kind.readyMark()),
            kind.stopTimeout());
  }

  /** How it is run now. */
  abstract ChildJvm.Command command();

  /**
   * Puts in place what it needs to be run.
   *
   * @throws SandboxException if that cannot be done, because a port is taken for instance
   */
  abstract void prepare();

  /** Whether it answers its clients; asked once its log says that it is ready. */
  abstract boolean answers();

  final ServerSlot slot() {
    return slot;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Path logFile() {
    return logFile;
  }

  @Override
  public final synchronized void launch() {
    if (!slot.isAlive()) {
      prepare();
      slot.launch();
    }
  }

  @Override
  public final void awaitReady(Duration timeout) {
    slot.awaitReady(timeout, this::answers);
  }

  @Override
  public final void stop() {
    slot.stop();
  }

  @Override
  public final void kill9() {
    slot.kill9();
  }

  @Override
  public final void freeze() {
    slot.signal("STOP");
  }

  @Override
  public final void thaw() {
    slot.signal("CONT");
  }

  @Override
  public final boolean isAlive() {
    return slot.isAlive();
  }

  @Override
  public final long pid() {
    return slot.pid();
  }
}
