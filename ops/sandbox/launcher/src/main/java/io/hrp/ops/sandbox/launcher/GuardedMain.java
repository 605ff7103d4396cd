package io.hrp.ops.sandbox.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Runs the main class named by its first argument and halts the JVM as soon as standard input ends.
 *
 * <p>The owner holds the other end of that pipe and never writes to it. However the owner ends,
 * {@code kill -9} included, the kernel closes its end, this process reads the end of the stream and
 * halts. Nothing has to be told to anybody, so nothing is left running.
 *
 * <p>It halts instead of exiting: a server whose owner is gone has nobody to wait for an orderly
 * stop, and a shutdown hook that hangs would leave it behind. Owners that want an orderly stop send
 * SIGTERM and keep the pipe open until the process has gone.
 */
public final class GuardedMain {

  /** The exit status of a process whose owner went away: that of a process ended by SIGKILL. */
  static final int OWNER_GONE = 137;

  private GuardedMain() {}

  /**
   * Starts the watch and hands over to the main class.
   *
   * @param args name of the main class, then its arguments
   * @throws Throwable whatever the main class throws
   */
  public static void main(String[] args) throws Throwable {
    if (args.length == 0) {
      throw new IllegalArgumentException("GuardedMain needs the name of a main class");
    }
    InputStream ownersPipe = System.in;
    Thread watch =
        new Thread(
            () -> {
              awaitEnd(ownersPipe);
              Runtime.getRuntime().halt(OWNER_GONE);
            },
            "hrp-owner-watch");
    watch.setDaemon(true);
    watch.start();
    System.setIn(InputStream.nullInputStream());
    run(args[0], Arrays.copyOfRange(args, 1, args.length));
  }

  /** Returns when the stream has ended or cannot be read any more. */
  static void awaitEnd(InputStream stream) {
    Objects.requireNonNull(stream, "stream");
    byte[] ignored = new byte[64];
    try {
      while (stream.read(ignored) >= 0) {
        // Owners write nothing; whatever comes is dropped.
      }
    } catch (IOException brokenPipe) {
      // A pipe that cannot be read has no owner either.
      return;
    }
  }

  private static void run(String mainClass, String[] args) throws Throwable {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try {
      Class.forName(mainClass, true, loader)
          .getMethod("main", String[].class)
          .invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
