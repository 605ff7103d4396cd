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

  /** Reflection's own frames lie between the exception and whoever made it. */
  private static final int MADE_WITHIN_FRAMES = 12;

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

  /** Whether the client made the exception from a server's answer about an action or a region. */
  static boolean isMadeFromAnswer(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    for (int i = 0; i < Math.min(trace.length, MADE_WITHIN_FRAMES); i++) {
      if (trace[i].getClassName().endsWith(".ProtobufUtil")) {
        return true;
      }
    }
    return false;
  }

  /** A server's message begins with its class and goes on with its whole stack trace. */
  static String firstLine(String className, @Nullable String message) {
    if (message == null) {
      return "";
    }
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    String prefix = className + ": ";
    String rest = line.startsWith(prefix) ? line.substring(prefix.length()) : line;
    return rest.length() <= MAX_MESSAGE_CHARS ? rest : rest.substring(0, MAX_MESSAGE_CHARS) + "…";
  }
}
