package io.hrp.producer.hbase;

import io.hrp.producer.api.Receipt;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.hbase.client.Row;
import org.jspecify.annotations.Nullable;

/**
 * One mutation between its beginning and its end: handed to Kafka, or left to the local cluster
 * alone because the table's topic is closed. Used by one thread at a time.
 */
final class PendingWrite {
  private final Row mutation;
  private final @Nullable CompletableFuture<Receipt> published;
  private final boolean isMarked;
  private @Nullable Row forLocal;
  private @Nullable IOException failure;

  private PendingWrite(
      Row mutation, @Nullable CompletableFuture<Receipt> published, boolean isMarked) {
    this.mutation = mutation;
    this.published = published;
    this.isMarked = isMarked;
  }

  static PendingWrite published(Row mutation, CompletableFuture<Receipt> receipt) {
    return new PendingWrite(mutation, receipt, false);
  }

  /** One that tells the local cluster's daemon to leave it alone. */
  static PendingWrite marked(Row mutation, CompletableFuture<Receipt> receipt) {
    return new PendingWrite(mutation, receipt, true);
  }

  /** One that goes to the local cluster as if HRP were not there. */
  static PendingWrite steppedAside(Row mutation) {
    PendingWrite write = new PendingWrite(mutation, null, false);
    write.forLocal = mutation;
    return write;
  }

  /** One that was not begun, and why. */
  static PendingWrite refused(Row mutation, IOException reason) {
    PendingWrite write = new PendingWrite(mutation, null, false);
    write.failure = reason;
    return write;
  }

  /** The caller's own object. */
  Row mutation() {
    return mutation;
  }

  /** Kafka's answer to come; empty if HRP stepped aside. */
  Optional<CompletableFuture<Receipt>> published() {
    return Optional.ofNullable(published);
  }

  boolean isMarked() {
    return isMarked;
  }

  void writeLocally(Row stamped) {
    forLocal = stamped;
  }

  /** What the local cluster has to be given. */
  Optional<Row> forLocal() {
    return failure == null ? Optional.ofNullable(forLocal) : Optional.empty();
  }

  void failed(IOException e) {
    failure = e;
  }

  /** Why it is not where it should be; empty as long as nothing is wrong. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }
}
