package io.hrp.producer.spark;

import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.testing.FakePublisher;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The publishers that tasks of this process open. Static, since tasks are deserialised. */
final class FakePublishers implements PartitionTask.Publishers {
  private static final long serialVersionUID = 1;
  static final List<FakePublisher> OPENED = new CopyOnWriteArrayList<>();
  static final List<PublisherOptions> OPTIONS = new CopyOnWriteArrayList<>();

  @Override
  public HrpPublisher apply(PublisherOptions options) {
    FakePublisher publisher = new FakePublisher();
    OPTIONS.add(options);
    OPENED.add(publisher);
    return publisher;
  }

  static void forget() {
    OPENED.clear();
    OPTIONS.clear();
  }

  static long published() {
    return OPENED.stream().mapToLong(publisher -> publisher.published().size()).sum();
  }
}
