package io.hrp.bench.publish;

import io.hrp.wire.MutationEncoder;
import io.hrp.wire.RowPartitioner;
import io.hrp.wire.TableId;
import io.hrp.wire.TopicNames;
import io.hrp.wire.WriterStamp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.hbase.client.Put;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What both sides send: five columns of 20 bytes, the timestamps left to the publisher. */
final class PublishRows {

  static final TableId TABLE = TableId.of("bench", "published");
  static final int PARTITIONS = 4;

  /**
   * Few enough that they stay in the processor's cache, as rows do that a program has just built.
   * One comes again only milliseconds later, so hardly a timestamp has to run ahead of the clock.
   */
  private static final int POOL = 2_000;

  private static final long SEED = 7;
  private static final int COLUMNS = 5;
  private static final int VALUE_LENGTH = 20;
  private static final byte[] FAMILY = bytes("d");

  private PublishRows() {}

  /** The same rows at every call. */
  static List<Put> puts() {
    Random random = new Random(SEED);
    return Stream.generate(() -> put(random)).limit(POOL).toList();
  }

  /** The same rows as the publisher would send them now. */
  static List<ProducerRecord<byte[], byte[]>> encoded() {
    long now = System.currentTimeMillis();
    String topic = TopicNames.dataTopic(TABLE);
    return puts().stream()
        .map(
            put ->
                new ProducerRecord<>(
                    topic,
                    RowPartitioner.partition(put.getRow(), PARTITIONS),
                    put.getRow(),
                    MutationEncoder.encode(TABLE, put, WriterStamp.of(now, now))))
        .toList();
  }

  private static Put put(Random random) {
    Put put = new Put(bytes("%016x".formatted(random.nextLong())));
    for (int i = 0; i < COLUMNS; i++) {
      byte[] value = new byte[VALUE_LENGTH];
      random.nextBytes(value);
      put.addColumn(FAMILY, bytes("c" + i), value);
    }
    return put;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
