package io.hrp.producer;

import io.hrp.producer.api.BackPressureException;
import io.hrp.producer.api.ClockSkewException;
import io.hrp.producer.api.MutationRejectedException;
import io.hrp.producer.api.MutationTooLargeException;
import io.hrp.producer.api.PublishInterruptedException;
import io.hrp.producer.api.Receipt;
import io.hrp.producer.api.TableUnavailableException;
import io.hrp.producer.api.TimestampAheadException;
import io.hrp.producer.internal.limit.InFlightLimit;
import io.hrp.producer.internal.route.TableRoute;
import io.hrp.producer.internal.send.RecordSender;
import io.hrp.producer.internal.send.SendAttempt;
import io.hrp.producer.internal.stamp.ClockWatch;
import io.hrp.producer.internal.stamp.MutationShape;
import io.hrp.producer.internal.stamp.RowHash;
import io.hrp.producer.internal.stamp.RowStripes;
import io.hrp.producer.internal.stamp.Stamp;
import io.hrp.wire.MutationEncoder;
import io.hrp.wire.MutationRefusedException;
import io.hrp.wire.RowKey;
import io.hrp.wire.WriterStamp;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.client.Row;
import org.jspecify.annotations.Nullable;

/**
 * Takes one mutation from the caller to Kafka: reserve room, lock the row, stamp, encode, check,
 * send.
 *
 * <p>Room is reserved first, as much as the table's last mutation took, since waiting for it under
 * a row's lock would hold up other rows of the stripe; what the encoded mutation takes more is
 * added without waiting. Under the lock come the steps whose order must agree for one row: giving
 * the timestamp and handing over. A refusal after the timestamp was given leaves a gap between two
 * timestamps and nothing else.
 *
 * <p>Mutations that bring all their timestamps, and all under a job's timestamp, need no lock:
 * their order between threads is the caller's, and Kafka keeps that of one thread.
 *
 * <p>Safe for use by any thread.
 */
final class HandOver {
  /**
   * How long a caller that waits for the clock may take to notice that the publisher was closed.
   */
  private static final long LONGEST_SLEEP_MS = 20;

  private final Function<PublishedTable, TableRoute> routes;
  private final Waiting waiting;
  private final StampRules rules;
  private final RowStripes stripes;
  private final InFlightLimit limit;
  private final RecordSender sender;
  private final Outcomes outcomes;
  private final PublisherState state;

  /**
   * @param routes a table's route, or the refusal that stands against it; asked again after every
   *     wait, since a topic may have been closed meanwhile
   */
  HandOver(
      Function<PublishedTable, TableRoute> routes,
      Waiting waiting,
      StampRules rules,
      RowStripes stripes,
      InFlightLimit limit,
      RecordSender sender,
      Outcomes outcomes,
      PublisherState state) {
    this.routes = routes;
    this.waiting = waiting;
    this.rules = rules;
    this.stripes = stripes;
    this.limit = limit;
    this.sender = sender;
    this.outcomes = outcomes;
    this.state = state;
  }

  CompletableFuture<Receipt> handOver(PublishedTable table, Row mutation, Account account) {
    TableRoute route = routes.apply(table);
    long reserved = Math.min(table.expectedBytes(), rules.maxInFlightBytes());
    if (!limit.tryAcquire(reserved)) {
      route = awaitRoom(table, reserved);
    }
    InFlightMutation pending = new InFlightMutation(account, table, mutation, reserved);
    boolean sent = false;
    try {
      stampAndSend(new Order(table, route, mutation, pending));
      sent = true;
      return pending;
    } catch (MutationRefusedException e) {
      throw new MutationRejectedException(
          table.name(), e.row().toString(), e.reason().name(), String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishInterruptedException(table.name(), e);
    } finally {
      if (!sent) {
        limit.release(pending.reservedBytes());
      }
    }
  }

  private TableRoute awaitRoom(PublishedTable table, long bytes) {
    InFlightLimit.Admission admission;
    try {
      admission = limit.acquire(bytes, outcomes.isCallbackThread() ? 0 : waiting.maxBlockNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishInterruptedException(table.name(), e);
    }
    if (admission == InFlightLimit.Admission.CLOSED) {
      throw state.refusal(table.name());
    }
    if (admission == InFlightLimit.Admission.TIMED_OUT) {
      throw backPressure(table, null);
    }
    boolean routed = false;
    try {
      TableRoute route = routes.apply(table);
      routed = true;
      return route;
    } finally {
      if (!routed) {
        limit.release(bytes);
      }
    }
  }

  private void stampAndSend(Order order) throws InterruptedException {
    SendAttempt attempt;
    if (!MutationShape.needsTimestamp(order.mutation)) {
      order.pending.measureFrom(waiting.nanos());
      attempt = send(order, HConstants.LATEST_TIMESTAMP, waiting.wallMs());
    } else if (rules.jobTimestamp().isPresent()) {
      order.pending.measureFrom(waiting.nanos());
      attempt = send(order, rules.jobTimestamp().getAsLong(), waiting.wallMs());
    } else {
      attempt = sendUnderTheRowsLock(order);
    }
    if (attempt.result() != SendAttempt.Result.HANDED_OVER) {
      throw refusal(order, attempt);
    }
  }

  private SendAttempt sendUnderTheRowsLock(Order order) throws InterruptedException {
    long rowHash = RowHash.of(order.table.id().hashCode(), order.mutation.getRow());
    RowStripes.Stripe stripe = stripes.stripeOf(rowHash);
    long deadline = 0;
    while (true) {
      if (!stripe.tryLock(outcomes.isCallbackThread() ? 0 : waiting.maxBlockNanos())) {
        throw backPressure(order.table, null);
      }
      long stamp;
      try {
        long wallMs = waiting.wallMs();
        if (stripe.mayHaveJumped(wallMs) || waiting.watch().isBeyond()) {
          requireRightClock(order.table);
        }
        stamp = stripe.next(rowHash, wallMs);
        if (!Stamp.isAhead(stamp)) {
          if (stamp > wallMs) {
            order.table.metrics().bumped();
          }
          if (stripe.isMeasured()) {
            order.pending.measureFrom(waiting.nanos());
          }
          return send(order, stamp, wallMs);
        }
      } finally {
        stripe.unlock();
      }
      deadline = deadline == 0 ? waiting.nanos() + waiting.maxBlockNanos() : deadline;
      awaitClock(order, Stamp.waitMs(stamp), deadline);
    }
  }

  private void requireRightClock(PublishedTable table) {
    ClockWatch watch = waiting.watch();
    if (!watch.allows()) {
      throw new ClockSkewException(
          table.name(), Duration.ofMillis(watch.skewMs()), Duration.ofMillis(watch.maxSkewMs()));
    }
  }

  private void awaitClock(Order order, long waitMs, long deadline) throws InterruptedException {
    state.requireOpen(order.table.name());
    long leftMs = (deadline - waiting.nanos()) / 1_000_000;
    if (leftMs <= 0 || outcomes.isCallbackThread()) {
      throw new TimestampAheadException(
          order.table.name(), order.rowText(), waiting.maxBlock(), rules.maxAheadMs());
    }
    waiting.sleepMs(Math.min(Math.min(waitMs, leftMs), LONGEST_SLEEP_MS));
    order.route = routes.apply(order.table);
  }

  private SendAttempt send(Order order, long timestamp, long wallMs) {
    byte[] row = order.mutation.getRow();
    // Without a need for a timestamp the stamp's is never used, but must be a valid one.
    long stampTimestamp = timestamp == HConstants.LATEST_TIMESTAMP ? 0 : timestamp;
    byte[] value =
        MutationEncoder.encode(
            order.table.id(),
            order.mutation,
            WriterStamp.of(stampTimestamp, wallMs, rules.allowedAttributes()));
    long size = TableRoute.recordBytes(row, value) + rules.headerBytes();
    if (size > order.route.sizeLimit().bytes()) {
      throw new MutationTooLargeException(
          order.table.name(),
          order.rowText(),
          size,
          order.route.sizeLimit().bytes(),
          order.route.sizeLimit().settingName());
    }
    int partition = order.route.partitionOf(row);
    int bytes = row.length + value.length;
    order.table.expectBytes(bytes);
    long more = bytes - order.pending.reservedBytes();
    if (more > 0) {
      limit.grow(more);
    }
    order.pending.handingOver(timestamp, partition, bytes);
    return sender.send(order.table.topic(), partition, row, value, order.pending);
  }

  private RuntimeException refusal(Order order, SendAttempt attempt) {
    Exception cause = attempt.cause().orElseGet(IllegalStateException::new);
    if (!state.isOpen()) {
      return state.refusal(order.table.name());
    }
    switch (attempt.result()) {
      case INTERRUPTED:
        return new PublishInterruptedException(order.table.name(), cause);
      case BUFFER_FULL:
        return backPressure(order.table, cause);
      case TOO_LARGE:
        // Only if Kafka counts more than HRP does; the topic's settings are read again for the next
        // one.
        order.table.forgetRoute();
        return new MutationTooLargeException(
            order.table.name(),
            order.rowText(),
            order.pending.bytes(),
            order.route.sizeLimit().bytes(),
            order.route.sizeLimit().settingName());
      case NOT_AUTHORIZED:
        return unavailable(order, TableUnavailableException.Reason.NOT_AUTHORIZED, cause);
      case TOPIC_UNREACHABLE:
        order.table.forgetRoute();
        return unavailable(order, TableUnavailableException.Reason.TOPIC_UNREACHABLE, cause);
      default:
        outcomes.fatal(cause);
        return state.refusal(order.table.name());
    }
  }

  private static TableUnavailableException unavailable(
      Order order, TableUnavailableException.Reason reason, Exception cause) {
    return new TableUnavailableException(
        order.table.name(),
        reason,
        "cannot publish to table '"
            + order.table.id()
            + "' on topic '"
            + order.table.topic()
            + "' partition "
            + order.route.partitionOf(order.mutation.getRow())
            + ": "
            + cause.getMessage(),
        cause);
  }

  private BackPressureException backPressure(PublishedTable table, @Nullable Throwable cause) {
    return new BackPressureException(
        table.name(), waiting.maxBlock(), limit.bytes(), limit.records(), cause);
  }

  /** What one call works on. */
  private static final class Order {
    private final PublishedTable table;
    private TableRoute route;
    private final Row mutation;
    private final InFlightMutation pending;

    Order(PublishedTable table, TableRoute route, Row mutation, InFlightMutation pending) {
      this.table = table;
      this.route = route;
      this.mutation = mutation;
      this.pending = pending;
    }

    String rowText() {
      return RowKey.wrap(mutation.getRow()).toString();
    }
  }
}
