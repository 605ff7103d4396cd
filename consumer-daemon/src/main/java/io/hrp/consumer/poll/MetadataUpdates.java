package io.hrp.consumer.poll;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Counts how often a consumer has taken up news of the cluster. Kafka tells this to deserializers,
 * so it is one, of bytes as they are.
 *
 * <p>Why it matters: a fetch names its topics by id (Kafka 2.8 and later), and a broker answers
 * only for that id. The consumer takes the ids from its view of the cluster. So a record comes from
 * a topic made anew only if that view has changed since; and Kafka calls here before it sends, or
 * takes an answer from the network, under the new view.
 *
 * <p>Safe for use by any thread.
 */
final class MetadataUpdates extends ByteArrayDeserializer implements ClusterResourceListener {
  private final AtomicLong count = new AtomicLong();

  @Override
  public void onUpdate(ClusterResource cluster) {
    count.incrementAndGet();
  }

  /** How many there were. Never falls. */
  long count() {
    return count.get();
  }
}
