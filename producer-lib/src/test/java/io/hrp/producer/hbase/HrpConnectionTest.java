package io.hrp.producer.hbase;

import static io.hrp.producer.hbase.DropInFixture.ORDERS;
import static io.hrp.producer.hbase.DropInFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.config.TableMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Table;
import org.junit.jupiter.api.Test;

final class HrpConnectionTest {
  @Test
  void tablesThatNoPatternNamesAreTheRealOnes() throws IOException {
    DropInFixture fixture = DropInFixture.publishOnly();
    TableName other = TableName.valueOf("other");

    assertThat(fixture.connection.modeOf(other)).isEqualTo(TableMode.NOT_CONFIGURED);
    assertThat(fixture.connection.getTable(other)).isSameAs(fixture.cluster.table);
    assertThat(fixture.connection.getTableBuilder(other, null).build())
        .isSameAs(fixture.cluster.table);
  }

  @Test
  void withoutAPatternThereIsNoProducer() throws IOException {
    DropInFixture fixture = DropInFixture.with(Map.of());

    assertThat(fixture.table()).isSameAs(fixture.cluster.table);
    fixture.connection.close();

    assertThat(fixture.kafka.closes()).isZero();
    assertThat(fixture.log).containsExactly("cluster closed");
  }

  @Test
  void administrationReachesTheRealCluster() throws IOException {
    DropInFixture fixture = DropInFixture.publishOnly();

    fixture.connection.clearRegionLocationCache();
    assertThat(fixture.cluster.openings()).isZero();
    assertThat(fixture.connection.getAdmin()).isNotNull();
    assertThat(fixture.connection.getRegionLocator(ORDERS)).isNotNull();
    assertThat(fixture.connection.getHbck()).isNotNull();
    assertThat(fixture.connection.getClusterId()).isEqualTo(FakeCluster.ID);
    fixture.connection.clearRegionLocationCache();

    assertThat(fixture.cluster.openings()).isEqualTo(1);
    assertThat(fixture.log)
        .containsExactly(
            "cluster getAdmin",
            "cluster getRegionLocator",
            "cluster getHbck",
            "cluster clearRegionLocationCache");
  }

  @Test
  void anUnreachableClusterIsSaidInTheWordsOfEachMethod() {
    DropInFixture fixture = DropInFixture.publishOnly();
    fixture.cluster.unreachable();
    TableName other = TableName.valueOf("other");

    assertThatThrownBy(() -> fixture.connection.getTable(other)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> fixture.connection.getTableBuilder(other, null))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> fixture.connection.getClusterId())
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aTableOfTwoModesIsRefused() {
    DropInFixture fixture =
        DropInFixture.with(Map.of("tables.publish-only", "shop:ord*", "tables.dual", "shop:*ers"));

    assertThatThrownBy(fixture::table)
        .isInstanceOf(PublishRefusedException.class)
        .hasCauseInstanceOf(InvalidOptionsException.class);
  }

  @Test
  void wrongKeysStopTheStart() {
    assertThatThrownBy(() -> DropInFixture.with(Map.of("tables.publish-only", "a:b:c")))
        .isInstanceOf(InvalidOptionsException.class);
    assertThatThrownBy(
            () -> DropInFixture.with(Map.of("tables.publish-only", "*", "tables.duel", "x")))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("tables.dual");
  }

  @Test
  void aClosedConnectionGivesOutNothing() throws IOException {
    DropInFixture fixture = DropInFixture.publishOnly();
    Table table = fixture.table();
    fixture.connection.close();
    fixture.connection.close();

    assertThat(fixture.connection.isClosed()).isTrue();
    assertThat(fixture.kafka.closes()).isEqualTo(1);
    assertThatThrownBy(fixture::table).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> table.exists(new org.apache.hadoop.hbase.client.Get(new byte[1])))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> fixture.connection.getBufferedMutator(ORDERS))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anAbortClosesAndIsRemembered() throws IOException {
    DropInFixture fixture = DropInFixture.publishOnly();
    fixture.table().put(put("a"));

    fixture.connection.abort("test", new IOException("why"));

    assertThat(fixture.connection.isAborted()).isTrue();
    assertThat(fixture.connection.isClosed()).isTrue();
  }
}
