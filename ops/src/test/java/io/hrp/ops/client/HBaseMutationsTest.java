package io.hrp.ops.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.ops.client.RowChange.Column;
import io.hrp.ops.verify.RawCell;
import io.hrp.wire.MutationEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.client.Row;
import org.junit.jupiter.api.Test;

final class HBaseMutationsTest {

  private static final List<String> FAMILIES = List.of("a", "b");
  private static final long NOW = 1_000;

  @Test
  void leavesTheCellsOfAPut() {
    assertThat(
            cells(
                new RowChange.Put(
                    "r", List.of(new Column("a", "q", "é"), new Column("b", "", "")))))
        .containsExactly(
            cell("a", "q", NOW, KeyValue.Type.Put, "é"), cell("b", "", NOW, KeyValue.Type.Put, ""));
  }

  @Test
  void leavesAMarkerForEveryKindOfDelete() {
    assertThat(cells(new RowChange.DeleteVersion("r", "a", "q", 7)))
        .containsExactly(cell("a", "q", 7, KeyValue.Type.Delete, ""));
    assertThat(cells(new RowChange.DeleteColumn("r", "a", "q")))
        .containsExactly(cell("a", "q", NOW, KeyValue.Type.DeleteColumn, ""));
    assertThat(cells(new RowChange.DeleteFamily("r", "a")))
        .containsExactly(cell("a", "", NOW, KeyValue.Type.DeleteFamily, ""));
    assertThat(cells(new RowChange.DeleteFamilyVersion("r", "a", 7)))
        .containsExactly(cell("a", "", 7, KeyValue.Type.DeleteFamilyVersion, ""));
  }

  @Test
  void leavesAMarkerInEveryFamilyForADeletedRow() {
    assertThat(cells(new RowChange.DeleteRow("r")))
        .containsExactly(
            cell("a", "", NOW, KeyValue.Type.DeleteFamily, ""),
            cell("b", "", NOW, KeyValue.Type.DeleteFamily, ""));
  }

  @Test
  void leavesTheCellsOfAllChangesMadeTogether() {
    RowChange.Together together =
        new RowChange.Together(
            "r",
            List.of(
                new RowChange.Put("r", List.of(new Column("a", "q", "x"))),
                new RowChange.DeleteColumn("r", "b", "q")));

    Row stamped = MutationEncoder.stamped(HBaseMutations.together(together), NOW);

    assertThat(HBaseMutations.cells(stamped, FAMILIES))
        .containsExactly(
            cell("a", "q", NOW, KeyValue.Type.Put, "x"),
            cell("b", "q", NOW, KeyValue.Type.DeleteColumn, ""));
  }

  private static List<RawCell> cells(RowChange change) {
    return HBaseMutations.cells(
        MutationEncoder.stamped(HBaseMutations.mutation(change), NOW), FAMILIES);
  }

  private static RawCell cell(
      String family, String qualifier, long timestamp, KeyValue.Type type, String value) {
    return RawCell.of(
        "r",
        family,
        qualifier,
        timestamp,
        type.getCode() & 0xff,
        value.getBytes(StandardCharsets.UTF_8));
  }
}
