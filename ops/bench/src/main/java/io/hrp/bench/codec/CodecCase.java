package io.hrp.bench.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;

/** Kinds of mutations to measure with. */
public enum CodecCase {
  /** The common one, which the ratios are about. */
  PUT_5("put 5x20"),
  PUT_10("put 10x20"),
  PUT_FAMILIES("put 3 families"),
  DELETE("delete 5 columns"),
  ROW_DELETE("delete row"),
  ROW_MUTATIONS("row mutations");

  /** Milliseconds since 1970, of 2026: given by the writer, so that both sides carry the same. */
  static final long TIMESTAMP = 1_770_000_000_000L;

  /** Enough that no branch predictor learns them, few enough for the cache. */
  private static final int POOL = 2_000;

  private static final long SEED = 20;
  private static final int VALUE_LENGTH = 20;
  private static final byte[] FAMILY = bytes("d");

  private final String title;

  CodecCase(String title) {
    this.title = title;
  }

  /** As it is shown. */
  String title() {
    return title;
  }

  /** What HBase itself would send such mutations as. */
  Codec hbaseCodec() {
    return this == ROW_MUTATIONS ? HBaseCodec.ofRowMutations() : HBaseCodec.ofMutations();
  }

  /** The same mutations at every call. */
  List<Row> mutations() {
    Random random = new Random(SEED);
    return Stream.generate(() -> next(random)).limit(POOL).toList();
  }

  private Row next(Random random) {
    byte[] row = bytes("%016x".formatted(random.nextLong()));
    return switch (this) {
      case PUT_5 -> put(row, 5, random);
      case PUT_10 -> put(row, 10, random);
      case PUT_FAMILIES -> families(row, random);
      case DELETE -> deleteColumns(row);
      case ROW_DELETE -> new Delete(row, TIMESTAMP);
      case ROW_MUTATIONS -> rowMutations(row, random);
    };
  }

  private static Put put(byte[] row, int columns, Random random) {
    Put put = new Put(row, TIMESTAMP);
    for (int i = 0; i < columns; i++) {
      put.addColumn(FAMILY, bytes("c" + i), value(random));
    }
    return put;
  }

  private static Put families(byte[] row, Random random) {
    Put put = new Put(row, TIMESTAMP);
    for (String family : List.of("attributes", "counts", "text")) {
      for (int i = 0; i < 3; i++) {
        put.addColumn(bytes(family), bytes("c" + i), value(random));
      }
    }
    return put;
  }

  private static Delete deleteColumns(byte[] row) {
    Delete delete = new Delete(row, TIMESTAMP);
    for (int i = 0; i < 5; i++) {
      delete.addColumns(FAMILY, bytes("c" + i));
    }
    return delete;
  }

  private static RowMutations rowMutations(byte[] row, Random random) {
    try {
      return RowMutations.of(List.of(deleteColumns(row), put(row, 5, random)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] value(Random random) {
    byte[] value = new byte[VALUE_LENGTH];
    random.nextBytes(value);
    return value;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
