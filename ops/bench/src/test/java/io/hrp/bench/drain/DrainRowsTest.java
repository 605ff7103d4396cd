package io.hrp.bench.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.wire.RowPartitioner;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Test;

/**
 * The comparison is fair only if every side finds rows spread alike over regions and partitions.
 */
final class DrainRowsTest {

  private static final int ROWS = 20_000;

  @Test
  void spreadsRowsEvenlyOverRegionsAndPartitions() {
    byte[][] splits = DrainRows.splits(4);
    int[] regions = new int[4];
    int[] partitions = new int[4];

    for (int i = 0; i < ROWS; i++) {
      byte[] key = DrainRows.key(i);
      int region = 0;
      while (region < splits.length && Bytes.compareTo(key, splits[region]) >= 0) {
        region++;
      }
      regions[region]++;
      partitions[RowPartitioner.partition(key, 4)]++;
    }

    for (int i = 0; i < 4; i++) {
      assertThat(regions[i]).isBetween(ROWS / 4 - ROWS / 50, ROWS / 4 + ROWS / 50);
      assertThat(partitions[i]).isBetween(ROWS / 4 - ROWS / 50, ROWS / 4 + ROWS / 50);
    }
  }

  @Test
  void hasNoRowTwice() {
    Set<String> keys = new HashSet<>();

    for (int i = 0; i < ROWS; i++) {
      keys.add(Bytes.toStringBinary(DrainRows.key(i)));
    }

    assertThat(keys).hasSize(ROWS);
  }
}
