package io.hrp.producer;

import io.hrp.producer.api.PublishFailedException;
import io.hrp.producer.api.PublishFailedException.Outcome;
import io.hrp.producer.api.Receipt;
import io.hrp.producer.internal.send.PendingSend;
import io.hrp.producer.internal.send.SendFailure;
import io.hrp.wire.MutationEncoder;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.client.Row;

/**
 * A mutation between hand-over and outcome, and its future. It keeps the caller's mutation, not the
 * bytes, and makes the stamped copy only when someone asks for it.
 */
final class InFlightMutation extends PendingSend<Receipt> {
  private final Account account;
  private final PublishedTable table;
  private final Row mutation;
  private long reservedBytes;
  private long startedNanos;
  private long timestamp = HConstants.LATEST_TIMESTAMP;
  private int partition;
  private int bytes;

  InFlightMutation(Account account, PublishedTable table, Row mutation, long reservedBytes) {
    this.account = account;
    this.table = table;
    this.mutation = mutation;
    this.reservedBytes = reservedBytes;
  }

  /** Called before hand-over, which publishes these fields to Kafka's sender thread. */
  void handingOver(long givenTimestamp, int toPartition, int sizeBytes) {
    timestamp = givenTimestamp;
    partition = toPartition;
    bytes = sizeBytes;
    reservedBytes = Math.max(reservedBytes, sizeBytes);
  }

  Account account() {
    return account;
  }

  PublishedTable table() {
    return table;
  }

  long reservedBytes() {
    return reservedBytes;
  }

  /**
   * Has the time to the outcome measured, from a reading of the ticker. Called before hand-over.
   */
  void measureFrom(long nanos) {
    // Zero stands for "not measured"; a nanosecond does not matter.
    startedNanos = nanos | 1;
  }

  boolean isMeasured() {
    return startedNanos != 0;
  }

  long startedNanos() {
    return startedNanos;
  }

  int bytes() {
    return bytes;
  }

  /** If nothing lacked a timestamp none was given, and the copy replaces none. */
  private Row stamped() {
    return MutationEncoder.stamped(
        mutation, timestamp == HConstants.LATEST_TIMESTAMP ? 0 : timestamp);
  }

  @Override
  protected void calledBackBy(Thread thread) {
    account.outcomes().calledBackBy(thread);
  }

  @Override
  protected void acknowledged(int inPartition, long offset, long timestampMs) {
    account
        .outcomes()
        .acknowledged(
            this,
            timestampMs,
            new Receipt(
                table.name(), table.topic(), inPartition, offset, timestamp, this::stamped));
  }

  @Override
  protected void failed(SendFailure failure) {
    Outcome outcome =
        failure.kind() == SendFailure.Kind.NOT_WRITTEN ? Outcome.NOT_WRITTEN : Outcome.UNKNOWN;
    account
        .outcomes()
        .failed(
            this,
            failure,
            new PublishFailedException(
                table.name(), table.topic(), partition, outcome, this::stamped, failure.cause()));
  }
}
