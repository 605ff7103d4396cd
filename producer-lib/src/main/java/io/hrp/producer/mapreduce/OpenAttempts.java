package io.hrp.producer.mapreduce;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.mapreduce.TaskAttemptID;

/**
 * The outputs of the task attempts in this process that are neither committed nor aborted. Hadoop
 * asks one object for the writer and another for the committer; the attempt's id is what both know.
 * An attempt has several outputs if it uses {@code MultipleOutputs}. Thread-safe.
 */
final class OpenAttempts {
  /** One for the process, since Hadoop makes the objects that use it. */
  static final OpenAttempts OF_THIS_PROCESS = new OpenAttempts();

  private final ConcurrentHashMap<TaskAttemptID, List<AttemptOutput>> outputs =
      new ConcurrentHashMap<>();

  void opened(TaskAttemptID attempt, AttemptOutput output) {
    outputs.compute(
        attempt,
        (id, known) -> {
          List<AttemptOutput> all = known == null ? new CopyOnWriteArrayList<>() : known;
          all.add(output);
          return all;
        });
  }

  boolean has(TaskAttemptID attempt) {
    return outputs.containsKey(attempt);
  }

  /** Forgets an attempt and hands out its outputs; empty if it never opened one. */
  List<AttemptOutput> take(TaskAttemptID attempt) {
    List<AttemptOutput> taken = outputs.remove(attempt);
    return taken == null ? List.of() : List.copyOf(taken);
  }
}
