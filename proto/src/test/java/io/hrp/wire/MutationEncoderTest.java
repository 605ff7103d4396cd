package io.hrp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.wire.MutationRefusedException.Reason;
import io.hrp.wire.testing.MutationComparison;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.client.Append;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.util.Bytes;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class MutationEncoderTest {
  private static final TableId TABLE = TableId.parse("orders");
  private static final byte[] ROW = Bytes.toBytes("r1");
  private static final byte[] CF = Bytes.toBytes("cf");
  private static final byte[] Q = Bytes.toBytes("q");
  private static final byte[] V = Bytes.toBytes("v");
  private static final WriterStamp STAMP = WriterStamp.of(1000, 2000);

  @Test
  void refusesAPutAndRowMutationsWithoutCells() throws IOException {
    refuses(new Put(ROW), Reason.NO_CELLS);
    refuses(new RowMutations(ROW), Reason.NO_CELLS);
    refuses(RowMutations.of(List.of(new Put(ROW))), Reason.NO_CELLS);
  }

  @Test
  void refusesWhatCannotBeReplayed() throws IOException {
    refuses(new Increment(ROW).addColumn(CF, Q, 1), Reason.UNSUPPORTED_MUTATION);
    refuses(new Append(ROW).addColumn(CF, Q, V), Reason.UNSUPPORTED_MUTATION);
    refuses(
        RowMutations.of(List.of(new Increment(ROW).addColumn(CF, Q, 1))),
        Reason.UNSUPPORTED_MUTATION);
  }

  @Test
  void refusesADeleteOfTheLatestVersionButNotOfAllVersions() {
    refuses(new Delete(ROW).addColumn(CF, Q), Reason.LATEST_VERSION_DELETE);
    refuses(
        new Delete(ROW).addFamilyVersion(CF, HConstants.LATEST_TIMESTAMP),
        Reason.LATEST_VERSION_DELETE);
    assertThatCode(() -> encode(new Delete(ROW).addColumns(CF, Q).addFamily(CF)))
        .doesNotThrowAnyException();
    assertThatCode(() -> encode(new Delete(ROW).addColumn(CF, Q, 7))).doesNotThrowAnyException();
  }

  @Test
  void refusesCellsThatDoNotBelong() {
    refuses(put(new KeyValue(Bytes.toBytes("r2"), CF, Q, 1, V)), Reason.MIXED_ROWS);
    refuses(put(new KeyValue(ROW, CF, Q, 1, KeyValue.Type.DeleteColumn)), Reason.CELL_TYPE_UNFIT);
    refuses(put(new KeyValue(ROW, CF, Q, 1, KeyValue.Type.Maximum)), Reason.CELL_TYPE_UNFIT);
    refuses(put(new KeyValue(ROW, Bytes.toBytes("x"), Q, 1, V)), Reason.FAMILY_MISMATCH);
    Delete delete = new Delete(ROW);
    delete.getFamilyCellMap().put(CF, List.of(new KeyValue(ROW, CF, Q, 1, V)));
    refuses(delete, Reason.CELL_TYPE_UNFIT);
    Put withoutFamily = new Put(ROW);
    withoutFamily
        .getFamilyCellMap()
        .put(new byte[0], List.of(new KeyValue(ROW, new byte[0], Q, 1, V)));
    refuses(withoutFamily, Reason.FAMILY_EMPTY);
    refuses(put(new KeyValue(ROW, CF, Q, -5, V)), Reason.TIMESTAMP_NEGATIVE);
  }

  @Test
  void refusesATimeToLiveThatIsNone() {
    refuses(filledPut().setTTL(0), Reason.TTL_INVALID);
    refuses(filledPut().setAttribute("_ttl", new byte[3]), Reason.TTL_INVALID);
    refuses(new Delete(ROW).setAttribute("_ttl", Bytes.toBytes(5L)), Reason.TTL_INVALID);
  }

  @Test
  void refusesClusterIdsThatAreBrokenOrDifferBetweenParts() throws IOException {
    refuses(filledPut().setAttribute("_cs.id", new byte[] {0, 0, 0}), Reason.CLUSTER_IDS_INVALID);
    refuses(
        filledPut().setAttribute("_cs.id", new byte[] {0, 0, 0, 1}), Reason.CLUSTER_IDS_INVALID);
    Put been = filledPut();
    been.setClusterIds(List.of(new UUID(1, 2)));
    refuses(RowMutations.of(List.of(filledPut(), been)), Reason.CLUSTER_IDS_INVALID);
  }

  @Test
  void refusalNamesTableRowAndWhatToDo() {
    assertThatThrownBy(() -> encode(new Put(Bytes.toBytes("r\u0001"))))
        .hasMessage(
            "cannot publish a mutation of row 'r\\x01' of table 'orders' (NO_CELLS): a put and a"
                + " row mutation need at least one cell; add one")
        .asInstanceOf(InstanceOfAssertFactories.type(MutationRefusedException.class))
        .satisfies(
            e -> {
              assertThat(e.table()).isEqualTo(TABLE);
              assertThat(e.row()).isEqualTo(RowKey.wrap(Bytes.toBytes("r\u0001")));
            });
  }

  @Test
  void carriesOnlyAllowListedAttributes() {
    Put put = filledPut();
    put.setAttribute("kept", V);
    put.setAttribute("left", V);

    byte[] encoded =
        MutationEncoder.encode(TABLE, put, WriterStamp.of(1, 2, Set.of("kept", "absent")));

    Mutation decoded = (Mutation) decoded(encoded);
    assertThat(decoded.getAttributesMap()).containsOnlyKeys("kept");
    assertThat(decoded.getAttribute("kept")).isEqualTo(V);
  }

  @Test
  void anAllowListCannotNameHBasesOwnAttributes() {
    for (String name : List.of("_cs.id", "_ttl", "acl", "VISIBILITY", "")) {
      assertThatThrownBy(() -> WriterStamp.of(1, 2, Set.of(name)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("HBase's own");
    }
  }

  @Test
  void partsAtTimestampZeroKeepItWhateverTheOthersHave() throws IOException {
    List<Mutation> parts =
        List.of(
            new Put(ROW).addColumn(CF, Q, 500, V),
            new Put(ROW).addColumn(CF, Q, 0, V),
            new Delete(ROW, 0),
            new Delete(ROW, 9),
            new Delete(ROW));

    Row decoded = decoded(encode(RowMutations.of(parts)));

    assertThat(MutationComparison.describe(decoded))
        .filteredOn(line -> !line.startsWith("RowMutations"))
        .containsExactly(
            "Put 7231 SYNC_WAL",
            "cell 7231/6366:71/500/Put=76",
            "Put 7231 SYNC_WAL",
            "cell 7231/6366:71/0/Put=76",
            "Delete 7231 at 0 SYNC_WAL",
            "Delete 7231 at 9 SYNC_WAL",
            "Delete 7231 at 1000 SYNC_WAL");
  }

  @Test
  void stampingLeavesTheOriginalAsItIs() {
    Put put = new Put(ROW).addColumn(CF, Q, V);
    put.setAttribute("any", V);

    Put stamped = (Put) MutationEncoder.stamped(put, 77);

    assertThat(stamped.getTimestamp()).isEqualTo(77);
    assertThat(stamped.get(CF, Q).get(0).getTimestamp()).isEqualTo(77);
    assertThat(stamped.getAttribute("any")).isEqualTo(V);
    assertThat(put.get(CF, Q).get(0).getTimestamp()).isEqualTo(HConstants.LATEST_TIMESTAMP);
    assertThat(put.getTimestamp()).isEqualTo(HConstants.LATEST_TIMESTAMP);
  }

  private static Put filledPut() {
    return new Put(ROW).addColumn(CF, Q, V);
  }

  private static Put put(Cell cell) {
    Put put = new Put(ROW);
    put.getFamilyCellMap().put(CF, new ArrayList<>(List.of(cell)));
    return put;
  }

  private static byte[] encode(Row mutation) {
    return MutationEncoder.encode(TABLE, mutation, STAMP);
  }

  private static Row decoded(byte[] value) {
    return MutationDecoder.decode(value)
        .toRow(FamilySelection.ALL, List::of, TargetOptions.DEFAULT)
        .orElseThrow();
  }

  private static void refuses(Row mutation, Reason reason) {
    assertThatThrownBy(() -> encode(mutation))
        .asInstanceOf(InstanceOfAssertFactories.type(MutationRefusedException.class))
        .extracting(MutationRefusedException::reason)
        .isEqualTo(reason);
  }
}
