package io.hrp.it.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.control.ControlValue;
import io.hrp.control.Scope;
import io.hrp.wire.TopicNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hbase.client.RegionLocator;
import org.apache.hadoop.hbase.client.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ground the other tests stand on. */
final class SceneIT {
  @RegisterExtension final Scene scene = new Scene();

  @Test
  void aTableStandsOnBothClustersWithOtherRegionsAndInKafka() throws IOException {
    TestTable table = scene.table();

    assertThat(regions(scene.east(), table)).isEqualTo(4);
    assertThat(regions(scene.west(), table)).isEqualTo(3);
    assertThat(scene.broker().endOffsets(TopicNames.dataTopic(table.id()))).hasSize(4);
    assertThat(scene.control().state().declaredPartitions(table.id())).hasValue(4);
  }

  @Test
  void nothingOfATestIsLeftWhenItEnds() {
    TestTable table = scene.table();
    Peer east = scene.east();
    scene.control().pause(Scope.ofPeer(east.name()));
    scene.control().pause(Scope.of(east.name(), table.id()));

    scene.clear();

    assertThat(scene.control().state().values())
        .extracting(ControlValue::keyText)
        .noneMatch(key -> key.contains(table.id().name()) || key.contains(east.name()));
    assertThat(scene.broker().hasTopic(TopicNames.dataTopic(table.id()))).isFalse();
    east.cluster().admin(admin -> assertThat(admin.tableExists(table.name())).isFalse());
  }

  @Test
  void randomMutationsOfOneSeedAreEqual() {
    assertThat(texts(17)).isEqualTo(texts(17)).isNotEqualTo(texts(18));
  }

  private static List<String> texts(long seed) {
    RandomMutations mutations = new RandomMutations(seed, List.of("a", "b"), 50);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Row mutation = mutations.next();
      texts.add(mutation.getClass().getSimpleName() + mutation);
    }
    return texts;
  }

  private static int regions(Peer peer, TestTable table) throws IOException {
    try (RegionLocator locator = peer.cluster().connection().getRegionLocator(table.name())) {
      return locator.getAllRegionLocations().size();
    }
  }
}
