package io.hrp.producer.hbase;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.hadoop.hbase.client.Connection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster that the configuration names, opened when something needs it for the first time: a
 * writer that only publishes may have none in reach.
 *
 * <p>Safe for use by any thread; the first ones to need it wait for one opening.
 */
final class RealCluster {
  private static final Logger log = LoggerFactory.getLogger(RealCluster.class);

  /** Asking a cluster that is away takes seconds, in which a writer stands still. */
  private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Opener opener;
  private final @Nullable ExecutorService callersPool;
  private final Supplier<ExecutorService> newPool;
  private @Nullable ExecutorService ownPool;
  private @Nullable Connection connection;
  private boolean isClosed;
  private final LongSupplier nanoTime;
  private final Object asking = new Object();
  private volatile @Nullable UUID clusterId;
  private boolean hasAsked;
  private long askedNanos;

  /** Connects. */
  @FunctionalInterface
  interface Opener {
    Connection open(ExecutorService pool) throws IOException;
  }

  /**
   * @param callersPool for batches, and not ours to shut down; null if one is to be made
   * @param newPool makes one
   */
  RealCluster(
      Opener opener,
      @Nullable ExecutorService callersPool,
      Supplier<ExecutorService> newPool,
      LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.opener = opener;
    this.callersPool = callersPool;
    this.newPool = newPool;
  }

  /**
   * The connection, opened if it is not yet.
   *
   * @throws IOException if it cannot be opened, or was closed
   */
  synchronized Connection connection() throws IOException {
    if (isClosed) {
      throw new IOException("the connection was closed");
    }
    if (connection == null) {
      connection = opener.open(pool());
    }
    return connection;
  }

  /** One pool for the batches of all tables, as HBase's own connection has it. */
  synchronized ExecutorService pool() {
    if (callersPool != null) {
      return callersPool;
    }
    if (ownPool == null) {
      ownPool = newPool.get();
    }
    return ownPool;
  }

  /** The connection if something has opened it. */
  synchronized Optional<Connection> ifOpen() {
    return Optional.ofNullable(connection);
  }

  /**
   * The cluster's id; empty as long as the cluster does not tell. HBase's client asks anew each
   * time, so an answer is kept, and where there was none the next question waits a while.
   */
  Optional<UUID> clusterId() {
    UUID known = clusterId;
    if (known != null) {
      return Optional.of(known);
    }
    synchronized (asking) {
      if (clusterId == null && (!hasAsked || nanoTime.getAsLong() - askedNanos > ASK_AGAIN_NANOS)) {
        clusterId = askForId();
        hasAsked = true;
        askedNanos = nanoTime.getAsLong();
      }
      return Optional.ofNullable(clusterId);
    }
  }

  private @Nullable UUID askForId() {
    try {
      String id = connection().getClusterId();
      return id == null ? null : UUID.fromString(id);
    } catch (IOException | IllegalArgumentException e) {
      // A client that found no cluster has the word "default-cluster" for its id.
      log.warn("the local cluster does not tell its id: {}", e.getMessage());
      return null;
    }
  }

  synchronized void close() throws IOException {
    isClosed = true;
    try {
      if (connection != null) {
        connection.close();
      }
    } finally {
      if (ownPool != null) {
        ownPool.shutdown();
      }
    }
  }
}
