package io.hrp.ops.steer;

import io.hrp.control.TopicOffsets;
import io.hrp.wire.TableId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Port: the tables' topics. Every method asks Kafka and throws {@link
 * io.hrp.control.ControlUnavailableException} if it does not answer in time.
 */
public interface TopicAdmin {
  /** Every table's topic, in the order of the tables. */
  List<DataTopic> list();

  /** A table's topic; empty if there is none. */
  Optional<DataTopic> describe(TableId table);

  /**
   * Creates the topics of a table, the dead-letter topic with as many partitions; one that exists
   * is left as it is. Also sees to it that the control topics exist.
   *
   * @throws io.hrp.control.ControlRefusedException if the brokers do not allow it, for instance
   *     because they are fewer than the replicas
   */
  void create(TableId table, int partitions, int replication);

  /** Where each partition of the table's topic ends now. */
  TopicOffsets ends(TableId table);

  /**
   * What a peer's consumer group has committed for the table; without partitions never committed.
   */
  Map<Integer, Long> committed(String peer, TableId table);
}
