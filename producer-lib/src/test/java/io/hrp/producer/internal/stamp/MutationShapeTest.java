package io.hrp.producer.internal.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.wire.MutationEncoder;
import io.hrp.wire.TableId;
import io.hrp.wire.WriterStamp;
import java.util.Random;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Durability;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.security.visibility.CellVisibility;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Test;

final class MutationShapeTest {
  private static final byte[] ROW = Bytes.toBytes("row");
  private static final byte[] F = Bytes.toBytes("f");
  private static final byte[] Q = Bytes.toBytes("q");

  @Test
  void needsATimestampIfAnyCellHasNone() throws Exception {
    Put mixed = new Put(ROW).addColumn(F, Q, 5L, Q).addColumn(F, Q, Q);
    RowMutations inPart = new RowMutations(ROW);
    inPart.add((Mutation) new Put(ROW).addColumn(F, Q, 5L, Q));
    inPart.add((Mutation) new Delete(ROW).addColumns(F, Q));

    assertThat(MutationShape.needsTimestamp(mixed)).isTrue();
    assertThat(MutationShape.needsTimestamp(inPart)).isTrue();
    assertThat(MutationShape.needsTimestamp(new Delete(ROW))).isTrue();
  }

  @Test
  void needsNoneIfAllAreExplicit() throws Exception {
    RowMutations explicit = new RowMutations(ROW);
    explicit.add((Mutation) new Put(ROW).addColumn(F, Q, 5L, Q));
    explicit.add((Mutation) new Delete(ROW, 9L));

    assertThat(MutationShape.needsTimestamp(explicit)).isFalse();
    assertThat(MutationShape.needsTimestamp(new Delete(ROW, 9L))).isFalse();
  }

  @Test
  void theBoundIsNeverBelowTheRealSize() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      byte[] row = bytes(random, 1 + random.nextInt(i % 100 == 0 ? 32_767 : 40));
      RowMutations mutations = new RowMutations(row);
      for (int part = 0; part <= random.nextInt(3); part++) {
        mutations.add((Mutation) randomPut(random, row));
      }
      Mutation single = mutations.getMutations().get(0);
      TableId table = TableId.of("n".repeat(1 + random.nextInt(30)), "t\u00e9\u4e2d");
      WriterStamp stamp = WriterStamp.of(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1);

      assertThat(MutationShape.sizeBound(single) + 3L * table.qualifiedName().length())
          .as("seed %d step %d", seed, i)
          .isGreaterThanOrEqualTo(row.length + MutationEncoder.encode(table, single, stamp).length);
      assertThat(MutationShape.sizeBound(mutations) + 3L * table.qualifiedName().length())
          .as("seed %d step %d", seed, i)
          .isGreaterThanOrEqualTo(
              row.length + MutationEncoder.encode(table, mutations, stamp).length);
    }
  }

  private static Put randomPut(Random random, byte[] row) {
    Put put = new Put(row);
    for (int cell = 0; cell <= random.nextInt(6); cell++) {
      put.addColumn(
          bytes(random, 1 + random.nextInt(4)),
          bytes(random, random.nextInt(20)),
          random.nextBoolean() ? Long.MAX_VALUE - 2 - random.nextInt(5) : Long.MAX_VALUE,
          bytes(random, random.nextInt(200)));
    }
    if (random.nextBoolean()) {
      put.setTTL(1L << 50);
      put.setDurability(Durability.FSYNC_WAL);
      put.setCellVisibility(new CellVisibility("secret&(public|other)"));
    }
    return put;
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
