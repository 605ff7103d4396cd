package io.hrp.it.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hrp.consumer.apply.ApplyItem;
import io.hrp.consumer.apply.ApplyOutcome;
import io.hrp.consumer.apply.FailureKind;
import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.apply.MutationApplier;
import io.hrp.consumer.apply.hbase.HBaseMutationApplier;
import io.hrp.consumer.apply.hbase.HBaseTarget;
import io.hrp.consumer.testing.MutationApplierContract;
import io.hrp.control.config.PeerDurability;
import io.hrp.it.env.Cluster;
import io.hrp.it.env.Servers;
import io.hrp.wire.FamilySelection;
import io.hrp.wire.TableId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Admin;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RegionInfo;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.security.visibility.CellVisibility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
final class HBaseMutationApplierIT extends MutationApplierContract {
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final Duration RPC_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(5);

  private final Cluster east = Servers.shared().cluster(Servers.EAST);
  private final TableId table = TableId.of("default", "applier_" + TABLES.incrementAndGet());
  private final TableName name = TableName.valueOf(table.name());
  private final ExecutorService logins = Executors.newFixedThreadPool(2);
  private final MutationApplier applier = open(east.clientSettings());

  @BeforeEach
  void createTable() {
    TableDescriptor descriptor =
        TableDescriptorBuilder.newBuilder(name)
            .setColumnFamily(ColumnFamilyDescriptorBuilder.of("f"))
            .setColumnFamily(ColumnFamilyDescriptorBuilder.of("g"))
            .build();
    east.createTable(descriptor, List.of(bytes("m")));
    await().atMost(Duration.ofSeconds(30)).until(() -> outcomes(applier.clusterId()).isPresent());
  }

  @AfterEach
  void cleanUp() {
    applier.close();
    logins.shutdownNow();
    Servers.shared().mend();
    east.dropTable(name);
  }

  @Override
  protected MutationApplier applier() {
    return applier;
  }

  @Override
  protected TableId table() {
    return table;
  }

  @Override
  protected boolean holds(String row) {
    return !get(row).isEmpty();
  }

  @Test
  void aTableThatIsMissingStandsAloneAndWorksOnceItIsThere() {
    apply(item(put("a", "1")));
    east.dropTable(name);
    assertThat(reasonOf(apply(item(put("a", "1"))))).isEqualTo(FailureReason.TABLE_MISSING);

    createTable();

    assertThat(apply(item(put("a", "1")))).containsExactly(ApplyOutcome.Applied.INSTANCE);
  }

  @Test
  void aDisabledTableIsToldFromARegionThatMoves() {
    apply(item(put("a", "1")), item(put("z", "1")));
    east.admin(admin -> admin.disableTable(name));
    assertThat(reasonOf(apply(item(put("a", "1"))))).isEqualTo(FailureReason.TABLE_DISABLED);

    east.admin(admin -> admin.enableTable(name));

    await().atMost(Duration.ofSeconds(20)).until(() -> isApplied(apply(item(put("a", "1")))));
  }

  @Test
  void aReadOnlyTableIsTheOperatorsToMend() {
    east.admin(
        admin ->
            admin.modifyTable(
                TableDescriptorBuilder.newBuilder(admin.getDescriptor(name))
                    .setReadOnly(true)
                    .build()));

    assertThat(reasonOf(apply(item(put("a", "1"))))).isEqualTo(FailureReason.TABLE_READ_ONLY);
  }

  @Test
  void aMissingFamilyFailsOnlyItsOwnMutation() {
    Put stray = new Put(bytes("b")).addColumn(bytes("x"), bytes("q"), bytes("1"));

    List<ApplyOutcome> outcomes = apply(item(put("a", "1")), item(stray), item(put("c", "1")));

    assertThat(outcomes.get(0)).isEqualTo(ApplyOutcome.Applied.INSTANCE);
    assertThat(reasonOf(outcomes.subList(1, 2))).isEqualTo(FailureReason.FAMILY_MISSING);
    assertThat(outcomes.get(2)).isEqualTo(ApplyOutcome.Applied.INSTANCE);
  }

  @Test
  void nothingOfARowIsTakenAfterAMutationWhoseFamilyIsMissing() {
    Put stray = new Put(bytes("b"), 1L).addColumn(bytes("x"), bytes("q"), bytes("1"));
    List<ApplyItem> batch =
        List.of(item(stray), item(put("b", "2")), item(put("c", "1")), item(put("c", "2")));

    List<ApplyOutcome> outcomes = outcomes(applier.apply(table, batch));

    assertThat(reasonOf(outcomes.subList(0, 1))).isEqualTo(FailureReason.FAMILY_MISSING);
    assertThat(reasonOf(outcomes.subList(1, 2))).isEqualTo(FailureReason.NOT_SENT);
    assertThat(isApplied(outcomes.subList(2, 4))).isTrue();
    assertThat(get("b").isEmpty()).isTrue();

    east.admin(admin -> admin.addColumnFamily(name, ColumnFamilyDescriptorBuilder.of("x")));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> isApplied(outcomes(applier.apply(table, batch))));
    assertThat(get("b").size()).isEqualTo(2);
  }

  @Test
  void aCellThatIsTooLargeIsPoisonAndTakesItsRegionsShareAlong() {
    Put large = put("b", "x".repeat(11 << 20));

    assertThat(reasonOf(apply(item(large)))).isEqualTo(FailureReason.MUTATION_TOO_LARGE);

    List<ApplyOutcome> outcomes = apply(item(put("a", "1")), item(large), item(put("z", "1")));
    assertThat(kindOf(outcomes.get(0))).contains(FailureKind.UNKNOWN);
    assertThat(kindOf(outcomes.get(1))).contains(FailureKind.POISON);
    assertThat(outcomes.get(2)).isEqualTo(ApplyOutcome.Applied.INSTANCE);
  }

  @Test
  void theTablesOwnLimitDecidesWhatIsTooLarge() {
    east.admin(
        admin ->
            admin.modifyTable(
                TableDescriptorBuilder.newBuilder(admin.getDescriptor(name))
                    .setValue("hbase.server.keyvalue.maxsize", "1000")
                    .build()));

    assertThat(reasonOf(apply(item(put("a", "x".repeat(2_000))))))
        .isEqualTo(FailureReason.MUTATION_TOO_LARGE);
    assertThat(isApplied(apply(item(put("a", "x".repeat(500)))))).isTrue();
  }

  @Test
  void whatCannotBeEnforcedIsNotSentNorWhatFollowsOnItsRow() throws IOException {
    Put labelled = put("a", "1").setCellVisibility(new CellVisibility("secret"));

    List<ApplyOutcome> outcomes = apply(item(labelled), item(put("a", "2")), item(put("b", "1")));

    assertThat(reasonOf(outcomes.subList(0, 1))).isEqualTo(FailureReason.SECURITY_UNSUPPORTED);
    assertThat(reasonOf(outcomes.subList(1, 2))).isEqualTo(FailureReason.NOT_SENT);
    assertThat(outcomes.get(2)).isEqualTo(ApplyOutcome.Applied.INSTANCE);
    assertThat(holds("a")).isFalse();
  }

  @Test
  void aNarrowedRowDeleteTakesFamiliesThatWereJustMade() {
    east.admin(admin -> admin.addColumnFamily(name, ColumnFamilyDescriptorBuilder.of("fresh")));
    Put everywhere =
        put("a", "1")
            .addColumn(bytes("g"), bytes("q"), bytes("1"))
            .addColumn(bytes("fresh"), bytes("q"), bytes("1"));
    apply(item(everywhere));

    apply(item(new Delete(bytes("a")), FamilySelection.allExcept(List.of("g"))));

    Result left = get("a");
    assertThat(left.size()).isEqualTo(1);
    assertThat(left.getValue(bytes("g"), bytes("q"))).isEqualTo(bytes("1"));
  }

  @Test
  void mutationsOfOneRowAreAppliedInTheOrderOfTheBatch() throws IOException {
    List<ApplyItem> batch = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      // One cell, one timestamp: the one applied last is seen.
      batch.add(item(put("same", "value-" + i)));
      batch.add(item(put("other-" + i, "1")));
    }
    batch.add(item(RowMutations.of(List.of(put("whole", "1"), new Delete(bytes("whole"), 5L)))));

    assertThat(isApplied(outcomes(applier.apply(table, batch)))).isTrue();
    assertThat(get("same").value()).isEqualTo(bytes("value-49"));
    assertThat(get("whole").value()).isEqualTo(bytes("1"));
  }

  @Test
  void aRegionThatWentAwayIsFoundAgain() {
    apply(item(put("a", "1")), item(put("z", "1")));
    east.admin(this::reopenRegions);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              List<ApplyOutcome> outcomes = apply(item(put("a", "2")), item(put("z", "2")));
              assertThat(outcomes)
                  .allSatisfy(
                      outcome ->
                          assertThat(kindOf(outcome).orElse(FailureKind.RETRIABLE))
                              .isEqualTo(FailureKind.RETRIABLE));
              return isApplied(outcomes);
            });
  }

  @Test
  void aFrozenServerTimesOutAndIsUsedAgainWhenItThaws() {
    apply(item(put("a", "1")));
    east.process().freeze();

    long begin = System.nanoTime();
    List<ApplyOutcome> outcomes = apply(item(put("a", "1")));
    Duration took = Duration.ofNanos(System.nanoTime() - begin);

    assertThat(reasonOf(outcomes)).isEqualTo(FailureReason.TIMED_OUT);
    assertThat(took).isLessThan(OPERATION_TIMEOUT.plusSeconds(3));
    east.process().thaw();
    await().atMost(Duration.ofSeconds(30)).until(() -> isApplied(apply(item(put("a", "1")))));
  }

  @Test
  void aTargetOutOfReachAnswersAtOnceThatItIs() {
    MutationApplier nowhere =
        open(
            Map.of(
                "hbase.zookeeper.quorum", "127.0.0.1", "hbase.zookeeper.property.clientPort", "1"));

    List<ApplyOutcome> outcomes = outcomes(nowhere.apply(table, List.of(item(put("a", "1")))));

    assertThat(reasonOf(outcomes)).isEqualTo(FailureReason.TARGET_UNAVAILABLE);
    assertThat(outcomes(nowhere.clusterId())).isEmpty();
    nowhere.close();
  }

  private MutationApplier open(Map<String, String> settings) {
    return HBaseMutationApplier.open(
        new HBaseTarget("east", settings, PeerDurability.SYNC_WAL, RPC_TIMEOUT, OPERATION_TIMEOUT),
        logins,
        System::nanoTime);
  }

  private void reopenRegions(Admin admin) throws IOException {
    for (RegionInfo region : admin.getRegions(name)) {
      admin.unassign(region.getEncodedNameAsBytes());
      admin.assign(region.getEncodedNameAsBytes());
    }
  }

  private Result get(String row) {
    try (Table open = east.connection().getTable(name)) {
      return open.get(new Get(bytes(row)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isApplied(List<ApplyOutcome> outcomes) {
    return outcomes.stream().allMatch(outcome -> outcome instanceof ApplyOutcome.Applied);
  }

  private static FailureReason reasonOf(List<ApplyOutcome> outcomes) {
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.get(0)).isInstanceOf(ApplyOutcome.Failed.class);
    return ((ApplyOutcome.Failed) outcomes.get(0)).reason();
  }

  private static Optional<FailureKind> kindOf(ApplyOutcome outcome) {
    return outcome instanceof ApplyOutcome.Failed failed
        ? Optional.of(failed.kind())
        : Optional.empty();
  }
}
