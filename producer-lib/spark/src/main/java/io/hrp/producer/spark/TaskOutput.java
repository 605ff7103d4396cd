package io.hrp.producer.spark;

import java.io.IOException;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Row;

/** Takes the mutations of one task. For the task's thread alone. */
public interface TaskOutput {
  /**
   * Publishes a Put, a Delete or a RowMutations. The object may be used again once the call has
   * returned.
   *
   * @throws IOException if this mutation was refused or an earlier one failed; the task is lost,
   *     also if the caller swallows the exception
   */
  void publish(TableName table, Row mutation) throws IOException, InterruptedException;
}
