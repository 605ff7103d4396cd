package io.hrp.ops.steer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.control.ClosedPolicy;
import io.hrp.ops.testing.FakeClusters;
import io.hrp.wire.TableId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClosingStepsTest {
  private static final TableId ORDERS = TableId.parse("orders");

  private final FakeClusters clusters = new FakeClusters();
  private final ClosingSteps steps = steps(Operator.Mode.APPLY);

  private ClosingSteps steps(Operator.Mode mode) {
    return new ClosingSteps(clusters.ports(), new Operator("ann@ops", "migration", mode));
  }

  @Test
  void closesOnRecordAndReturnsWhenProducersHaveTakenItUp() {
    Instant before = clusters.now();

    Outcome outcome = steps.close(ORDERS, ClosedPolicy.REJECT);

    assertThat(outcome.changes())
        .containsExactly("close the topic of table 'orders' to producers (reject)");
    assertThat(clusters.state().closedTopic(ORDERS).orElseThrow().note().why())
        .isEqualTo("migration");
    assertThat(Duration.between(before, clusters.now())).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void closingAgainKeepsTheFirstUnlessThePolicyIsAnother() {
    steps.close(ORDERS, ClosedPolicy.REJECT);
    long offset = clusters.state().controlOffset();

    Outcome again = steps.close(ORDERS, ClosedPolicy.REJECT);

    assertThat(again.changes()).isEmpty();
    assertThat(again.notes().get(0)).contains("is closed already by ann@ops");
    assertThat(clusters.state().controlOffset()).isEqualTo(offset);
    assertThat(steps.close(ORDERS, ClosedPolicy.DIRECT).changes()).hasSize(1);
    assertThat(clusters.state().closedTopic(ORDERS).orElseThrow().policy())
        .isEqualTo(ClosedPolicy.DIRECT);
  }

  @Test
  void opensWhatIsClosedAndSaysWhenNothingIs() {
    steps.close(ORDERS, ClosedPolicy.DIRECT);

    assertThat(steps.open(ORDERS).changes())
        .containsExactly("open the topic of table 'orders' to producers");

    assertThat(clusters.state().closedTopics()).isEmpty();
    assertThat(steps.open(ORDERS).notes())
        .containsExactly("the topic of table 'orders' is not closed");
  }

  @Test
  void aDryRunChangesNothing() {
    Outcome outcome = steps(Operator.Mode.DRY_RUN).close(ORDERS, ClosedPolicy.REJECT);

    assertThat(outcome.dryRun()).isTrue();
    assertThat(outcome.changes()).hasSize(1);
    assertThat(clusters.state().controlOffset()).isEqualTo(-1);
  }
}
