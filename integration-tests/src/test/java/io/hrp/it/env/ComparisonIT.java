package io.hrp.it.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.it.env.TestTable.Retention;
import io.hrp.wire.TableId;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The judge of all other tests, judged on cells that were written straight to a cluster. */
final class ComparisonIT {
  private static final byte[] FAMILY = Bytes.toBytes("a");
  private static final byte[] QUALIFIER = Bytes.toBytes("q");

  private final Cluster east = Servers.shared().cluster(Servers.EAST);
  private final TestTable table =
      new TestTable(TableId.parse("comparison"), List.of("a", "b"), 1, Retention.EVERYTHING);
  private final Ledger ledger = new Ledger(table.families());
  private long offset;

  @BeforeEach
  void createTable() {
    east.createTable(table.descriptor(), List.of(Bytes.toBytes("row-5")));
  }

  @AfterEach
  void dropTable() {
    east.dropTable(table.name());
  }

  @Test
  void findsNothingWhereTheClusterHoldsWhatWasAcknowledged() {
    List<Row> mutations = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      mutations.add(put("row-" + i, 100, "old"));
      mutations.add(put("row-" + i, 200, "new"));
    }
    mutations.add(new Delete(Bytes.toBytes("row-1"), 150));
    mutations.add(new Delete(Bytes.toBytes("row-2")).addColumns(FAMILY, QUALIFIER, 150));
    mutations.add(new Delete(Bytes.toBytes("row-3")).addColumn(FAMILY, QUALIFIER, 200));
    mutations.add(new Delete(Bytes.toBytes("row-4")).addFamily(FAMILY, 300));
    mutations.add(new Delete(Bytes.toBytes("row-6")).addFamilyVersion(FAMILY, 100));
    mutations.forEach(this::expect);
    east.write(table.name(), mutations);

    Comparison comparison = Comparison.of(ledger, east, table.name());

    // A row delete marks both families.
    assertThat(comparison).isEqualTo(Comparison.equal(20 + 2 + 4));
  }

  @Test
  void takesTheLaterOfTwoValuesWithEqualTimestamps() {
    expect(put("row-1", 100, "first"));
    expect(put("row-1", 100, "second"));
    east.write(table.name(), List.of(put("row-1", 100, "first"), put("row-1", 100, "second")));

    assertThat(Comparison.of(ledger, east, table.name())).isEqualTo(Comparison.equal(1));
  }

  @Test
  void tellsMissingExtraAndDifferentCellsApart() {
    expect(put("row-0", 100, "v"));
    expect(put("row-1", 100, "v"));
    expect(put("row-9", 100, "v"));
    expect(new Delete(Bytes.toBytes("row-9")).addFamily(FAMILY, 100));
    east.write(
        table.name(),
        List.of(
            put("row-1", 100, "other"),
            put("row-1", 101, "v"),
            put("row-2", 100, "v"),
            put("row-9", 100, "v")));

    Comparison comparison = Comparison.of(ledger, east, table.name());

    assertThat(comparison.cells()).isEqualTo(4);
    assertThat(comparison.missing()).isEqualTo(2);
    assertThat(comparison.extra()).isEqualTo(2);
    assertThat(comparison.different()).isEqualTo(1);
    assertThat(comparison.examples())
        .anySatisfy(example -> assertThat(example).contains("missing", "row-0"))
        .anySatisfy(example -> assertThat(example).contains("missing", "row-9", "type 14"))
        .anySatisfy(example -> assertThat(example).contains("extra", "row-2"))
        .anySatisfy(example -> assertThat(example).contains("different", "row-1"));
  }

  private void expect(Row stamped) {
    ledger.expect(stamped, offset++);
  }

  private static Put put(String row, long timestamp, String value) {
    return new Put(Bytes.toBytes(row))
        .addColumn(FAMILY, QUALIFIER, timestamp, Bytes.toBytes(value));
  }
}
