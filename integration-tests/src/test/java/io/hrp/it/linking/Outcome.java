package io.hrp.it.linking;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.it.env.Comparison;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.wire.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.hbase.Cell;

/** What came of a program's writes: records in a topic, cells on the peers. */
final class Outcome {
  private static final Duration DRAIN = Duration.ofMinutes(1);

  private final Scene scene;
  private final TestTable table;

  private Outcome(Scene scene, TestTable table) {
    this.scene = scene;
    this.table = table;
  }

  static Outcome of(Scene scene, TestTable table) {
    return new Outcome(scene, table);
  }

  /** How many mutations stand in the table's topic. */
  long records() {
    return scene.broker().endOffsets(TopicNames.dataTopic(table.id())).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Once the daemon has applied everything, both peers hold exactly these cells. */
  void assertBothPeersHold(List<Cell> expected) {
    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, table, DRAIN);
      assertThat(Comparison.of(expected, peer.cluster(), table.name()))
          .as(table.id() + " on " + peer.name())
          .isEqualTo(Comparison.equal(expected.size()));
    }
  }

  /** The same, with one timestamp in place of theirs, whichever it is. */
  void assertBothPeersHoldAtOneTime(List<Cell> expected) {
    scene.awaitDrained(scene.east(), table, DRAIN);
    Set<Long> timestamps = RawCells.timestamps(RawCells.of(scene.east().cluster(), table.name()));
    assertThat(timestamps).hasSize(1);
    assertBothPeersHold(RawCells.at(timestamps.iterator().next(), expected));
  }
}
