package io.hrp.producer.api;

import com.codahale.metrics.MetricRegistry;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.RowMutations;

/**
 * Publishes HBase mutations to the topics of their tables.
 *
 * <p><b>Two ways to fail.</b> What is wrong before a mutation is handed to Kafka is thrown by
 * {@code publish} itself: nothing was sent and there is no future. Whatever happens later completes
 * the future with a {@link PublishFailedException}, which carries the mutation with its timestamps
 * and says whether the mutation may have been written all the same. Publishing that object again
 * keeps the timestamps, so a doubt about the outcome never makes a second version of a cell.
 *
 * <p>Futures may be dropped: {@link #flush} and {@link #close()} report what failed.
 *
 * <p><b>Timestamps.</b> Every cell without a timestamp gets one when it is published, one for all
 * cells of a mutation. Within a publisher the timestamps given to one row strictly increase, unless
 * the policy is {@link TimestampPolicy#job(long)}. Explicit timestamps are kept.
 *
 * <p><b>Order.</b> Mutations of one row are written in the order of their timestamps, also when
 * several threads publish them. Mutations of different rows have no order.
 *
 * <p><b>The caller's object</b> is never altered, and not copied either: leave it alone until its
 * future is complete, and for as long as {@link Receipt#stampedMutation()} is wanted.
 *
 * <p><b>Blocking.</b> {@code publish} blocks while too many bytes or records are in flight, while
 * the control topic or a topic's description has to be read for the first time, and while a row
 * runs too far ahead of the clock; each wait is bounded by {@link PublisherOptions#maxBlock()} and
 * ends in a typed exception.
 *
 * <p><b>Continuations</b> of the futures run on {@link PublisherOptions#completionExecutor()} if
 * one is set, else on Kafka's sender thread: there they must be short and must not block. A {@code
 * publish} from a continuation on that thread is allowed but never waits; it is refused instead.
 *
 * <p>Safe for use by any number of threads.
 */
public interface HrpPublisher extends AutoCloseable {

  /**
   * Publishes a Put or a Delete.
   *
   * @return completed with a receipt once every in-sync replica has the record, or with a {@link
   *     PublishFailedException}
   * @throws HrpProducerException if the mutation was not handed over; nothing was sent
   */
  @CanIgnoreReturnValue
  CompletableFuture<Receipt> publish(TableName table, Mutation mutation);

  /** Publishes several puts and deletes of one row as one atomic mutation, in their order. */
  @CanIgnoreReturnValue
  CompletableFuture<Receipt> publish(TableName table, RowMutations mutations);

  /** Starts a put described by plain values; see {@link RowWrite}. */
  default RowWrite row(TableName table, byte[] row) {
    return new RowWrite(this, table, row);
  }

  /**
   * As above, with a text for the row, in UTF-8.
   *
   * @param table {@code table} or {@code namespace:table}
   */
  default RowWrite row(String table, String row) {
    return row(TableName.valueOf(table), PlainValues.bytes(row));
  }

  /** Starts a delete described by plain values; see {@link RowDelete}. */
  default RowDelete delete(TableName table, byte[] row) {
    return new RowDelete(this, table, row);
  }

  /** As above, with a text for the row, in UTF-8. */
  default RowDelete delete(String table, String row) {
    return delete(TableName.valueOf(table), PlainValues.bytes(row));
  }

  /** For tools that write cell by cell; see {@link CellWriter}. */
  default CellWriter cellWriter() {
    return new CellWriter(this);
  }

  /**
   * Sends what is buffered and returns once everything published before the call is acknowledged or
   * has failed. Bounded by Kafka's {@code delivery.timeout.ms}.
   *
   * @throws FlushFailedException if mutations published since the last flush have failed; their
   *     futures say which
   */
  void flush();

  /**
   * Where the publisher registers its metrics; of a shared one, the registry of the options that
   * opened it.
   */
  MetricRegistry metrics();

  /**
   * Refuses further mutations, waits until everything in flight has an outcome or the deadline has
   * passed, and lets go of Kafka. Returns at the deadline in any case. What is still unfinished
   * then is counted as unknown; its futures fail as soon as Kafka's sender thread gives them up.
   *
   * <p>A second call returns the first call's report.
   *
   * @param deadline how long the whole call may take; zero gives up at once
   */
  CloseReport close(Duration deadline);

  /**
   * Closes within {@link PublisherOptions#closeTimeout()}.
   *
   * @throws FlushFailedException if a mutation failed since the last flush or has no known outcome
   */
  @Override
  void close();
}
