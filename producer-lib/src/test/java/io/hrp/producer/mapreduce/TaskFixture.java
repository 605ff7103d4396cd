package io.hrp.producer.mapreduce;

import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.testing.FakePublisher;
import io.hrp.producer.testing.ManualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.StatusReporter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.JobContextImpl;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;

/** A job of one task attempt on a publisher in memory, driven as a framework drives it. */
final class TaskFixture {
  static final long NOW = 1_700_000_000_000L;
  private static final AtomicInteger NEXT_ATTEMPT = new AtomicInteger();

  final JobConf configuration = new JobConf(new Configuration(false), TaskFixture.class);
  final FakePublisher publisher = new FakePublisher();
  final Counters counters = new Counters();
  final ManualTime time = new ManualTime(NOW);
  final List<PublisherOptions> opened = new ArrayList<>();
  final List<Set<TableName>> checked = new ArrayList<>();
  Optional<Boolean> sparkSpeculates = Optional.empty();
  final TaskAttemptContext task;

  TaskFixture() {
    configuration.set("hrp.producer.kafka.bootstrap.servers", "localhost:1");
    configuration.setBoolean("mapreduce.map.speculative", false);
    configuration.setBoolean("mapreduce.reduce.speculative", false);
    // An id of its own: the writers of a process are found by it.
    TaskAttemptID attempt =
        new TaskAttemptID("test", 1, TaskType.MAP, 0, NEXT_ATTEMPT.incrementAndGet());
    task = new TaskAttemptContextImpl(configuration, attempt, new CountingReporter(counters));
  }

  TaskFixture table(String name) {
    configuration.set("hbase.mapred.outputtable", name);
    return this;
  }

  /** A new object at each call, as frameworks make them. */
  HrpOutputFormat<Object> format() {
    return new HrpOutputFormat<>(
        options -> {
          opened.add(options);
          return publisher;
        },
        (options, tables) -> checked.add(tables),
        new Speculation(() -> sparkSpeculates),
        time);
  }

  void checkOutputSpecs() throws IOException, InterruptedException {
    format().checkOutputSpecs(new JobContextImpl(configuration, new JobID("test", 1)));
  }

  RecordWriter<Object, Row> writer() throws IOException {
    return format().getRecordWriter(task);
  }

  OutputCommitter committer() {
    return format().getOutputCommitter(task);
  }

  /** Keeps the counters of the task, as a framework does. */
  private static final class CountingReporter extends StatusReporter {
    private final Counters counters;

    CountingReporter(Counters counters) {
      this.counters = counters;
    }

    @Override
    public Counter getCounter(Enum<?> name) {
      return counters.findCounter(name);
    }

    @Override
    public Counter getCounter(String group, String name) {
      return counters.findCounter(group, name);
    }

    @Override
    public void progress() {}

    @Override
    public float getProgress() {
      return 0;
    }

    @Override
    public void setStatus(String status) {}
  }

  static Put put(String row) {
    return new Put(Bytes.toBytes(row))
        .addColumn(Bytes.toBytes("f"), Bytes.toBytes("q"), Bytes.toBytes("v"));
  }
}
