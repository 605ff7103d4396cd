package io.hrp.producer.hbase;

import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.config.DropInSettings;
import io.hrp.producer.config.TableMode;
import io.hrp.producer.metrics.DropInMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.TableName;

/** What all published tables of a connection share. Safe for use by any thread. */
final class TableParts {
  private final Configuration configuration;
  private final DropInSettings settings;
  private final HrpPublisher publisher;
  private final RowStamps stamps;
  private final LongSupplier nanoTime;
  private final Duration closeTimeout;
  private final Map<TableName, DropInMetrics> metrics = new ConcurrentHashMap<>();

  TableParts(
      Configuration configuration,
      DropInSettings settings,
      HrpPublisher publisher,
      RowStamps stamps,
      LongSupplier nanoTime,
      Duration closeTimeout) {
    this.configuration = configuration;
    this.settings = settings;
    this.publisher = publisher;
    this.stamps = stamps;
    this.nanoTime = nanoTime;
    this.closeTimeout = closeTimeout;
  }

  /** Begins now: by when a close has to end. */
  Deadline closeDeadline() {
    return Deadline.within(closeTimeout, nanoTime);
  }

  Configuration configuration() {
    return configuration;
  }

  DropInSettings settings() {
    return settings;
  }

  HrpPublisher publisher() {
    return publisher;
  }

  RowStamps stamps() {
    return stamps;
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }

  TableWrites writes(TableMode mode, RealTable real) {
    return new TableWrites(publisher, mode, settings.heal(), stamps, real, metrics(real.name()));
  }

  LocalFirstWrites localFirst(TableMode mode, RealTable real) {
    return new LocalFirstWrites(
        publisher, mode, settings.checkAndMutate(), stamps, real, metrics(real.name()));
  }

  /** Programs open a table for each call: its counters are looked up once. */
  DropInMetrics metrics(TableName table) {
    return metrics.computeIfAbsent(
        table,
        name -> new DropInMetrics(publisher.metrics(), name.getNameWithNamespaceInclAsString()));
  }

  CellSizeLimit cellSize(TableName table) {
    return new CellSizeLimit(table, CellSizeLimit.configured(configuration));
  }
}
