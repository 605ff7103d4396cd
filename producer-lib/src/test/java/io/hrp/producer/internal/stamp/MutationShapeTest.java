package io.hrp.producer.internal.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RowMutations;
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
}
