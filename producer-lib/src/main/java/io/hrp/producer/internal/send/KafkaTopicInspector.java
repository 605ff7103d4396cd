package io.hrp.producer.internal.send;

import static java.util.Objects.requireNonNull;

import io.hrp.producer.internal.route.TopicFacts;
import io.hrp.producer.internal.route.TopicInspector;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at topics through Kafka's admin client. It opens one for each look and closes it again,
 * since a publisher looks at a topic once and then hardly ever. Safe for use by any thread.
 */
public final class KafkaTopicInspector implements TopicInspector {
  private static final Logger log = LoggerFactory.getLogger(KafkaTopicInspector.class);

  private final Map<String, Object> settings;
  private final LongSupplier nanoTime;

  public KafkaTopicInspector(Map<String, Object> settings, LongSupplier nanoTime) {
    this.settings = Map.copyOf(settings);
    this.nanoTime = nanoTime;
  }

  @Override
  public TopicFacts inspect(String topic, Duration timeout) throws InterruptedException {
    long end = nanoTime.getAsLong() + timeout.toNanos();
    Admin admin;
    try {
      admin = Admin.create(settings);
    } catch (KafkaException e) {
      return TopicFacts.absent(TopicFacts.State.UNREACHABLE, e);
    }
    try {
      int partitions =
          await(
                  requireNonNull(admin.describeTopics(Set.of(topic)).topicNameValues().get(topic)),
                  end)
              .partitions()
              .size();
      return TopicFacts.present(partitions, maxMessageBytes(admin, topic, end));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return TopicFacts.absent(stateOf(cause), cause);
    } catch (TimeoutException e) {
      return TopicFacts.absent(TopicFacts.State.UNREACHABLE, e);
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  /**
   * A user without the right to describe settings still publishes; the broker then has the last
   * word.
   */
  private OptionalInt maxMessageBytes(Admin admin, String topic, long end)
      throws InterruptedException, ExecutionException, TimeoutException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      ConfigEntry entry =
          await(requireNonNull(admin.describeConfigs(Set.of(resource)).values().get(resource)), end)
              .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
      return entry == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(entry.value()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        log.info(
            "not allowed to see the topic's size limit, relying on max.request.size topic={}",
            topic);
        return OptionalInt.empty();
      }
      throw e;
    }
  }

  private <T> T await(KafkaFuture<T> future, long end)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(Math.max(0, end - nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
  }

  private static TopicFacts.State stateOf(Throwable cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return TopicFacts.State.MISSING;
    }
    return cause instanceof AuthorizationException || cause instanceof AuthenticationException
        ? TopicFacts.State.NOT_AUTHORIZED
        : TopicFacts.State.UNREACHABLE;
  }
}
