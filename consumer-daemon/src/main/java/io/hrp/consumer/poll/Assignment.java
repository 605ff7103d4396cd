package io.hrp.consumer.poll;

import io.hrp.consumer.dispatch.LaneReport;
import io.hrp.consumer.dispatch.PartitionLanes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The partitions that the peer owns now. Belongs to the poll thread. */
final class Assignment {
  private final Map<TopicPartition, PartitionWork> works = new HashMap<>();

  void add(PartitionWork work) {
    works.put(work.partition(), work);
  }

  @Nullable PartitionWork get(TopicPartition partition) {
    return works.get(partition);
  }

  /** Those of the partitions that are owned; they are forgotten. */
  List<PartitionWork> remove(Collection<TopicPartition> partitions) {
    List<PartitionWork> removed = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      PartitionWork work = works.remove(partition);
      if (work != null) {
        removed.add(work);
      }
    }
    return removed;
  }

  /** Those of the partitions that are owned. */
  List<PartitionWork> of(Collection<TopicPartition> partitions) {
    List<PartitionWork> found = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      PartitionWork work = works.get(partition);
      if (work != null) {
        found.add(work);
      }
    }
    return found;
  }

  /** Whom a report speaks of; empty if that assignment is over. */
  Optional<PartitionWork> ownerOf(LaneReport report) {
    PartitionLanes lanes = report.lanes();
    PartitionWork work =
        works.get(new TopicPartition(lanes.identity().topic(), lanes.identity().partition()));
    return work != null && work.isOpen() && work.lanes() == lanes
        ? Optional.of(work)
        : Optional.empty();
  }

  Collection<PartitionWork> all() {
    return works.values();
  }
}
