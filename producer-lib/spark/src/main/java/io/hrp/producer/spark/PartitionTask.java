package io.hrp.producer.spark;

import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.mapreduce.AttemptOutput;
import io.hrp.producer.mapreduce.JobModes;
import io.hrp.producer.mapreduce.JobOptions;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * Publishes one partition: ends well only if all of it was acknowledged, and then counts it. Spark
 * adds a task's counts once, however many attempts it took.
 */
final class PartitionTask<T> implements VoidFunction<Iterator<T>> {
  private static final long serialVersionUID = 1;

  /** Where a task gets its publisher; {@code HrpPublishers::shared} but in tests. */
  interface Publishers extends Function<PublisherOptions, HrpPublisher>, Serializable {}

  private final Publishers publishers;
  private final Broadcast<ShippedConfiguration> configuration;
  private final ToMutations<? super T> toMutations;
  private final CountsByTable mutations;
  private final LongAccumulator cells;

  PartitionTask(
      Publishers publishers,
      Broadcast<ShippedConfiguration> configuration,
      ToMutations<? super T> toMutations,
      CountsByTable mutations,
      LongAccumulator cells) {
    this.publishers = publishers;
    this.configuration = configuration;
    this.toMutations = toMutations;
    this.mutations = mutations;
    this.cells = cells;
  }

  @Override
  public void call(Iterator<T> elements) throws Exception {
    if (!elements.hasNext()) {
      return;
    }
    PublisherOptions options = JobOptions.read(configuration.value().get());
    JobModes modes = JobModes.read(configuration.value().get());
    AttemptOutput output = new AttemptOutput(publishers.apply(options), options.closeTimeout());
    try {
      CountingOutput counting = new CountingOutput(output, modes);
      while (elements.hasNext()) {
        toMutations.publish(elements.next(), counting);
      }
      output.finish();
      mutations.add(counting.mutations());
      cells.add(counting.cells);
    } finally {
      output.abandon();
    }
  }

  /** Counts what it passes on. */
  private static final class CountingOutput implements TaskOutput {
    private final AttemptOutput output;
    private final JobModes modes;
    private final Map<TableName, long[]> mutations = new HashMap<>();
    private long cells;

    CountingOutput(AttemptOutput output, JobModes modes) {
      this.output = output;
      this.modes = modes;
    }

    @Override
    public void publish(TableName table, Row mutation) throws IOException, InterruptedException {
      modes.requirePublishOnly(table);
      output.publish(table, mutation);
      mutations.computeIfAbsent(table, name -> new long[1])[0]++;
      cells += cellsOf(mutation);
    }

    private static long cellsOf(Row row) {
      if (row instanceof RowMutations) {
        return ((RowMutations) row).getMutations().stream().mapToLong(Mutation::size).sum();
      }
      return row instanceof Mutation ? ((Mutation) row).size() : 0;
    }

    Map<String, Long> mutations() {
      Map<String, Long> named = new HashMap<>();
      mutations.forEach((table, count) -> named.put(table.getNameAsString(), count[0]));
      return named;
    }
  }
}
