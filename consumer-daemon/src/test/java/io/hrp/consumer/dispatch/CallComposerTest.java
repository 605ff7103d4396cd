package io.hrp.consumer.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.consumer.apply.ApplyItem;
import io.hrp.consumer.apply.ApplyOutcome.Failed;
import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.testing.TestRecords;
import io.hrp.wire.FamilySelection;
import io.hrp.wire.MutationDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CallComposerTest {
  private static final UUID EAST = new UUID(1, 1);

  private final ArrayDeque<LaneRecord> waiting = new ArrayDeque<>();

  @Test
  void takesPlainMutationsOfOneRowTogetherInOrder() {
    add(0, TestRecords.put("a", 0));
    add(1, TestRecords.delete("a", 1));
    add(2, TestRecords.put("b", 2));
    add(3, TestRecords.put("a", 3));

    assertThat(compose(100)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(waiting).isEmpty();
  }

  @Test
  void putsOffARowMutationBehindPlainOnesOfItsRowAndEverythingAfterIt() {
    add(0, TestRecords.put("a", 0));
    add(1, TestRecords.rowMutations("a", 1));
    add(2, TestRecords.put("b", 2));
    add(3, TestRecords.put("a", 3));

    assertThat(compose(100)).containsExactly(0L, 2L);
    assertThat(compose(100)).containsExactly(1L);
    assertThat(compose(100)).containsExactly(3L);
  }

  @Test
  void putsOffPlainOnesBehindARowMutation() {
    add(0, TestRecords.rowMutations("a", 0));
    add(1, TestRecords.rowMutations("b", 1));
    add(2, TestRecords.put("a", 2));
    add(3, TestRecords.rowMutations("b", 3));

    assertThat(compose(100)).containsExactly(0L, 1L);
    assertThat(compose(100)).containsExactly(2L, 3L);
  }

  @Test
  void neverMixesClusterIdsAndKeepsRowsInOrderAcrossThem() {
    add(0, TestRecords.put("a", 0));
    add(1, TestRecords.putFrom("a", 1, EAST));
    add(2, TestRecords.put("a", 2));
    add(3, TestRecords.putFrom("b", 3, EAST));

    assertThat(compose(100)).containsExactly(0L);
    assertThat(compose(100)).containsExactly(1L, 3L);
    assertThat(compose(100)).containsExactly(2L);
  }

  @Test
  void stopsAtTheLimitsButAlwaysTakesOne() {
    add(0, TestRecords.put("a", 0));
    add(1, TestRecords.put("b", 1));
    add(2, TestRecords.put("c", 2));

    assertThat(offsets(CallComposer.compose(waiting, 2, Long.MAX_VALUE))).containsExactly(0L, 1L);
    assertThat(offsets(CallComposer.compose(waiting, 2, 1))).containsExactly(2L);
  }

  @Test
  void stopsBeforeARefusedRecordAndAtTheEdgeOfSuspects() {
    add(0, TestRecords.put("a", 0)).suspect = true;
    add(1, TestRecords.put("b", 1)).suspect = true;
    add(2, TestRecords.put("c", 2));
    add(3, TestRecords.put("d", 3)).refusal = Failed.of(FailureReason.MALFORMED, "x", "x");

    assertThat(compose(100)).containsExactly(0L, 1L);
    assertThat(compose(100)).containsExactly(2L);
    assertThat(waiting.getFirst().offset()).isEqualTo(3);
  }

  @Test
  void takesOfEachRowAPrefixOfWhatWaitsWhateverTheMix() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      waiting.clear();
      int size = 1 + random.nextInt(60);
      for (int i = 0; i < size; i++) {
        add(i, randomMessage(random, i));
      }
      Map<String, Long> lastOfRow = new HashMap<>();
      int taken = 0;
      while (!waiting.isEmpty()) {
        List<LaneRecord> call =
            CallComposer.compose(waiting, 1 + random.nextInt(20), 1 + random.nextInt(5_000));
        assertThat(call).isNotEmpty();
        taken += call.size();
        for (LaneRecord record : call) {
          String row = record.requireItem().mutation().row().toString();
          assertThat(record.offset()).isGreaterThan(lastOfRow.getOrDefault(row, -1L));
          lastOfRow.put(row, record.offset());
        }
        assertThat(call.stream().map(each -> each.requireItem().mutation().clusterIds()).distinct())
            .hasSize(1);
      }
      assertThat(taken).isEqualTo(size);
    }
  }

  private static byte[] randomMessage(Random random, int time) {
    String row = "r" + random.nextInt(6);
    return switch (random.nextInt(5)) {
      case 0 -> TestRecords.rowMutations(row, time);
      case 1 -> TestRecords.putFrom(row, time, EAST);
      case 2 -> TestRecords.delete(row, time);
      default -> TestRecords.put(row, time);
    };
  }

  private LaneRecord add(long offset, byte[] value) {
    LaneRecord record = new LaneRecord(offset, 0, null, value, 0);
    record.item = new ApplyItem(MutationDecoder.decode(value), FamilySelection.ALL);
    waiting.addLast(record);
    return record;
  }

  private List<Long> compose(int maxRows) {
    return offsets(CallComposer.compose(waiting, maxRows, Long.MAX_VALUE));
  }

  private static List<Long> offsets(List<LaneRecord> records) {
    List<Long> offsets = new ArrayList<>();
    records.forEach(record -> offsets.add(record.offset()));
    return offsets;
  }
}
