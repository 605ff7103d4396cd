package io.hrp.ops.steer;

import static java.util.Objects.requireNonNull;

import java.util.function.ToLongFunction;

/** Asks Kafka how many records of a table a peer has not committed; -1 if that cannot be told. */
public final class PeerBacklog implements ToLongFunction<Overview.PeerTableName> {
  private final TopicAdmin topics;

  public PeerBacklog(TopicAdmin topics) {
    this.topics = requireNonNull(topics, "topics");
  }

  @Override
  public long applyAsLong(Overview.PeerTableName name) {
    return Backlog.of(topics.committed(name.peer(), name.table()), topics.ends(name.table()));
  }
}
