package io.hrp.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.control.DaemonIdentity;
import io.hrp.control.DaemonStatus;
import io.hrp.control.RunState;
import io.hrp.control.testing.InMemoryStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class DuplicateDaemonTest {
  private static final Instant START = Instant.ofEpochSecond(1_000);

  private final InMemoryStatus reports = new InMemoryStatus(Clock.fixed(START, ZoneOffset.UTC));
  private final DaemonIdentity own = identity();
  private final DaemonIdentity other = identity();

  @Test
  void findsNobodyWhereNobodyHasReported() throws InterruptedException {
    assertThat(find(() -> START)).isEmpty();
  }

  @Test
  void findsADaemonThatReportsAgain() throws InterruptedException {
    report(other, RunState.RUNNING);

    assertThat(
            find(
                () -> {
                  report(other, RunState.RUNNING);
                  return START;
                }))
        .contains(other);
  }

  @Test
  void passesOnceTheReportOfAKilledDaemonHasGrownOld() throws InterruptedException {
    report(other, RunState.RUNNING);
    int[] asked = {0};

    assertThat(find(() -> START.plusSeconds(4L * asked[0]++))).isEmpty();
    assertThat(asked[0]).isGreaterThan(1);
  }

  @Test
  void ignoresADaemonThatSaidGoodbye() throws InterruptedException {
    report(other, RunState.STOPPED);

    assertThat(find(() -> START)).isEmpty();
  }

  private Optional<DaemonIdentity> find(Supplier<Instant> clock) throws InterruptedException {
    return new DuplicateDaemon(own, reports, new StopRequest(), clock, Duration.ofMillis(1)).find();
  }

  private void report(DaemonIdentity identity, RunState state) {
    reports.report(DaemonStatus.of(identity, START, state, 0, List.of()));
  }

  private static DaemonIdentity identity() {
    return DaemonIdentity.of("d1", UUID.randomUUID(), "host", 1, START, "test");
  }
}
