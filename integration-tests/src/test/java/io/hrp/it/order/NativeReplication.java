package io.hrp.it.order;

import io.hrp.it.env.Cluster;
import io.hrp.it.env.TestTable;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.hbase.ClusterMetrics;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.replication.ReplicationPeerConfig;

/**
 * HBase's own replication of one table in both directions between two clusters; off when closed.
 */
final class NativeReplication implements AutoCloseable {
  private static final String PEER = "hrpit";

  private final List<Cluster> clusters;

  private NativeReplication(List<Cluster> clusters) {
    this.clusters = clusters;
  }

  static NativeReplication between(Cluster one, Cluster other, TestTable table) {
    NativeReplication replication = new NativeReplication(List.of(one, other));
    try {
      replicate(one, other, table);
      replicate(other, one, table);
      return replication;
    } catch (RuntimeException e) {
      replication.close();
      throw e;
    }
  }

  private static void replicate(Cluster from, Cluster to, TestTable table) {
    ReplicationPeerConfig peer =
        ReplicationPeerConfig.newBuilder()
            .setClusterKey(to.process().clusterKey())
            .setReplicateAllUserTables(false)
            .setTableCFsMap(Map.of(table.name(), List.of()))
            .build();
    from.admin(admin -> admin.addReplicationPeer(PEER, peer));
  }

  /** The table's description with every family marked for replication. */
  static TableDescriptor replicated(TestTable table) {
    TableDescriptorBuilder builder = TableDescriptorBuilder.newBuilder(table.name());
    for (String family : table.families()) {
      builder.setColumnFamily(
          ColumnFamilyDescriptorBuilder.newBuilder(table.familyDescriptor(family))
              .setScope(1)
              .build());
    }
    return builder.build();
  }

  /** The id under which a cluster is known to others. */
  static UUID idOf(Cluster cluster) {
    AtomicReference<String> id = new AtomicReference<>("");
    cluster.admin(
        admin ->
            id.set(
                admin
                    .getClusterMetrics(EnumSet.of(ClusterMetrics.Option.CLUSTER_ID))
                    .getClusterId()));
    return UUID.fromString(id.get());
  }

  @Override
  public void close() {
    for (Cluster cluster : clusters) {
      cluster.admin(
          admin -> {
            boolean known =
                admin.listReplicationPeers().stream()
                    .anyMatch(peer -> peer.getPeerId().equals(PEER));
            if (known) {
              admin.removeReplicationPeer(PEER);
            }
          });
    }
  }
}
