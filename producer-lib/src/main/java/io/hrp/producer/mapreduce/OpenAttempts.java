package io.hrp.producer.mapreduce;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.mapreduce.TaskAttemptID;

/**
 * The writers of the task attempts in this process that are neither committed nor aborted. Hadoop
 * asks one object for the writer and another for the committer; the attempt's id is what both know.
 * An attempt has several writers if it uses {@code MultipleOutputs}. Thread-safe.
 */
final class OpenAttempts {
  /** One for the process, since Hadoop makes the objects that use it. */
  static final OpenAttempts OF_THIS_PROCESS = new OpenAttempts();

  private final ConcurrentHashMap<TaskAttemptID, List<TaskWriter<?>>> writers =
      new ConcurrentHashMap<>();

  <K> TaskWriter<K> opened(TaskAttemptID attempt, TaskWriter<K> writer) {
    writers.compute(
        attempt,
        (id, known) -> {
          List<TaskWriter<?>> all = known == null ? new CopyOnWriteArrayList<>() : known;
          all.add(writer);
          return all;
        });
    return writer;
  }

  boolean has(TaskAttemptID attempt) {
    return writers.containsKey(attempt);
  }

  /** Forgets an attempt and hands out its writers; empty if it never opened one. */
  List<TaskWriter<?>> take(TaskAttemptID attempt) {
    List<TaskWriter<?>> taken = writers.remove(attempt);
    return taken == null ? List.of() : List.copyOf(taken);
  }
}
