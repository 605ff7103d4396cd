package io.hrp.producer.testing;

import io.hrp.producer.internal.route.TopicFacts;
import io.hrp.producer.internal.route.TopicInspector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Topics in memory. Thread-safe. */
public final class FakeTopics implements TopicInspector {
  private final Map<String, TopicFacts> topics = new ConcurrentHashMap<>();
  private final List<String> looks = new ArrayList<>();

  public FakeTopics with(String topic, int partitions, int maxMessageBytes) {
    topics.put(topic, TopicFacts.present(partitions, OptionalInt.of(maxMessageBytes)));
    return this;
  }

  public FakeTopics with(String topic, TopicFacts facts) {
    topics.put(topic, facts);
    return this;
  }

  /** Every look so far, in order. */
  public synchronized List<String> looks() {
    return List.copyOf(looks);
  }

  @Override
  public synchronized TopicFacts inspect(String topic, Duration timeout) {
    looks.add(topic);
    return topics.getOrDefault(
        topic,
        TopicFacts.absent(TopicFacts.State.MISSING, new IllegalStateException("no such topic")));
  }
}
