package io.hrp.control.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.hrp.control.Condition;
import io.hrp.control.DaemonIdentity;
import io.hrp.control.DaemonStatus;
import io.hrp.control.OutcomeCounts;
import io.hrp.control.PartitionStatus;
import io.hrp.control.PeerStatus;
import io.hrp.control.RunState;
import io.hrp.control.SeenStatus;
import io.hrp.control.TableStatus;
import io.hrp.wire.TableId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StatusCodecTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final DaemonIdentity IDENTITY =
      DaemonIdentity.of("d1", new UUID(-1, 5), "host-a", 4711, NOW.minusSeconds(60), "1.2");

  @Test
  void aFullReportReadsBack() {
    Condition parked = Condition.of(RunState.PARKED, "table-missing", "no table 't'", NOW);
    TableStatus table =
        TableStatus.of(TableId.parse("shop:t"), parked)
            .assigned(List.of(2, 0))
            .lagRecords(77)
            .oldestUnapplied(NOW.minusMillis(5))
            .totals(OutcomeCounts.of(1, 2, 3, 4))
            .appliedPerSecond(12.5)
            .discardedPerSecond(0.25)
            .troubled(List.of(PartitionStatus.of(2, parked, 99, 5)))
            .build();
    DaemonStatus status =
        DaemonStatus.of(
            IDENTITY,
            NOW,
            RunState.RUNNING,
            0,
            List.of(PeerStatus.of("east", Condition.of(RunState.RUNNING), List.of(table))));

    DaemonStatus back = StatusCodec.decode(StatusCodec.encode(status)).orElseThrow();

    assertThat(back).usingRecursiveComparison().isEqualTo(status);
  }

  @Test
  void whatIsNotKnownStaysNotKnown() {
    DaemonStatus status =
        DaemonStatus.of(
            IDENTITY,
            NOW,
            RunState.STARTING,
            -1,
            List.of(
                PeerStatus.of(
                    "east",
                    Condition.of(RunState.STARTING),
                    List.of(
                        TableStatus.of(TableId.parse("t"), Condition.of(RunState.STARTING))
                            .build()))));

    DaemonStatus back = StatusCodec.decode(StatusCodec.encode(status)).orElseThrow();

    assertThat(back).usingRecursiveComparison().isEqualTo(status);
    assertThat(back.controlOffset()).isEqualTo(-1);
  }

  @Test
  void aStateOfANewerProgramIsUnknownAndJunkIsNoReport() {
    byte[] newer =
        io.hrp.proto.v1.DaemonStatus.newBuilder()
            .setDaemonId("d")
            .setInstance(ByteString.copyFrom(new byte[16]))
            .setStateValue(77)
            .build()
            .toByteArray();

    assertThat(StatusCodec.decode(newer).orElseThrow().state()).isEqualTo(RunState.UNKNOWN);
    assertThat(StatusCodec.decode(new byte[] {1, 2, 3})).isEmpty();
    assertThat(StatusCodec.decode(new byte[0])).isEmpty();
  }

  @Test
  void aDaemonIsLiveForThreeIntervalsUnlessItSaidThatItStopped() {
    DaemonStatus running = DaemonStatus.of(IDENTITY, NOW, RunState.RUNNING, 1, List.of());
    DaemonStatus stopped = DaemonStatus.of(IDENTITY, NOW, RunState.STOPPED, 1, List.of());

    assertThat(SeenStatus.of(running, NOW, 1).isLive(NOW.plusMillis(5_999))).isTrue();
    assertThat(SeenStatus.of(running, NOW, 1).isLive(NOW.plusMillis(6_000))).isFalse();
    assertThat(SeenStatus.of(stopped, NOW, 1).isLive(NOW)).isFalse();
  }
}
