package io.hrp.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.it.env.TestTable.Retention;
import io.hrp.wire.DeadLetterHeaders;
import io.hrp.wire.MutationEncoder;
import io.hrp.wire.RowPartitioner;
import io.hrp.wire.TableId;
import io.hrp.wire.TopicNames;
import io.hrp.wire.WriterStamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records that can never be applied, in the middle of records that can. */
final class PoisonRecordIT {
  private static final long TIMESTAMP = 1_700_000_000_000L;
  private static final int MAX_CELL_BYTES = 4_096;
  private static final int NEIGHBOURS = 40;

  @RegisterExtension final Scene scene = new Scene();

  /** What stands in the topic: a record, and the error expected if it is poison. */
  private record Planned(ProducerRecord<byte[], byte[]> record, String reason) {
    static final String NONE = "";

    boolean isPoison() {
      return !reason.equals(NONE);
    }
  }

  @Test
  void poisonGoesToTheDeadLetterTopicUntouchedAndAllElseIsApplied() {
    TestTable table = tableThatRefusesLargeCells();
    List<Planned> planned = plan(table);
    List<RecordMetadata> written =
        scene.broker().send(planned.stream().map(Planned::record).toList());
    for (int i = 0; i < planned.size(); i++) {
      if (!planned.get(i).isPoison()) {
        scene.ledger(table).expect(put(planned.get(i).record().key()), written.get(i).offset());
      }
    }

    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));

    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, table, Duration.ofMinutes(1));
      assertThat(scene.compare(peer, table)).isEqualTo(scene.everythingAcknowledged(table));
      Map<String, ConsumerRecord<byte[], byte[]>> letters = lettersOf(peer, table);
      for (int i = 0; i < planned.size(); i++) {
        String place = written.get(i).partition() + "/" + written.get(i).offset();
        if (planned.get(i).isPoison()) {
          assertLetter(letters.remove(place), planned.get(i), written.get(i));
        }
      }
      assertThat(letters.keySet()).as("dead letters that nobody expected").isEmpty();
    }
  }

  private TestTable tableThatRefusesLargeCells() {
    TestTable table = scene.newTable(Retention.EVERYTHING, "a");
    TableDescriptor descriptor =
        TableDescriptorBuilder.newBuilder(table.descriptor())
            .setValue("hbase.server.keyvalue.maxsize", Integer.toString(MAX_CELL_BYTES))
            .build();
    scene.servers().clusters().forEach(c -> c.createTable(descriptor, List.of()));
    scene.declare(table);
    return table;
  }

  /** All on one partition, poison evenly among good neighbours, so that they share calls. */
  private static List<Planned> plan(TestTable table) {
    String topic = TopicNames.dataTopic(table.id());
    List<byte[]> rows = rowsOfPartitionZero(table.partitions());
    List<Planned> planned = new ArrayList<>();
    int next = 0;
    for (Map.Entry<String, byte[][]> poison : poison(table, rows).entrySet()) {
      for (int i = 0; i < NEIGHBOURS; i++) {
        byte[] row = rows.get(next++);
        planned.add(new Planned(record(topic, row, encoded(table.id(), put(row))), Planned.NONE));
      }
      planned.add(
          new Planned(record(topic, poison.getValue()[0], poison.getValue()[1]), poison.getKey()));
    }
    byte[] last = rows.get(next);
    planned.add(new Planned(record(topic, last, encoded(table.id(), put(last))), Planned.NONE));
    return planned;
  }

  /** Key and value of each poison record, by the reason expected. */
  private static Map<String, byte[][]> poison(TestTable table, List<byte[]> rows) {
    byte[] row = rows.get(rows.size() - 1);
    byte[] good = encoded(table.id(), put(row));
    byte[] large = new byte[2 * MAX_CELL_BYTES];
    Put tooLarge = new Put(row, TIMESTAMP).addColumn(Bytes.toBytes("a"), Bytes.toBytes("q"), large);
    byte[] otherPartition = rowOfAnotherPartition(table.partitions());
    Map<String, byte[][]> poison = new LinkedHashMap<>();
    poison.put("malformed", new byte[][] {row, {(byte) 0xFF, 0x00, 0x13, 0x37}});
    poison.put("wrong-key", new byte[][] {rows.get(0), good});
    poison.put(
        "wrong-table",
        new byte[][] {row, encoded(TableId.of("default", "someone-elses"), put(row))});
    poison.put(
        "wrong-partition", new byte[][] {otherPartition, encoded(table.id(), put(otherPartition))});
    poison.put("mutation-too-large", new byte[][] {row, encoded(table.id(), tooLarge)});
    return poison;
  }

  private static void assertLetter(
      ConsumerRecord<byte[], byte[]> letter, Planned planned, RecordMetadata source) {
    assertThat(letter).as("dead letter for " + planned.reason()).isNotNull();
    DeadLetterHeaders headers = headers(letter);
    assertThat(letter.key()).isEqualTo(planned.record().key());
    assertThat(letter.value()).isEqualTo(planned.record().value());
    assertThat(letter.partition()).isEqualTo(source.partition());
    assertThat(headers.sourceTopic()).isEqualTo(source.topic());
    assertThat(headers.errorKind()).isEqualTo("POISON");
    assertThat(headers.errorMessage()).startsWith(planned.reason() + ": ");
    // Only what passes every check of the record itself is ever tried on the target.
    if (planned.reason().equals("mutation-too-large")) {
      assertThat(headers.attempts()).isPositive();
    } else {
      assertThat(headers.attempts()).isZero();
    }
    assertThat(headers.failedAtMs()).isGreaterThanOrEqualTo(source.timestamp());
  }

  private Map<String, ConsumerRecord<byte[], byte[]>> lettersOf(Peer peer, TestTable table) {
    Map<String, ConsumerRecord<byte[], byte[]>> letters = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> letter : scene.deadLetters(table)) {
      DeadLetterHeaders headers = headers(letter);
      if (headers.peer().equals(peer.name())) {
        String place = headers.sourcePartition() + "/" + headers.sourceOffset();
        assertThat(letters.put(place, letter)).as("a second dead letter for " + place).isNull();
      }
    }
    return letters;
  }

  private static DeadLetterHeaders headers(ConsumerRecord<byte[], byte[]> letter) {
    List<Map.Entry<String, byte[]>> headers = new ArrayList<>();
    letter.headers().forEach(header -> headers.add(Map.entry(header.key(), header.value())));
    return DeadLetterHeaders.parse(headers);
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, byte[] key, byte[] value) {
    return new ProducerRecord<>(topic, 0, key, value);
  }

  private static byte[] encoded(TableId table, Put put) {
    return MutationEncoder.encode(table, put, WriterStamp.of(TIMESTAMP, TIMESTAMP));
  }

  private static Put put(byte[] row) {
    return new Put(row, TIMESTAMP).addColumn(Bytes.toBytes("a"), Bytes.toBytes("q"), row);
  }

  private static List<byte[]> rowsOfPartitionZero(int partitions) {
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; rows.size() < 6 * NEIGHBOURS; i++) {
      byte[] row = ("row-" + i).getBytes(StandardCharsets.UTF_8);
      if (RowPartitioner.partition(row, partitions) == 0) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static byte[] rowOfAnotherPartition(int partitions) {
    for (int i = 0; ; i++) {
      byte[] row = ("stray-" + i).getBytes(StandardCharsets.UTF_8);
      if (RowPartitioner.partition(row, partitions) != 0) {
        return row;
      }
    }
  }
}
