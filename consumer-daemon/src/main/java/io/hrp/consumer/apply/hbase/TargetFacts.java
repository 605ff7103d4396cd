package io.hrp.consumer.apply.hbase;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.hadoop.hbase.ClusterMetrics;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.AsyncAdmin;
import org.apache.hadoop.hbase.client.AsyncConnection;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.apache.hadoop.hbase.client.security.SecurityCapability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the applier has to know of a target beside its data: who it is, what it enforces, what its
 * tables look like. Every future completes within the operation timeout.
 *
 * <p>Safe for use by any thread; one for each connection.
 */
final class TargetFacts {
  private static final Logger LOG = LoggerFactory.getLogger(TargetFacts.class);

  /** Coprocessors are loaded when servers start, so capabilities hardly ever change. */
  private static final Duration CAPABILITIES_MAX_AGE = Duration.ofMinutes(1);

  /** Bounds how often a failing table makes us ask; an answer only names a reason. */
  private static final Duration DIAGNOSIS_MAX_AGE = Duration.ofSeconds(1);

  private final AsyncAdmin admin;
  private final Duration timeout;
  private final long defaultMaxCellBytes;
  private final RecentAnswers<String, Set<SecurityCapability>> capabilities;
  private final RecentAnswers<TableName, Boolean> disabled;
  private final RecentAnswers<TableName, TableDescriptor> descriptors;
  private volatile Optional<Set<SecurityCapability>> lastCapabilities = Optional.empty();

  TargetFacts(AsyncConnection connection, HBaseTarget target, LongSupplier nanoTicker) {
    this.timeout = target.operationTimeout();
    this.defaultMaxCellBytes = ClientConfiguration.maxCellBytes(connection.getConfiguration());
    this.admin =
        connection
            .getAdminBuilder()
            .setMaxAttempts(1)
            .setRpcTimeout(target.rpcTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .setOperationTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .build();
    this.capabilities = new RecentAnswers<>(key -> askCapabilities(), nanoTicker);
    this.disabled = new RecentAnswers<>(t -> bounded(admin.isTableDisabled(t)), nanoTicker);
    this.descriptors = new RecentAnswers<>(t -> bounded(admin.getDescriptor(t)), nanoTicker);
  }

  /** The cluster's id as its active master gives it; empty if it does not answer. */
  CompletableFuture<Optional<UUID>> clusterId() {
    return bounded(admin.getClusterMetrics(EnumSet.of(ClusterMetrics.Option.CLUSTER_ID)))
        .handle(
            (metrics, failure) -> {
              if (failure != null || metrics.getClusterId() == null) {
                LOG.debug("The target did not tell its cluster id", failure);
                return Optional.empty();
              }
              return Optional.of(UUID.fromString(metrics.getClusterId()));
            });
  }

  /** What the target enforces; the last known answer if it cannot be asked now. */
  CompletableFuture<Set<SecurityCapability>> capabilities() {
    return capabilities
        .get("", CAPABILITIES_MAX_AGE)
        .exceptionally(
            failure -> lastCapabilities.orElseThrow(() -> new CompletionException(failure)));
  }

  /**
   * The table's families as they are now. Never an older answer: a family that was made since would
   * keep what a row delete has to take away.
   */
  CompletableFuture<Collection<byte[]>> families(TableName table) {
    return descriptors
        .get(table, Duration.ZERO)
        .thenApply(descriptor -> List.copyOf(descriptor.getColumnFamilyNames()));
  }

  /** Whether the table is disabled; its servers only say that they do not serve it. */
  CompletableFuture<Boolean> isDisabled(TableName table) {
    return disabled.get(table, DIAGNOSIS_MAX_AGE);
  }

  /**
   * What the target's servers refuse for a table.
   *
   * @param maxCellBytes the size above which they refuse a cell
   */
  record Limits(boolean isReadOnly, long maxCellBytes) {}

  /** What the target's servers refuse for this table. */
  CompletableFuture<Limits> limits(TableName table) {
    return descriptors.get(table, DIAGNOSIS_MAX_AGE).thenApply(this::limits);
  }

  private Limits limits(TableDescriptor descriptor) {
    String text = descriptor.getValue(ClientConfiguration.maxCellBytesKey());
    return new Limits(
        descriptor.isReadOnly(), text == null ? defaultMaxCellBytes : Long.parseLong(text.trim()));
  }

  private CompletableFuture<Set<SecurityCapability>> askCapabilities() {
    return bounded(admin.getSecurityCapabilities())
        .thenApply(
            list -> {
              Set<SecurityCapability> set = Set.copyOf(list);
              lastCapabilities = Optional.of(set);
              return set;
            });
  }

  private <T> CompletableFuture<T> bounded(CompletableFuture<T> future) {
    return future.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
