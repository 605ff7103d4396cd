package io.hrp.producer;

import io.hrp.producer.internal.route.TableRoute;
import io.hrp.producer.metrics.TableMetrics;
import io.hrp.wire.TableId;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hadoop.hbase.TableName;
import org.jspecify.annotations.Nullable;

/** What the publisher keeps of one table. The route is replaced under the lock and read without. */
final class PublishedTable {
  private final TableName name;
  private final TableId id;
  private final String topic;
  private final TableMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable TableRoute route;

  /** A guess, so a race that loses a write does no harm. Neither does an error at the beginning. */
  private int expectedBytes = 256;

  PublishedTable(TableName name, TableId id, String topic, TableMetrics metrics) {
    this.name = name;
    this.id = id;
    this.topic = topic;
    this.metrics = metrics;
  }

  /** About as many bytes as the table's next mutation will take. */
  int expectedBytes() {
    return expectedBytes;
  }

  void expectBytes(int bytes) {
    if (bytes != expectedBytes) {
      expectedBytes = bytes;
    }
  }

  TableName name() {
    return name;
  }

  TableId id() {
    return id;
  }

  String topic() {
    return topic;
  }

  TableMetrics metrics() {
    return metrics;
  }

  ReentrantLock lock() {
    return lock;
  }

  @Nullable TableRoute route() {
    return route;
  }

  void route(TableRoute newRoute) {
    route = newRoute;
  }

  /** The next mutation looks at the topic anew. */
  void forgetRoute() {
    route = null;
  }
}
