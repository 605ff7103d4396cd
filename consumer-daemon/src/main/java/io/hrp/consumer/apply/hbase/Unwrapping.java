package io.hrp.consumer.apply.hbase;

import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.hbase.client.RetriesExhaustedException;
import org.jspecify.annotations.Nullable;

/** Finds the exception that decides among those that merely carry it. */
final class Unwrapping {
  private static final int MAX_DEPTH = 20;
  private static final int MAX_MESSAGE_CHARS = 300;

  private Unwrapping() {}

  /**
   * The outermost exception that says something by its class.
   *
   * @param bare classes that say nothing if they have a cause
   */
  static Throwable decisive(Throwable failure, Set<Class<?>> bare) {
    Throwable current = failure;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      Throwable cause = current.getCause();
      if (cause == null || !(isWrapper(current) || bare.contains(current.getClass()))) {
        return current;
      }
      current = cause;
    }
    return current;
  }

  /** Whether the client gave up without a single failure to show: its time ran out. */
  static boolean isExhausted(Throwable decisive) {
    return decisive instanceof RetriesExhaustedException && decisive.getCause() == null;
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof CompletionException
        || failure instanceof ExecutionException
        || failure instanceof RetriesExhaustedException
        || failure instanceof UndeclaredThrowableException
        || failure instanceof UncheckedIOException;
  }

  /** A server's message goes on with its whole stack trace. */
  static String firstLine(@Nullable String message) {
    if (message == null) {
      return "";
    }
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.length() <= MAX_MESSAGE_CHARS ? line : line.substring(0, MAX_MESSAGE_CHARS) + "…";
  }
}
