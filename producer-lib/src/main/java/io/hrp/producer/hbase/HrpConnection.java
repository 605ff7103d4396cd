package io.hrp.producer.hbase;

import static java.util.Objects.requireNonNull;

import io.hrp.producer.HrpPublishers;
import io.hrp.producer.api.CloseReport;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.config.DropInSettings;
import io.hrp.producer.config.TableMode;
import io.hrp.wire.TableId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.ServerName;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Admin;
import org.apache.hadoop.hbase.client.BufferedMutator;
import org.apache.hadoop.hbase.client.BufferedMutatorParams;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.HTable;
import org.apache.hadoop.hbase.client.Hbck;
import org.apache.hadoop.hbase.client.RegionLocator;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.client.TableBuilder;
import org.apache.hadoop.hbase.security.User;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HBase's {@code Connection} with HRP behind the tables that are configured for it. Set {@code
 * hbase.client.connection.impl} to this class's name, {@code hrp.producer.kafka.bootstrap.servers},
 * and one of {@code hrp.producer.tables.publish-only}, {@code dual} and {@code direct}; no code
 * changes.
 *
 * <p>Writes of publish-only and dual tables are published; everything else, reads, administration
 * and tables that no pattern names, reaches the real cluster unchanged. That cluster is opened by
 * the first call that needs it, so a program that only publishes needs none.
 *
 * <p>The connections of a process with equal options share one Kafka producer. Closing a connection
 * settles its open buffered mutators first. Safe for use by any number of threads; so are its
 * published tables.
 */
public final class HrpConnection implements Connection {
  private static final Logger log = LoggerFactory.getLogger(HrpConnection.class);

  /** HBase's key for the class that {@code ConnectionFactory} makes. */
  private static final String IMPLEMENTATION_KEY = "hbase.client.connection.impl";

  private final Configuration configuration;
  private final RealCluster real;
  private final @Nullable TableParts parts;
  private final Function<TableId, TableMode> modes;
  private final Map<TableName, TableMode> knownModes = new ConcurrentHashMap<>();
  private final Set<HrpBufferedMutator> mutators = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;
  private volatile boolean isAborted;

  /**
   * As HBase's {@code ConnectionFactory} calls it. Contacts neither Kafka nor HBase.
   *
   * @param pool for batches on the real cluster; null for one of its own
   * @throws InvalidOptionsException with everything that is wrong with the {@code hrp.producer}
   *     keys; the factory wraps it into an {@code IOException}
   */
  public HrpConnection(
      Configuration configuration,
      @Nullable ExecutorService pool,
      User user,
      Map<String, byte[]> connectionAttributes) {
    this(
        configuration,
        new RealCluster(
            batches -> openReal(configuration, batches, user, connectionAttributes),
            pool,
            () -> HTable.getDefaultExecutor(configuration),
            System::nanoTime),
        HrpPublishers::shared);
  }

  HrpConnection(
      Configuration configuration,
      RealCluster real,
      Function<PublisherOptions, HrpPublisher> publishers) {
    this.configuration = requireNonNull(configuration, "configuration");
    this.real = real;
    DropInSettings settings = DropInSettings.read(HadoopOptions.flat(configuration));
    this.modes = settings.modes()::of;
    if (settings.modes().publishAny()) {
      PublisherOptions options = HadoopOptions.read(configuration).build();
      this.parts =
          new TableParts(
              configuration,
              settings,
              publishers.apply(options),
              new RowStamps(options.clock()),
              System::nanoTime,
              options.closeTimeout());
    } else {
      this.parts = null;
    }
    log.info("connection opened modes={} heal={}", settings.modes(), settings.heal());
  }

  private static Connection openReal(
      Configuration configuration,
      ExecutorService pool,
      User user,
      Map<String, byte[]> connectionAttributes)
      throws IOException {
    Configuration plain = new Configuration(configuration);
    plain.unset(IMPLEMENTATION_KEY);
    return ConnectionFactory.createConnection(plain, pool, user, connectionAttributes);
  }

  @Override
  public Configuration getConfiguration() {
    return configuration;
  }

  /**
   * What HRP does with a table.
   *
   * @throws InvalidOptionsException if two patterns of different modes say equally much of it
   */
  public TableMode modeOf(TableName table) {
    return knownModes.computeIfAbsent(
        table,
        name -> modes.apply(TableId.of(name.getNamespaceAsString(), name.getQualifierAsString())));
  }

  /** The parts for a table that is published; null if it is left to its cluster. */
  private @Nullable TableParts partsOf(TableName table) {
    return modeOf(table).publishes() ? parts : null;
  }

  private TableMode requireMode(TableName table) throws IOException {
    if (isClosed) {
      throw new IOException("the connection was closed");
    }
    try {
      return modeOf(table);
    } catch (InvalidOptionsException e) {
      throw new PublishRefusedException(e);
    }
  }

  @Override
  public Table getTable(TableName table) throws IOException {
    return requireMode(table).publishes()
        ? getTableBuilder(table, null).build()
        : real.connection().getTable(table);
  }

  @Override
  public Table getTable(TableName table, @Nullable ExecutorService pool) throws IOException {
    return requireMode(table).publishes()
        ? getTableBuilder(table, pool).build()
        : real.connection().getTable(table, pool);
  }

  /**
   * A builder whose operation timeout also bounds how long a write waits for Kafka.
   *
   * @throws UncheckedIOException if the table is not published and its cluster cannot be opened
   */
  @Override
  public TableBuilder getTableBuilder(TableName table, @Nullable ExecutorService pool) {
    TableParts published = partsOf(table);
    if (published == null) {
      try {
        return real.connection().getTableBuilder(table, pool);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new HrpTableBuilder(
        configuration,
        (timeouts, attributes) ->
            TableMethods.of(
                new HrpTable(
                    published,
                    modeOf(table),
                    new RealTable(real, table, timeouts, attributes, pool))));
  }

  @Override
  public BufferedMutator getBufferedMutator(TableName table) throws IOException {
    return getBufferedMutator(new BufferedMutatorParams(table));
  }

  @Override
  public BufferedMutator getBufferedMutator(BufferedMutatorParams params) throws IOException {
    TableName table = params.getTableName();
    if (table == null) {
      throw new IllegalArgumentException("a BufferedMutator needs the name of its table");
    }
    requireMode(table);
    TableParts published = partsOf(table);
    if (published == null) {
      return real.connection().getBufferedMutator(params);
    }
    MutatorSettings settings = new MutatorSettings(params, configuration);
    settings.requireNoOtherClass();
    RealTable realTable =
        new RealTable(
            real, table, settings.timeouts(), settings.requestAttributes(), params.getPool());
    HrpBufferedMutator mutator =
        new HrpBufferedMutator(
            published,
            settings,
            published.writes(modeOf(table), realTable),
            realTable,
            mutators::remove);
    mutators.add(mutator);
    return mutator;
  }

  @Override
  public RegionLocator getRegionLocator(TableName table) throws IOException {
    return real.connection().getRegionLocator(table);
  }

  /** Before the real cluster was opened there is nothing to clear. */
  @Override
  public void clearRegionLocationCache() {
    real.ifOpen().ifPresent(Connection::clearRegionLocationCache);
  }

  /** The real cluster's own: what it does is not captured. */
  @Override
  public Admin getAdmin() throws IOException {
    return real.connection().getAdmin();
  }

  /**
   * The real cluster's id.
   *
   * @throws UncheckedIOException if that cluster cannot be opened
   */
  @Override
  public String getClusterId() {
    try {
      return real.connection().getClusterId();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Hbck getHbck() throws IOException {
    return real.connection().getHbck();
  }

  @Override
  public Hbck getHbck(ServerName master) throws IOException {
    return real.connection().getHbck(master);
  }

  /**
   * Settles what the open buffered mutators hold, then lets go of Kafka and of the real cluster.
   * Kafka is waited for no longer than {@code hrp.producer.close.timeout-ms} in all; what the real
   * cluster may take is for its own settings to say.
   *
   * @throws IOException with what a mutator could not settle; everything is closed all the same
   */
  @Override
  public void close() throws IOException {
    if (isClosed) {
      return;
    }
    isClosed = true;
    IOException failure = null;
    TableParts open = parts;
    if (open != null) {
      Deadline deadline = open.closeDeadline();
      for (HrpBufferedMutator mutator : mutators) {
        failure = closing(() -> mutator.close(deadline), failure);
      }
      CloseReport report = open.publisher().close(Duration.ofNanos(deadline.remainingNanos()));
      if (report.unknown() > 0) {
        log.warn(
            "{} mutations had no known outcome when the connection was closed", report.unknown());
      }
    }
    failure = closing(real::close, failure);
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable IOException closing(Closing part, @Nullable IOException earlier) {
    try {
      part.close();
      return earlier;
    } catch (IOException e) {
      if (earlier == null) {
        return e;
      }
      earlier.addSuppressed(e);
      return earlier;
    }
  }

  /** A part that has to be closed whatever became of the others. */
  @FunctionalInterface
  private interface Closing {
    void close() throws IOException;
  }

  @Override
  public boolean isClosed() {
    return isClosed;
  }

  @Override
  public void abort(String why, @Nullable Throwable cause) {
    isAborted = true;
    log.error("the connection is aborted: {}", why, cause);
    real.ifOpen().ifPresent(connection -> connection.abort(why, cause));
    try {
      close();
    } catch (IOException e) {
      log.warn("closing an aborted connection failed: {}", e.getMessage());
    }
  }

  /** Also true if the real connection was aborted. */
  @Override
  public boolean isAborted() {
    return isAborted || real.ifOpen().map(Connection::isAborted).orElse(false);
  }

  @Override
  public String toString() {
    return "HrpConnection[closed=" + isClosed + "]";
  }
}
