package io.hrp.consumer.poll;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Topics and groups in memory, for what a look asks. */
final class FakeCluster implements ClusterQuestions {
  final Map<String, Topic> topics = new HashMap<>();
  final Map<String, Map<TopicPartition, OffsetAndMetadata>> groups = new HashMap<>();
  final Set<String> compacted = new HashSet<>();

  /** Topics that nobody may describe. */
  final Set<String> refused = new HashSet<>();

  final Set<TopicPartition> leaderless = new HashSet<>();
  final Map<TopicPartition, Long> ends = new HashMap<>();
  boolean isAway;

  void commit(String group, TopicPartition partition, long offset, String metadata) {
    groups
        .computeIfAbsent(group, each -> new HashMap<>())
        .put(partition, new OffsetAndMetadata(offset, metadata));
  }

  @Override
  public Map<String, Topic> topics(Set<String> names, Refusals refusals) throws TimeoutException {
    if (isAway) {
      throw new TimeoutException("away");
    }
    Map<String, Topic> found = new HashMap<>(topics);
    found.keySet().retainAll(names);
    for (String name : refused) {
      if (found.remove(name) != null) {
        refusals.refused(name, "no right");
      }
    }
    return found;
  }

  @Override
  public Set<String> topicNames() {
    return Set.copyOf(topics.keySet());
  }

  @Override
  public Map<String, Boolean> compaction(Set<String> names, Refusals refusals) {
    Map<String, Boolean> found = new HashMap<>();
    names.forEach(name -> found.put(name, compacted.contains(name)));
    return found;
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> committed(
      String groupId, Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> found =
        new HashMap<>(groups.getOrDefault(groupId, Map.of()));
    found.keySet().retainAll(Set.copyOf(partitions));
    return found;
  }

  @Override
  public Map<TopicPartition, Long> earliest(Set<TopicPartition> partitions, Refusals refusals) {
    return of(partitions, each -> 0L);
  }

  @Override
  public Map<TopicPartition, Long> end(Set<TopicPartition> partitions, Refusals refusals) {
    return of(partitions, each -> ends.getOrDefault(each, 0L));
  }

  private Map<TopicPartition, Long> of(
      Set<TopicPartition> partitions, Function<TopicPartition, Long> offset) {
    Map<TopicPartition, Long> found = new HashMap<>();
    for (TopicPartition partition : partitions) {
      if (!leaderless.contains(partition)) {
        found.put(partition, offset.apply(partition));
      }
    }
    return found;
  }

  @Override
  public CompletableFuture<Map<String, String>> topicIds(Set<String> names) {
    Map<String, String> found = new HashMap<>();
    topics.forEach((name, topic) -> found.put(name, topic.id()));
    found.keySet().retainAll(names);
    return CompletableFuture.completedFuture(found);
  }
}
