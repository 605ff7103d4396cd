package io.hrp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.proto.v1.PutMessage;
import io.hrp.wire.testing.MutationComparison;
import io.hrp.wire.testing.RandomMutations;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.hadoop.hbase.CellScanner;
import org.apache.hadoop.hbase.ExtendedCell;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.KeyValueUtil;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final TableId TABLE = TableId.parse("shop:orders");
  private static final long STAMP = 1_760_000_000_123L;
  private static final WriterStamp WRITER =
      WriterStamp.of(STAMP, 1_760_000_000_456L, Set.of(RandomMutations.ATTRIBUTE));
  private static final int ROUNDS = 5_000;

  @Test
  void decodingGivesTheStampedMutationBackForEveryKind() {
    long seed = printedSeed("decodingGivesTheStampedMutationBackForEveryKind");
    RandomMutations mutations = new RandomMutations(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Row mutation = mutations.next();
      List<String> before = MutationComparison.describe(mutation);

      byte[] encoded = MutationEncoder.encode(TABLE, mutation, WRITER);
      Row decoded = decodedRow(encoded);

      assertThat(MutationComparison.describe(decoded))
          .as("seed %d round %d", seed, i)
          .isEqualTo(MutationComparison.describe(MutationEncoder.stamped(mutation, STAMP)));
      assertThat(MutationComparison.describe(mutation)).isEqualTo(before);
    }
  }

  @Test
  void writesTheBytesThatTheGeneratedClassesWrite() throws Exception {
    long seed = printedSeed("writesTheBytesThatTheGeneratedClassesWrite");
    RandomMutations mutations = new RandomMutations(seed);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] encoded = MutationEncoder.encode(TABLE, mutations.next(), WRITER);

      PutMessage parsed = PutMessage.parseFrom(encoded);

      assertThat(parsed.toByteArray()).as("seed %d round %d", seed, i).isEqualTo(encoded);
      assertThat(parsed.getTablename()).isEqualTo("shop:orders");
      assertThat(parsed.getVersion()).isEqualTo(1);
      assertThat(parsed.getPublishTimeMs()).isEqualTo(1_760_000_000_456L);
    }
  }

  @Test
  void readsFieldsInAnyOrderWithUnknownAndOutdatedOnesBetween() {
    long seed = printedSeed("readsFieldsInAnyOrderWithUnknownAndOutdatedOnesBetween");
    RandomMutations mutations = new RandomMutations(seed);
    FieldShuffle shuffle = new FieldShuffle(new Random(seed));
    for (int i = 0; i < ROUNDS; i++) {
      byte[] encoded = MutationEncoder.encode(TABLE, mutations.next(), WRITER);

      byte[] shuffled = shuffle.message(encoded);

      assertThat(MutationComparison.describe(decodedRow(shuffled)))
          .as("seed %d round %d", seed, i)
          .isEqualTo(MutationComparison.describe(decodedRow(encoded)));
    }
  }

  @Test
  void decodedCellsWriteTheBytesOfAKeyValue() throws Exception {
    long seed = printedSeed("decodedCellsWriteTheBytesOfAKeyValue");
    RandomMutations mutations = new RandomMutations(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Row decoded = decodedRow(MutationEncoder.encode(TABLE, mutations.next(), WRITER));
      if (decoded instanceof RowMutations) {
        continue;
      }
      CellScanner cells = ((Mutation) decoded).cellScanner();
      while (cells.advance()) {
        ExtendedCell cell = (ExtendedCell) cells.current();
        KeyValue copy = KeyValueUtil.copyToNewKeyValue(cell);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();

        int size = cell.write(written, false);

        assertThat(size).isEqualTo(copy.write(expected, false));
        assertThat(written.toByteArray()).as("seed %d", seed).isEqualTo(expected.toByteArray());
        assertThat(cell.getSerializedSize()).isEqualTo(copy.getSerializedSize());
        assertThat(cell.heapSize()).isGreaterThan(cell.getValueLength());
      }
    }
  }

  @Test
  void brokenBytesGiveAWireFormatExceptionOrAMutation() {
    long seed = printedSeed("brokenBytesGiveAWireFormatExceptionOrAMutation");
    RandomMutations mutations = new RandomMutations(seed);
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = MutationEncoder.encode(TABLE, mutations.next(), WRITER);
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(Math.min(200, bytes.length))] = (byte) random.nextInt();
      }
      try {
        DecodedMutation decoded = MutationDecoder.decode(bytes);
        decoded.toRow(FamilySelection.ALL, List::of, TargetOptions.DEFAULT);
        decoded.toRow(FamilySelection.only(Set.of("cf")), List::of, TargetOptions.DEFAULT);
      } catch (WireFormatException e) {
        refused++;
      }
    }
    assertThat(refused).as("seed %d", seed).isGreaterThan(ROUNDS / 10);
  }

  private static Row decodedRow(byte[] value) {
    return MutationDecoder.decode(value)
        .toRow(
            FamilySelection.ALL,
            List::of,
            TargetOptions.of(org.apache.hadoop.hbase.client.Durability.USE_DEFAULT))
        .orElseThrow();
  }

  private static long printedSeed(String test) {
    long seed = Long.getLong("hrp.test.seed", System.nanoTime());
    System.out.println(test + ": seed " + seed + " (-Dhrp.test.seed)");
    return seed;
  }
}
