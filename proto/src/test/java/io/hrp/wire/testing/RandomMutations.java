package io.hrp.wire.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.hadoop.hbase.ByteBufferKeyValue;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.IndividualBytesFieldCell;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Durability;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.util.Bytes;

/** Mutations of every kind and shape HRP publishes, from a seed. Not thread-safe. */
public final class RandomMutations {
  /** The attribute that an allow-list needs to keep what these mutations carry. */
  public static final String ATTRIBUTE = "tenant";

  private static final KeyValue.Type[] DELETE_TYPES = {
    KeyValue.Type.Delete,
    KeyValue.Type.DeleteColumn,
    KeyValue.Type.DeleteFamily,
    KeyValue.Type.DeleteFamilyVersion
  };

  private static final List<Durability> DURABILITIES = List.of(Durability.values());

  private final Random random;

  public RandomMutations(long seed) {
    this.random = new Random(seed);
  }

  /** The next mutation: a put, a delete, a row delete or row mutations. */
  public Row next() {
    byte[] row = bytes(1, random.nextInt(50) == 0 ? Short.MAX_VALUE : 30);
    if (random.nextInt(4) > 0) {
      return mutation(row, clusterIds());
    }
    List<UUID> clusterIds = clusterIds();
    List<Mutation> parts = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      parts.add(mutation(row, clusterIds));
    }
    return rowMutations(parts);
  }

  private static Row rowMutations(List<Mutation> parts) {
    try {
      return RowMutations.of(parts);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Mutation mutation(byte[] row, List<UUID> clusterIds) {
    Mutation mutation;
    switch (random.nextInt(5)) {
      case 0:
        mutation = delete(row);
        break;
      case 1:
        mutation = new Delete(row, timestamp());
        break;
      default:
        mutation = put(row);
        break;
    }
    decorate(mutation);
    if (!clusterIds.isEmpty()) {
      mutation.setClusterIds(clusterIds);
    }
    return mutation;
  }

  private Put put(byte[] row) {
    Put put = new Put(row);
    for (int i = random.nextInt(6); i >= 0; i--) {
      add(put, cell(row, KeyValue.Type.Put, timestamp()));
    }
    if (random.nextInt(3) == 0) {
      put.setTTL(1 + random.nextInt(1_000_000));
    }
    return put;
  }

  private Delete delete(byte[] row) {
    Delete delete = new Delete(row);
    for (int i = random.nextInt(4); i >= 0; i--) {
      KeyValue.Type type = DELETE_TYPES[random.nextInt(DELETE_TYPES.length)];
      boolean isExact = type == KeyValue.Type.Delete || type == KeyValue.Type.DeleteFamilyVersion;
      long timestamp = timestamp();
      add(
          delete,
          cell(row, type, isExact && timestamp == HConstants.LATEST_TIMESTAMP ? 5 : timestamp));
    }
    return delete;
  }

  private static void add(Mutation mutation, Cell cell) {
    byte[] family = CellUtil.cloneFamily(cell);
    mutation.getFamilyCellMap().computeIfAbsent(family, f -> new ArrayList<>()).add(cell);
  }

  private void decorate(Mutation mutation) {
    if (random.nextInt(3) == 0) {
      mutation.setDurability(DURABILITIES.get(random.nextInt(DURABILITIES.size())));
    }
    if (random.nextInt(4) == 0) {
      mutation.setAttribute("VISIBILITY", bytes(0, 20));
    }
    if (random.nextInt(4) == 0) {
      mutation.setAttribute("acl", bytes(0, 20));
    }
    if (random.nextInt(4) == 0) {
      mutation.setAttribute(ATTRIBUTE, bytes(0, 20));
    }
  }

  private List<UUID> clusterIds() {
    List<UUID> ids = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      ids.add(new UUID(random.nextLong(), random.nextLong()));
    }
    return ids;
  }

  private long timestamp() {
    switch (random.nextInt(5)) {
      case 0:
        return HConstants.LATEST_TIMESTAMP;
      case 1:
        return 0;
      case 2:
        return random.nextLong() & (Long.MAX_VALUE - 1);
      default:
        return 1_700_000_000_000L;
    }
  }

  /** A cell in one array, in slices of a larger one, in separate arrays, or outside the heap. */
  private Cell cell(byte[] row, KeyValue.Type type, long timestamp) {
    byte[] family = random.nextInt(3) == 0 ? bytes(1, 127) : Bytes.toBytes("cf");
    byte[] qualifier = bytes(0, 40);
    byte[] value = bytes(0, random.nextInt(20) == 0 ? 5_000 : 60);
    KeyValue plain = new KeyValue(row, family, qualifier, timestamp, type, value);
    switch (random.nextInt(4)) {
      case 0:
        byte[] larger = new byte[plain.getLength() + 20];
        random.nextBytes(larger);
        System.arraycopy(plain.getBuffer(), plain.getOffset(), larger, 9, plain.getLength());
        return new KeyValue(larger, 9, plain.getLength());
      case 1:
        ByteBuffer buffer = ByteBuffer.allocateDirect(plain.getLength() + 7);
        buffer.position(7);
        buffer.put(plain.getBuffer(), plain.getOffset(), plain.getLength());
        return new ByteBufferKeyValue(buffer, 7, plain.getLength());
      case 2:
        return new IndividualBytesFieldCell(row, family, qualifier, timestamp, type, value);
      default:
        return plain;
    }
  }

  private byte[] bytes(int min, int max) {
    byte[] bytes = new byte[min + random.nextInt(max - min + 1)];
    random.nextBytes(bytes);
    return bytes;
  }
}
