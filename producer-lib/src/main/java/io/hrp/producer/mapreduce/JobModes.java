package io.hrp.producer.mapreduce;

import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.OperationRefusedException;
import io.hrp.producer.config.DropInSettings;
import io.hrp.producer.config.PublisherKey;
import io.hrp.producer.config.TableMode;
import io.hrp.producer.config.TableModes;
import io.hrp.wire.TableId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.TableName;

/**
 * Refuses tables that the configuration wants written in a way in which a job's output is not: it
 * goes to Kafka and has no cluster beside it. A site's configuration may name modes for everybody,
 * so a table that is {@code dual} there would otherwise miss its local writes in silence. For one
 * thread.
 */
public final class JobModes {
  private final TableModes modes;
  private final Set<TableName> allowed = new HashSet<>();

  private JobModes(TableModes modes) {
    this.modes = modes;
  }

  /**
   * Reads the keys {@code hrp.producer.tables.*}.
   *
   * @throws InvalidOptionsException with every wrong value at once
   */
  public static JobModes read(Configuration configuration) {
    Map<String, String> keys = new HashMap<>();
    for (PublisherKey key : PublisherKey.values()) {
      String value = configuration.get(key.key());
      if (value != null) {
        keys.put(key.key(), value);
      }
    }
    return new JobModes(DropInSettings.read(keys).modes());
  }

  /**
   * Returns if a job may publish to the table.
   *
   * @throws OperationRefusedException if the table is configured otherwise
   */
  public void requirePublishOnly(TableName table) {
    if (allowed.contains(table)) {
      return;
    }
    TableMode mode =
        modes.of(TableId.of(table.getNamespaceAsString(), table.getQualifierAsString()));
    if (mode == TableMode.DUAL || mode == TableMode.DIRECT) {
      throw new OperationRefusedException(
          table,
          "publish",
          "it is "
              + (mode == TableMode.DUAL ? "dual" : "direct")
              + " by hrp.producer.tables.*, and the output of this job goes to Kafka alone; use"
              + " TableOutputFormat with hbase.client.connection.impl="
              + "io.hrp.producer.hbase.HrpConnection, or name the table in"
              + " hrp.producer.tables.publish-only");
    }
    allowed.add(table);
  }
}
