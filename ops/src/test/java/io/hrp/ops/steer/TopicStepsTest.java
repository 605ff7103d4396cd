package io.hrp.ops.steer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.testing.FakeClusters;
import io.hrp.wire.TableId;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TopicStepsTest {
  private static final TableId ORDERS = TableId.parse("orders");
  private static final OptionalInt DEFAULT = OptionalInt.empty();

  private final FakeClusters clusters = new FakeClusters();
  private final TopicSteps steps =
      new TopicSteps(clusters.ports(), new Operator("ann", "", Operator.Mode.APPLY));

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContaining(message);
  }

  @Test
  void createsBothTopicsAndDeclaresTheCount() {
    clusters.answerTables(
        FakeClusters.present("east", "cf"), PeerTable.missing("west"), PeerTable.unknown("n", "x"));

    Outcome outcome = steps.create(ORDERS, OptionalInt.of(6), DEFAULT);

    assertThat(outcome.changes())
        .containsExactly(
            "create topic 'hrp.default.orders' with 6 partitions",
            "create topic 'hrp-dead-letter.default.orders'",
            "declare 6 partitions for table 'orders'");
    assertThat(outcome.notes())
        .hasSize(2)
        .anyMatch(note -> note.contains("does not exist on peer 'west' yet"))
        .anyMatch(note -> note.contains("peer 'n' could not be asked"));
    assertThat(clusters.state().declaredPartitions(ORDERS)).hasValue(6);
    assertThat(clusters.describe(ORDERS).orElseThrow().partitions()).isEqualTo(6);
  }

  @Test
  void creatingAgainReportsWhatExists() {
    steps.create(ORDERS, OptionalInt.of(6), DEFAULT);
    long offset = clusters.state().controlOffset();

    Outcome again = steps.create(ORDERS, DEFAULT, DEFAULT);

    assertThat(again.changes()).isEmpty();
    assertThat(again.notes())
        .containsExactly("table 'orders' has its topics already, with 6 partitions");
    assertThat(clusters.state().controlOffset()).isEqualTo(offset);
  }

  @Test
  void declaresATopicThatExistsAlready() {
    clusters.addTopic(ORDERS, 4);

    assertThat(steps.create(ORDERS, DEFAULT, DEFAULT).changes())
        .containsExactly("declare 4 partitions for table 'orders'");
  }

  @Test
  void refusesAnotherCountThanWhatExists() {
    steps.create(ORDERS, OptionalInt.of(6), DEFAULT);

    assertRefused(
        () -> steps.create(ORDERS, OptionalInt.of(7), DEFAULT), "has 6 partitions, not 7");
  }

  @Test
  void refusesATopicThatWasGrownPastHrpOrIsCompacted() {
    steps.create(ORDERS, OptionalInt.of(2), DEFAULT);
    clusters.addTopic(ORDERS, 3);
    TableId items = TableId.parse("items");
    clusters.addTopic(items, 1);
    clusters.setting(items, "cleanup.policy", "compact,delete");

    assertRefused(() -> steps.create(ORDERS, DEFAULT, DEFAULT), "somebody changed it past HRP");
    assertRefused(() -> steps.create(items, DEFAULT, DEFAULT), "compaction drops records");
  }

  @Test
  void refusesATableWithNewVersionBehaviorAndANameThatIsTooLong() {
    clusters.answerTables(
        PeerTable.present("east", new TreeSet<>(List.of("a", "b")), new TreeSet<>(List.of("b"))));

    assertRefused(() -> steps.create(ORDERS, DEFAULT, DEFAULT), "NEW_VERSION_BEHAVIOR in [b]");
    assertRefused(
        () -> steps.create(TableId.parse("x".repeat(300)), DEFAULT, DEFAULT),
        "cannot name the topics");
    assertThat(clusters.list()).isEmpty();
  }

  @Test
  void aDryRunCreatesNothing() {
    Outcome outcome =
        new TopicSteps(clusters.ports(), new Operator("ann", "", Operator.Mode.DRY_RUN))
            .create(ORDERS, DEFAULT, DEFAULT);

    assertThat(outcome.changes()).hasSize(3);
    assertThat(clusters.list()).isEmpty();
    assertThat(clusters.state().controlOffset()).isEqualTo(-1);
  }
}
