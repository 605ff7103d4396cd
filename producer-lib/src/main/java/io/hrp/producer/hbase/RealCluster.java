package io.hrp.producer.hbase;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.apache.hadoop.hbase.client.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that the configuration names, opened when something needs it for the first time: a
 * writer that only publishes may have none in reach.
 *
 * <p>Safe for use by any thread; the first ones to need it wait for one opening.
 */
final class RealCluster {
  private final Opener opener;
  private final @Nullable ExecutorService callersPool;
  private final Supplier<ExecutorService> newPool;
  private @Nullable ExecutorService ownPool;
  private @Nullable Connection connection;
  private boolean isClosed;

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
      Opener opener, @Nullable ExecutorService callersPool, Supplier<ExecutorService> newPool) {
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

  /** The cluster's id; empty as long as the cluster does not tell. */
  Optional<UUID> clusterId() {
    try {
      String id = connection().getClusterId();
      return id == null ? Optional.empty() : Optional.of(UUID.fromString(id));
    } catch (IOException | IllegalArgumentException e) {
      // A client that found no cluster has the word "default-cluster" for its id.
      return Optional.empty();
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
