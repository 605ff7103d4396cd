package io.hrp.bench.publish;

import io.hrp.bench.round.Sample;
import io.hrp.bench.round.Side;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's producer with the publisher's settings, given bytes that are already encoded. It makes a
 * record of each and notices failures, as no program can do without.
 */
final class BareSide implements Side {

  private final KafkaProducer<byte[], byte[]> producer;
  private final Callers callers;
  private final long brokerPid;
  private final int rows;
  private final List<ProducerRecord<byte[], byte[]>> encoded;

  BareSide(
      KafkaProducer<byte[], byte[]> producer,
      Callers callers,
      List<ProducerRecord<byte[], byte[]>> encoded,
      long brokerPid,
      int rows) {
    this.producer = producer;
    this.callers = callers;
    this.brokerPid = brokerPid;
    this.rows = rows;
    this.encoded = encoded;
  }

  @Override
  public String name() {
    return "bare";
  }

  @Override
  public Sample run(int round) throws InterruptedException {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    Callback noting =
        (metadata, thrown) -> {
          if (thrown != null) {
            failure.compareAndSet(null, thrown);
          }
        };
    SendMeter meter = SendMeter.start(brokerPid);
    callers.share(
        rows,
        i -> {
          ProducerRecord<byte[], byte[]> row = encoded.get(i % encoded.size());
          Future<RecordMetadata> unused =
              producer.send(
                  new ProducerRecord<>(
                      row.topic(), row.partition(), null, row.key(), row.value(), row.headers()),
                  noting);
        });
    producer.flush();
    Sample sample = meter.stop(rows);
    Exception first = failure.get();
    if (first != null) {
      throw new KafkaException("the bare producer lost a row", first);
    }
    return sample;
  }
}
