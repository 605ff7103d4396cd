package io.hrp.producer.hbase;

import io.hrp.producer.HrpPublishers;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.config.DropInSettings;
import io.hrp.producer.config.TableMode;
import io.hrp.wire.TableId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.AdvancedScanResultConsumer;
import org.apache.hadoop.hbase.client.AsyncConnectionImpl;
import org.apache.hadoop.hbase.client.AsyncTable;
import org.apache.hadoop.hbase.client.AsyncTableBuilder;
import org.apache.hadoop.hbase.client.ConnectionRegistry;
import org.apache.hadoop.hbase.client.ScanResultConsumer;
import org.apache.hadoop.hbase.client.ScanResultConsumerBase;
import org.apache.hadoop.hbase.security.User;
import org.jspecify.annotations.Nullable;

/**
 * HBase's asynchronous connection with HRP behind the tables configured for it. Set {@code
 * hbase.client.async.connection.impl} to this class's name; modes and keys are those of {@link
 * HrpConnection}.
 *
 * <p>HBase asks the cluster for its id before it makes this class, so unlike {@link HrpConnection}
 * it needs a cluster in reach even where it only publishes. Handing a mutation to Kafka may block
 * the caller, bounded by {@code hrp.producer.max-block-ms}. Safe for use by any thread.
 */
public final class HrpAsyncConnection extends AsyncConnectionImpl {
  /** Kafka's key for how long a record may take to be acknowledged, and its default. */
  private static final String DELIVERY_TIMEOUT_KEY = "delivery.timeout.ms";

  private static final String DEFAULT_DELIVERY_TIMEOUT_MS = "120000";

  private final DropInSettings settings;
  private final Optional<UUID> clusterId;
  private final Optional<PublisherOptions> options;
  private final Optional<HrpPublisher> publisher;

  /**
   * As HBase's {@code ConnectionFactory} calls it.
   *
   * @throws InvalidOptionsException with everything that is wrong with the {@code hrp.producer}
   *     keys
   */
  public HrpAsyncConnection(
      Configuration configuration,
      ConnectionRegistry registry,
      String clusterId,
      User user,
      @Nullable Map<String, byte[]> connectionAttributes) {
    super(
        configuration,
        registry,
        clusterId,
        user,
        connectionAttributes == null ? Map.of() : connectionAttributes);
    try {
      this.settings = DropInSettings.read(HadoopOptions.flat(configuration));
      this.clusterId = parse(clusterId);
      this.options =
          settings.modes().publishAny()
              ? Optional.of(HadoopOptions.read(configuration).build())
              : Optional.empty();
      this.publisher = options.map(HrpPublishers::shared);
    } catch (RuntimeException e) {
      super.close();
      throw e;
    }
  }

  private static Optional<UUID> parse(String clusterId) {
    try {
      return Optional.of(UUID.fromString(clusterId));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the proxy of a builder builds what the builder would
  public AsyncTableBuilder<AdvancedScanResultConsumer> getTableBuilder(TableName table) {
    AsyncTableBuilder<AdvancedScanResultConsumer> builder = super.getTableBuilder(table);
    TableMode mode = modeOf(table);
    return mode.publishes()
        ? (AsyncTableBuilder<AdvancedScanResultConsumer>) publishing(builder, mode, null)
        : builder;
  }

  @Override
  @SuppressWarnings("unchecked") // the proxy of a builder builds what the builder would
  public AsyncTableBuilder<ScanResultConsumer> getTableBuilder(
      TableName table, ExecutorService pool) {
    AsyncTableBuilder<ScanResultConsumer> builder = super.getTableBuilder(table, pool);
    TableMode mode = modeOf(table);
    return mode.publishes()
        ? (AsyncTableBuilder<ScanResultConsumer>) publishing(builder, mode, pool)
        : builder;
  }

  private TableMode modeOf(TableName table) {
    return settings
        .modes()
        .of(TableId.of(table.getNamespaceAsString(), table.getQualifierAsString()));
  }

  /** HBase's own builder, save that what it builds publishes. */
  private AsyncTableBuilder<?> publishing(
      AsyncTableBuilder<? extends ScanResultConsumerBase> builder,
      TableMode mode,
      @Nullable ExecutorService pool) {
    return (AsyncTableBuilder<?>)
        Proxy.newProxyInstance(
            AsyncTableBuilder.class.getClassLoader(),
            new Class<?>[] {AsyncTableBuilder.class},
            (proxy, method, arguments) -> {
              Object answer;
              try {
                answer = method.invoke(builder, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
              if (answer instanceof AsyncTable) {
                return tableOver((AsyncTable<?>) answer, mode, pool);
              }
              return answer instanceof AsyncTableBuilder ? proxy : answer;
            });
  }

  private AsyncTable<?> tableOver(
      AsyncTable<?> real, TableMode mode, @Nullable ExecutorService pool) {
    AsyncWrites writes =
        new AsyncWrites(
            publisher.orElseThrow(),
            mode,
            settings.heal(),
            clusterId,
            real,
            timeoutMs(real.getOperationTimeout(TimeUnit.MILLISECONDS)));
    return AsyncTableMethods.of(
        real,
        writes,
        new CellSizeLimit(real.getName(), CellSizeLimit.configured(getConfiguration())),
        settings.coprocessorAllowed(),
        pool);
  }

  /** Kafka gives a record up by itself; a timer for each is only needed if that takes longer. */
  private long timeoutMs(long operationTimeoutMs) {
    String delivery =
        options
            .orElseThrow()
            .kafka()
            .getOrDefault(DELIVERY_TIMEOUT_KEY, DEFAULT_DELIVERY_TIMEOUT_MS);
    return operationTimeoutMs < Long.parseLong(delivery.trim()) ? operationTimeoutMs : 0;
  }

  /** Lets go of Kafka, once what is in flight has an outcome, and then of the cluster. */
  @Override
  public void close() {
    publisher.ifPresent(open -> open.close(options.orElseThrow().closeTimeout()));
    super.close();
  }
}
