package io.hrp.producer.mapreduce;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * Commits a task attempt only if everything it wrote was acknowledged. There is nothing to move
 * into place: what was published is published. The commit still matters, because through it the
 * framework lets one of several attempts win, and because some frameworks commit a writer they
 * never closed.
 */
final class AcknowledgedCommitter extends OutputCommitter {
  private final OpenAttempts attempts;

  AcknowledgedCommitter(OpenAttempts attempts) {
    this.attempts = attempts;
  }

  @Override
  public void setupJob(JobContext context) {}

  @Override
  public void setupTask(TaskAttemptContext context) {}

  /** Attempts that opened no output, such as the maps before a reduce, have nothing to commit. */
  @Override
  public boolean needsTaskCommit(TaskAttemptContext context) {
    return attempts.has(context.getTaskAttemptID());
  }

  @Override
  public void commitTask(TaskAttemptContext context) throws IOException {
    List<AttemptOutput> outputs = attempts.take(context.getTaskAttemptID());
    try {
      for (AttemptOutput output : outputs) {
        output.finish();
        output.requireAcknowledged();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the acknowledgement of the output", e);
    } finally {
      outputs.forEach(AttemptOutput::abandon);
    }
  }

  @Override
  public void abortTask(TaskAttemptContext context) {
    attempts.take(context.getTaskAttemptID()).forEach(AttemptOutput::abandon);
  }

  /** A new application master need not run committed tasks again: their output is in Kafka. */
  @Override
  public boolean isRecoverySupported(JobContext context) {
    return true;
  }

  @Override
  public void recoverTask(TaskAttemptContext context) {}

  @Override
  public boolean isCommitJobRepeatable(JobContext context) {
    return true;
  }
}
