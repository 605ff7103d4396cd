package io.hrp.ops.client;

import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.verify.RawCell;
import io.hrp.producer.HrpPublishers;
import io.hrp.producer.api.HrpProducerException;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.api.Receipt;
import io.hrp.wire.TableId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.hadoop.hbase.TableName;

/**
 * Publishes plain row changes of one table through the producer library, as an application would.
 *
 * <p>Thread-safe. Failures come as a {@code CommandException}.
 */
public final class ChangePublisher implements AutoCloseable {

  /**
   * Is told of every acknowledged change, on Kafka's sender thread: it must be short.
   *
   * @see #publish
   */
  @FunctionalInterface
  public interface Acknowledged {
    /**
     * One change was acknowledged.
     *
     * @param timestamp given to its cells
     * @param cells what every peer has to hold because of it
     */
    void accept(long timestamp, List<RawCell> cells);
  }

  private final HrpPublisher publisher;
  private final TableName table;
  private final List<String> families;

  private ChangePublisher(HrpPublisher publisher, TableName table, List<String> families) {
    this.publisher = publisher;
    this.table = table;
    this.families = families;
  }

  /** A publisher for one table with these families. */
  public static ChangePublisher open(
      String bootstrapServers, TableId table, List<String> families) {
    Objects.requireNonNull(bootstrapServers, "bootstrapServers");
    return translated(
        () ->
            new ChangePublisher(
                HrpPublishers.create(
                    PublisherOptions.builder().bootstrapServers(bootstrapServers).build()),
                TableName.valueOf(table.namespace(), table.name()),
                List.copyOf(families)));
  }

  /**
   * Publishes a change; blocks while too much is in flight.
   *
   * @return completed after {@code acknowledged} was told, or with what went wrong
   */
  public CompletableFuture<Void> publish(RowChange change, Acknowledged acknowledged) {
    return translated(() -> send(change))
        .thenAccept(
            receipt ->
                acknowledged.accept(
                    receipt.timestamp(),
                    HBaseMutations.cells(receipt.stampedMutation(), families)));
  }

  /** Returns when everything published so far is acknowledged; fails if some of it was not. */
  public void flush() {
    translated(
        () -> {
          publisher.flush();
          return table;
        });
  }

  @Override
  public void close() {
    translated(
        () -> {
          publisher.close();
          return table;
        });
  }

  private CompletableFuture<Receipt> send(RowChange change) {
    return change instanceof RowChange.Together together
        ? publisher.publish(table, HBaseMutations.together(together))
        : publisher.publish(table, HBaseMutations.mutation(change));
  }

  private static <T> T translated(Supplier<T> call) {
    try {
      return call.get();
    } catch (HrpProducerException e) {
      throw new CommandException(
          e.isRetriable() ? ExitCode.UNREACHABLE : ExitCode.INTERNAL_FAULT,
          "cannot publish: " + e.getMessage(),
          e);
    }
  }
}
