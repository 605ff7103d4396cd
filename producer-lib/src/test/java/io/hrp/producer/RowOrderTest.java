package io.hrp.producer;

import static io.hrp.producer.PublisherFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.hrp.proto.v1.PutMessage;
import io.hrp.wire.RowKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several threads write the same few rows: what the log holds must be in the order of timestamps.
 */
@Timeout(60)
final class RowOrderTest {
  private static final int THREADS = 4;
  private static final int PER_THREAD = 5_000;

  @Test
  void recordsOfOneRowStandInTheOrderOfTheirTimestamps() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    PublisherFixture fixture =
        new PublisherFixture(PublisherFixture.options().maxAhead(Duration.ofHours(1))).declared();
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Random random = new Random(seed + thread);
      writers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < PER_THREAD; i++) {
                  fixture.publisher.publish(
                      ORDERS, PublisherFixture.put("row" + random.nextInt(5)));
                  if (random.nextInt(50) == 0) {
                    fixture.time.advance(Duration.ofMillis(1));
                  }
                }
              }));
    }

    CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).get(50, TimeUnit.SECONDS);

    Map<RowKey, Long> last = new HashMap<>();
    for (ProducerRecord<byte[], byte[]> sent : fixture.kafka.history()) {
      long timestamp = timestampOf(sent);
      Long before = last.put(RowKey.wrap(sent.key()), timestamp);
      assertThat(before == null || before < timestamp).as("seed %d", seed).isTrue();
    }
    assertThat(fixture.kafka.history()).hasSize(THREADS * PER_THREAD);
    assertThat(last).hasSize(5);
  }

  private static long timestampOf(ProducerRecord<byte[], byte[]> sent)
      throws InvalidProtocolBufferException {
    return PutMessage.parseFrom(sent.value()).getTimestamp();
  }
}
