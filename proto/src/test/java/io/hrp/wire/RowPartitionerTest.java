package io.hrp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowPartitionerTest {
  @Test
  void hashesAsKafkasOwnProducerDoes() {
    long seed = System.nanoTime();
    System.out.println("hashesAsKafkasOwnProducerDoes: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] around = new byte[random.nextInt(i % 100 == 0 ? 32_000 : 64) + 8];
      random.nextBytes(around);
      int offset = random.nextInt(5);
      int length = random.nextInt(around.length - offset);
      byte[] row = Arrays.copyOfRange(around, offset, offset + length);

      int hash = RowPartitioner.murmur2(around, offset, length);

      assertThat(hash).as("seed %d", seed).isEqualTo(Utils.murmur2(row));
      assertThat(RowPartitioner.partition(row, 12))
          .isEqualTo(Utils.toPositive(Utils.murmur2(row)) % 12);
    }
  }

  /** The vectors of docs/wire-format.md. */
  @ParameterizedTest
  @CsvSource({
    "61, a2d0b27c, 1, 4, 60",
    "6162, 12d8262a, 2, 2, 42",
    "726f772d30303031, 7fb09db3, 0, 3, 51",
    "75736572233432, 7f1a5907, 0, 3, 7",
    "00, 166197bc, 2, 8, 60",
    "ffffffff, 266546a5, 2, 5, 37",
    "80007ffffe, 58c99795, 1, 1, 21",
    "6772c3b6c39f65, 230eabf4, 2, 8, 52",
  })
  void givesThePartitionsOfTheDocumentedVectors(
      String hexRow, String hexHash, int of3, int of12, int of64) {
    byte[] row = org.apache.hadoop.hbase.util.Bytes.fromHex(hexRow);

    assertThat(String.format("%08x", RowPartitioner.murmur2(row, 0, row.length)))
        .isEqualTo(hexHash);
    assertThat(RowPartitioner.partition(row, 3)).isEqualTo(of3);
    assertThat(RowPartitioner.partition(row, 12)).isEqualTo(of12);
    assertThat(RowPartitioner.partition(RowKey.wrap(row), 64)).isEqualTo(of64);
  }

  @Test
  void hashesTheLongestRowAsDocumented() {
    byte[] row = new byte[RowKey.MAX_LENGTH];
    Arrays.fill(row, (byte) 'x');

    assertThat(String.format("%08x", RowPartitioner.murmur2(row, 0, row.length)))
        .isEqualTo("36e95c2a");
  }

  @Test
  void refusesATopicWithoutPartitions() {
    byte[] row = "r".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> RowPartitioner.partition(row, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 partition");
  }
}
