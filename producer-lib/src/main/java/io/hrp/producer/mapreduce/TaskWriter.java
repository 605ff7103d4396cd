package io.hrp.producer.mapreduce;

import io.hrp.producer.api.HrpProducerException;
import java.io.IOException;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/** The output of a task attempt as Hadoop sees it. For one thread at a time. */
final class TaskWriter<K> extends RecordWriter<K, Row> {
  private final AttemptOutput output;
  private final TableOfKey tableOfKey;
  private final JobModes modes;

  TaskWriter(AttemptOutput output, TableOfKey tableOfKey, JobModes modes) {
    this.output = output;
    this.tableOfKey = tableOfKey;
    this.modes = modes;
  }

  /**
   * Publishes one mutation.
   *
   * @throws IOException if this mutation was refused or an earlier one failed; the attempt is lost
   */
  @Override
  public void write(K key, Row value) throws IOException, InterruptedException {
    TableName table;
    try {
      table = tableOfKey.of(key);
      modes.requirePublishOnly(table);
    } catch (HrpProducerException | IllegalArgumentException e) {
      throw output.refused(e);
    }
    output.publish(table, value);
  }

  @Override
  public void close(TaskAttemptContext context) throws IOException, InterruptedException {
    if (output.finish()) {
      context.getCounter("HRP", "MUTATIONS_ACKNOWLEDGED").increment(output.mutations());
    }
  }
}
