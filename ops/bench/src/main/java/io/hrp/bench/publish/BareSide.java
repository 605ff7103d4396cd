package io.hrp.bench.publish;

import io.hrp.bench.round.Sample;
import io.hrp.bench.round.Side;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's producer with the publisher's settings, given bytes that are already encoded, by one
 * thread. It makes a record of each and notices failures, as no program can do without.
 */
final class BareSide implements Side, AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final long brokerPid;
  private final int rows;
  private final List<ProducerRecord<byte[], byte[]>> encoded = PublishRows.encoded();

  BareSide(Map<String, Object> settings, long brokerPid, int rows) {
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.brokerPid = brokerPid;
    this.rows = rows;
  }

  @Override
  public String name() {
    return "bare";
  }

  @Override
  public Sample run(int round) {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    Callback noting =
        (metadata, thrown) -> {
          if (thrown != null) {
            failure.compareAndSet(null, thrown);
          }
        };
    SendMeter meter = SendMeter.start(brokerPid);
    for (int i = 0; i < rows; i++) {
      ProducerRecord<byte[], byte[]> row = encoded.get(i % encoded.size());
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(row.topic(), row.partition(), row.key(), row.value()), noting);
    }
    producer.flush();
    Sample sample = meter.stop(rows);
    Exception first = failure.get();
    if (first != null) {
      throw new KafkaException("the bare producer lost a row", first);
    }
    return sample;
  }

  @Override
  public void close() {
    producer.close();
  }
}
