package io.hrp.consumer.testing;

import io.hrp.wire.MutationEncoder;
import io.hrp.wire.RowKey;
import io.hrp.wire.TableId;
import io.hrp.wire.WriterStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RowMutations;

/** Messages for tests; the publish time tells one from another. */
public final class TestRecords {
  public static final TableId TABLE = TableId.of("default", "orders");

  private static final byte[] FAMILY = bytes("f");

  private TestRecords() {}

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static RowKey row(String name) {
    return RowKey.wrap(bytes(name));
  }

  /** A put of one cell. */
  public static byte[] put(String row, long publishTime) {
    return encode(plainPut(row, publishTime), publishTime);
  }

  /** A put for another table. */
  public static byte[] putInto(TableId table, String row, long publishTime) {
    return MutationEncoder.encode(
        table, plainPut(row, publishTime), WriterStamp.of(publishTime + 1, publishTime));
  }

  /** A put that has been on these clusters. */
  public static byte[] putFrom(String row, long publishTime, UUID... clusters) {
    Put put = plainPut(row, publishTime);
    put.setClusterIds(List.of(clusters));
    return encode(put, publishTime);
  }

  public static byte[] delete(String row, long publishTime) {
    Delete delete = new Delete(bytes(row));
    delete.addFamily(FAMILY, publishTime + 1);
    return encode(delete, publishTime);
  }

  public static byte[] rowMutations(String row, long publishTime) {
    try {
      RowMutations mutations = new RowMutations(bytes(row));
      Delete delete = new Delete(bytes(row));
      delete.addColumns(FAMILY, bytes("gone"), publishTime + 1);
      mutations.add(List.of(plainPut(row, publishTime), delete));
      return MutationEncoder.encode(TABLE, mutations, WriterStamp.of(publishTime + 1, publishTime));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Put plainPut(String row, long publishTime) {
    Put put = new Put(bytes(row));
    put.addColumn(FAMILY, bytes("q"), publishTime + 1, bytes("v" + publishTime));
    return put;
  }

  private static byte[] encode(org.apache.hadoop.hbase.client.Row mutation, long publishTime) {
    return MutationEncoder.encode(TABLE, mutation, WriterStamp.of(publishTime + 1, publishTime));
  }
}
