package io.hrp.producer;

import io.hrp.control.ClosedPolicy;
import io.hrp.control.ClosedTopic;
import io.hrp.control.ControlReader;
import io.hrp.control.ControlView;
import io.hrp.control.NotUnderstood;
import io.hrp.producer.api.ControlUnreadableException;
import io.hrp.producer.api.PublishInterruptedException;
import io.hrp.producer.api.TableUnavailableException;
import io.hrp.producer.api.TableUnavailableException.Reason;
import io.hrp.producer.api.TopicClosedException;
import io.hrp.producer.internal.route.SizeLimit;
import io.hrp.producer.internal.route.TableRoute;
import io.hrp.producer.internal.route.TopicFacts;
import io.hrp.producer.internal.route.TopicInspector;
import io.hrp.producer.metrics.TableMetrics;
import io.hrp.wire.TableId;
import io.hrp.wire.TopicNameTooLongException;
import io.hrp.wire.TopicNames;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.hadoop.hbase.TableName;
import org.jspecify.annotations.Nullable;

/**
 * The tables published to so far, each with its route.
 *
 * <p>A table's first mutation waits until the control topic has been read to its end once and the
 * broker has described the topic. After that a route costs a look into a map and a comparison with
 * the offset of the control state; when the state has moved on, it is read again whether the topic
 * is open and of how many partitions, and the topic is looked at again only if that changed.
 * Waiting for one table holds up no other.
 *
 * <p>Safe for use by any thread.
 */
final class Tables {
  private final ControlReader control;
  private final TopicInspector inspector;
  private final Function<TableId, TableMetrics> metricsOf;
  private final LongSupplier nanoTime;
  private final Duration maxBlock;
  private final int maxRequestSize;
  private final ConcurrentHashMap<TableName, PublishedTable> tables = new ConcurrentHashMap<>();

  Tables(
      ControlReader control,
      TopicInspector inspector,
      Function<TableId, TableMetrics> metricsOf,
      LongSupplier nanoTime,
      Duration maxBlock,
      int maxRequestSize) {
    this.control = control;
    this.inspector = inspector;
    this.metricsOf = metricsOf;
    this.nanoTime = nanoTime;
    this.maxBlock = maxBlock;
    this.maxRequestSize = maxRequestSize;
  }

  /**
   * The table, known by name alone; nothing is asked of the broker.
   *
   * @throws TableUnavailableException if its topic's name would be too long
   */
  PublishedTable of(TableName name) {
    PublishedTable table = tables.get(name);
    return table != null ? table : tables.computeIfAbsent(name, this::create);
  }

  /**
   * The table's route under the latest control state.
   *
   * @param mayWait false on a thread that must not wait for the network
   */
  TableRoute routeOf(PublishedTable table, BooleanSupplier mayWait) {
    ControlView view = control.current();
    TableRoute route = table.route();
    if (route != null && route.controlOffset() == view.state().controlOffset()) {
      return route;
    }
    requireOpen(view, table);
    if (!mayWait.getAsBoolean()) {
      throw unavailable(
          table,
          Reason.TOPIC_UNREACHABLE,
          "its topic was not described yet, and a continuation on Kafka's sender thread must not wait for it",
          null);
    }
    try {
      return resolve(table);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishInterruptedException(table.name(), e);
    }
  }

  /** Waits until the control topic has been read to its end once. */
  void requireControl() {
    try {
      if (!control.current().complete() && !control.awaitFirstRead(maxBlock)) {
        throw new ControlUnreadableException(null, maxBlock);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishInterruptedException(null, e);
    }
  }

  private TableRoute resolve(PublishedTable table) throws InterruptedException {
    long end = nanoTime.getAsLong() + maxBlock.toNanos();
    if (!control.current().complete() && !control.awaitFirstRead(maxBlock)) {
      throw new ControlUnreadableException(table.name(), maxBlock);
    }
    if (!table.lock().tryLock(Math.max(0, end - nanoTime.getAsLong()), TimeUnit.NANOSECONDS)) {
      throw unavailable(
          table,
          Reason.TOPIC_UNREACHABLE,
          "its topic '"
              + table.topic()
              + "' was not described within "
              + maxBlock.toMillis()
              + " ms",
          null);
    }
    try {
      ControlView view = control.current();
      requireOpen(view, table);
      TableRoute route = routeUnder(view, table, Math.max(0, end - nanoTime.getAsLong()));
      table.route(route);
      return route;
    } finally {
      table.lock().unlock();
    }
  }

  /** Without a lock, and before anything is asked of the broker. */
  private static void requireOpen(ControlView view, PublishedTable table) {
    Optional<ClosedTopic> closed = view.state().closedTopic(table.id());
    if (closed.isPresent()) {
      throw new TopicClosedException(
          table.name(),
          closed.get().policy() == ClosedPolicy.DIRECT
              ? TopicClosedException.Policy.DIRECT
              : TopicClosedException.Policy.REJECT,
          closed.get().note().toString());
    }
    Optional<NotUnderstood> foreign = view.state().forbidsPublishing(table.id());
    if (foreign.isPresent()) {
      throw unavailable(
          table,
          Reason.CONTROL_NOT_UNDERSTOOD,
          "the record '"
              + foreign.get().keyText()
              + "' of 'hrp-control' is of a newer program ("
              + foreign.get().reason()
              + "); update this library",
          null);
    }
  }

  private TableRoute routeUnder(ControlView view, PublishedTable table, long leftNanos)
      throws InterruptedException {
    OptionalInt declared = view.state().declaredPartitions(table.id());
    if (declared.isEmpty()) {
      throw unavailable(
          table,
          Reason.NOT_DECLARED,
          "no partition count is declared for it in 'hrp-control'; run: hrp topic create "
              + table.id(),
          null);
    }
    long controlOffset = view.state().controlOffset();
    TableRoute known = table.route();
    if (known != null && known.partitions() == declared.getAsInt()) {
      return known.confirmedBy(controlOffset);
    }
    TopicFacts facts = inspector.inspect(table.topic(), Duration.ofNanos(leftNanos));
    requirePresent(facts, table);
    if (facts.partitions() < declared.getAsInt()) {
      throw unavailable(
          table,
          Reason.TOO_FEW_PARTITIONS,
          "its topic '"
              + table.topic()
              + "' has "
              + facts.partitions()
              + " partitions and "
              + declared.getAsInt()
              + " are declared; see hrp topic describe "
              + table.id(),
          null);
    }
    return new TableRoute(
        declared.getAsInt(), controlOffset, SizeLimit.of(maxRequestSize, facts.maxMessageBytes()));
  }

  private void requirePresent(TopicFacts facts, PublishedTable table) {
    Throwable cause = facts.cause().orElse(null);
    String topic = "its topic '" + table.topic() + "' ";
    switch (facts.state()) {
      case PRESENT:
        return;
      case MISSING:
        throw unavailable(
            table,
            Reason.TOPIC_MISSING,
            topic + "does not exist; run: hrp topic create " + table.id(),
            cause);
      case NOT_AUTHORIZED:
        throw unavailable(
            table,
            Reason.NOT_AUTHORIZED,
            topic + "may not be described by this user; grant DESCRIBE and WRITE",
            cause);
      case UNREACHABLE:
        throw unavailable(
            table,
            Reason.TOPIC_UNREACHABLE,
            topic
                + "was not described within "
                + maxBlock.toMillis()
                + " ms; check that the broker is up",
            cause);
    }
    throw new AssertionError(facts.state());
  }

  private static TableUnavailableException unavailable(
      PublishedTable table, Reason reason, String why, @Nullable Throwable cause) {
    return new TableUnavailableException(
        table.name(), reason, "cannot publish to table '" + table.id() + "': " + why, cause);
  }

  private PublishedTable create(TableName name) {
    TableId id = TableId.of(name.getNamespaceAsString(), name.getQualifierAsString());
    try {
      return new PublishedTable(name, id, TopicNames.dataTopic(id), metricsOf.apply(id));
    } catch (TopicNameTooLongException e) {
      throw new TableUnavailableException(
          name, Reason.NAME_TOO_LONG, "cannot publish to table '" + id + "': " + e.getMessage(), e);
    }
  }
}
