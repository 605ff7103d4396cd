package io.hrp.ops.sandbox;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the process of one server, if it runs: what {@link SandboxServer} promises, the same for
 * every kind of server.
 */
final class ServerSlot {

  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(25);

  /** A process and the log as it stood when the process was started. */
  private record Run(ChildJvm child, ServerLog log) {}

  private final String name;
  private final Supplier<ChildJvm.Command> command;
  private final Supplier<ServerLog> log;
  private final Duration stopTimeout;

  @GuardedBy("this")
  private @Nullable Run run;

  /**
   * An empty slot.
   *
   * @param stopTimeout how long a server that was asked to end is waited for before it is killed
   */
  ServerSlot(
      String name,
      Supplier<ChildJvm.Command> command,
      Supplier<ServerLog> log,
      Duration stopTimeout) {
    this.name = Objects.requireNonNull(name, "name");
    this.command = Objects.requireNonNull(command, "command");
    this.log = Objects.requireNonNull(log, "log");
    this.stopTimeout = Objects.requireNonNull(stopTimeout, "stopTimeout");
  }

  synchronized void launch() {
    if (run != null && run.child().isAlive()) {
      return;
    }
    ServerLog fresh = log.get();
    run = new Run(ChildJvm.start(command.get()), fresh);
  }

  void awaitReady(Duration timeout, BooleanSupplier answers) {
    Run current = require();
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean saidReady = false;
    while (true) {
      saidReady = saidReady || current.log().saysReady();
      if (saidReady && answers.getAsBoolean()) {
        return;
      }
      requireAlive();
      if (System.nanoTime() - deadline > 0) {
        throw failed(current, "was not ready within " + timeout.toSeconds() + " s");
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw failed(current, "was not awaited any longer");
      }
    }
  }

  /** Fails if the process has ended by itself. */
  void requireAlive() {
    Run current = require();
    if (!current.child().isAlive()) {
      throw failed(current, "ended with status " + current.child().exitValue());
    }
  }

  void stop() {
    Run current = running();
    if (current == null) {
      return;
    }
    current.child().terminate();
    if (!current.child().awaitEnd(stopTimeout)) {
      kill9();
    }
  }

  void kill9() {
    Run current = running();
    if (current != null) {
      current.child().kill();
      current.child().awaitEnd(KILL_TIMEOUT);
    }
  }

  /** The exit status once the process has ended, -1 if it still runs when the time is up. */
  int awaitExit(Duration timeout) {
    Run current = require();
    return current.child().awaitEnd(timeout) ? current.child().exitValue() : -1;
  }

  void signal(String signal) {
    require().child().signal(signal);
  }

  boolean isAlive() {
    return running() != null;
  }

  long pid() {
    return require().child().pid();
  }

  private synchronized @Nullable Run running() {
    return run != null && run.child().isAlive() ? run : null;
  }

  private synchronized Run require() {
    if (run == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return run;
  }

  private ServerFailedException failed(Run current, String whatHappened) {
    return new ServerFailedException(
        name, whatHappened, current.log().file(), current.log().lastErrorLine());
  }
}
