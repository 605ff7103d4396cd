package io.hrp.ops.sandbox;

import java.nio.file.Path;
import java.time.Duration;

/**
 * One server of a sandbox. It runs as a child process of this JVM and dies with it, however this
 * JVM ends.
 *
 * <p>All methods are thread-safe. A server keeps its ports and its files over any number of stops
 * and starts.
 */
public interface SandboxServer extends AutoCloseable {

  /** Unique within its sandbox, such as {@code kafka} or {@code hbase-east}. */
  String name();

  /**
   * Starts the process and returns at once; does nothing if it runs.
   *
   * @throws SandboxException if a port is taken or nothing can be written
   */
  void launch();

  /**
   * Waits until the server answers.
   *
   * @throws ServerFailedException if the process ends or the time is up; the process may still run
   *     then
   */
  void awaitReady(Duration timeout);

  /** {@link #launch()} and {@link #awaitReady}, with a limit that suits a slow machine. */
  default void start() {
    launch();
    awaitReady(Duration.ofMinutes(3));
  }

  /**
   * Asks the server to end (SIGTERM), waits for it as long as such a server may take, then kills
   * it. Does nothing if it does not run.
   */
  void stop();

  /** Ends the server as a crash would (SIGKILL) and waits until the process has gone. */
  void kill9();

  /** Stops the process in its tracks (SIGSTOP): connections stay open, nobody answers. */
  void freeze();

  /** Lets a frozen process run on (SIGCONT). */
  void thaw();

  /** Whether the process exists, frozen or not. */
  boolean isAlive();

  /** The process id; only while {@link #isAlive()}. */
  long pid();

  /** Where the server writes its log. */
  Path logFile();

  /** How clients reach it, for people. */
  String address();

  @Override
  default void close() {
    stop();
  }
}
