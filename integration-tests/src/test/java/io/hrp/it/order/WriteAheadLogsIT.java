package io.hrp.it.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.it.env.Cluster;
import io.hrp.it.env.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That the reader of write-ahead logs sees every edit, also across splits and a crash. */
final class WriteAheadLogsIT {
  private static final TableName TABLE = TableName.valueOf("wal_reader");
  private static final byte[] FAMILY = Bytes.toBytes("f");
  private static final List<String> FAMILIES = List.of("f");

  private final Servers servers = Servers.shared();
  private final Cluster west = servers.cluster(Servers.WEST);

  @AfterEach
  void dropTable() {
    servers.mend();
    west.dropTable(TABLE);
  }

  @Test
  @Tag("long")
  void seesEveryEditInOrderWithItsClusterIdsAcrossASplitAndACrash() {
    UUID origin = UUID.randomUUID();
    west.createTable(
        TableDescriptorBuilder.newBuilder(TABLE)
            .setColumnFamily(ColumnFamilyDescriptorBuilder.of(FAMILY))
            .build(),
        List.of());
    List<PublishedMutation> written = new ArrayList<>();

    write(written, 0, 300, origin);
    west.admin(admin -> admin.split(TABLE, Bytes.toBytes("r5")));
    write(written, 300, 600, origin);
    west.process().kill9();
    west.process().start();
    write(written, 600, 900, origin);
    List<WalEdit> edits = WriteAheadLogs.of(servers, west).edits(TABLE);

    assertThat(FirstApplications.of(written, edits))
        .isEqualTo(new FirstApplications(10, 900, 900, 0, List.of()));
    assertThat(edits).allMatch(edit -> edit.clusterIds().equals(List.of(origin)));
    assertThat(edits.stream().map(WalEdit::region).distinct()).hasSizeGreaterThan(1);
  }

  private void write(List<PublishedMutation> written, int from, int to, UUID origin) {
    List<Row> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      byte[] row = Bytes.toBytes("r" + i % 10);
      if (i % 3 == 0) {
        Delete delete = new Delete(row).addColumns(FAMILY, Bytes.toBytes("q" + i), 5);
        rows.add(delete.setClusterIds(List.of(origin)));
      } else {
        Put put = new Put(row).addColumn(FAMILY, Bytes.toBytes("q" + i), 5, Bytes.toBytes(i));
        rows.add(put.setClusterIds(List.of(origin)));
      }
      written.add(PublishedMutation.of(0, i, rows.get(rows.size() - 1), FAMILIES));
    }
    west.write(TABLE, rows);
  }
}
