package io.hrp.bench.publish;

import io.hrp.wire.MutationEncoder;
import io.hrp.wire.RowPartitioner;
import io.hrp.wire.TableId;
import io.hrp.wire.TopicNames;
import io.hrp.wire.WriterHeader;
import io.hrp.wire.WriterStamp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Put;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** What both sides of a case send; the timestamps are left to the publisher. */
final class PublishRows {

  static final int PARTITIONS = 4;

  private static final String NAMESPACE = "bench";

  /**
   * Few enough that they stay in the processor's cache, as rows do that a program has just built.
   * One comes again only milliseconds later, so hardly a timestamp has to run ahead of the clock.
   */
  private static final int MOST_ROWS = 2_000;

  private static final int FEWEST_ROWS = 32;

  private static final long POOL_BYTES = 4L << 20;

  private static final long SEED = 7;
  private static final byte[] FAMILY = bytes("d");

  private final PublishCase shape;
  private final TableId table;

  PublishRows(PublishCase shape) {
    this.shape = shape;
    this.table = TableId.of(NAMESPACE, shape.tableName());
  }

  TableId table() {
    return table;
  }

  TableName tableName() {
    return TableName.valueOf(table.namespace(), table.name());
  }

  /** The same rows at every call. */
  List<Put> puts() {
    Random random = new Random(SEED);
    long pool = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, POOL_BYTES / shape.bytesPerRow()));
    return Stream.generate(() -> put(random)).limit(pool).toList();
  }

  /** The same rows as the publisher would send them now, its header included. */
  List<ProducerRecord<byte[], byte[]>> encoded(String writer) {
    long now = System.currentTimeMillis();
    List<Header> headers = List.of(new RecordHeader(WriterHeader.NAME, WriterHeader.value(writer)));
    String topic = TopicNames.dataTopic(table);
    return puts().stream()
        .map(
            put ->
                new ProducerRecord<>(
                    topic,
                    RowPartitioner.partition(put.getRow(), PARTITIONS),
                    null,
                    put.getRow(),
                    MutationEncoder.encode(table, put, WriterStamp.of(now, now)),
                    headers))
        .toList();
  }

  private Put put(Random random) {
    Put put = new Put(bytes("%016x".formatted(random.nextLong())));
    for (int i = 0; i < shape.columns(); i++) {
      byte[] value = new byte[shape.valueBytes()];
      random.nextBytes(value);
      put.addColumn(FAMILY, bytes("c" + i), value);
    }
    return put;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
