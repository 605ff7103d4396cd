package io.hrp.it.fault;

import io.hrp.control.ControlChange;
import io.hrp.control.DeclaredPartitions;
import io.hrp.it.env.Broker;
import io.hrp.it.env.Control;
import io.hrp.it.env.TestTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** What somebody may do to a table's topic behind HRP's back. */
final class Topics {
  private Topics() {}

  /** Lets the broker throw away all but the last record of each key. */
  static void compact(Broker broker, String topic) throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp compact =
        new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET);
    broker.admin().incrementalAlterConfigs(Map.of(resource, List.of(compact))).all().get();
  }

  /** Removes the table's declared count of partitions. */
  static void undeclare(Control control, TestTable table) {
    control.state().values().stream()
        .filter(DeclaredPartitions.class::isInstance)
        .map(DeclaredPartitions.class::cast)
        .filter(declared -> declared.table().equals(table.id()))
        .forEach(declared -> control.change(ControlChange.remove(declared.keyText())));
  }

  static void declare(Control control, TestTable table) {
    control.change(ControlChange.declarePartitions(table.id(), table.partitions()));
  }
}
