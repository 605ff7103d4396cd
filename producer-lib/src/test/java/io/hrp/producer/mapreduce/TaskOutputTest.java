package io.hrp.producer.mapreduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.producer.api.FlushFailedException;
import io.hrp.producer.api.MutationRejectedException;
import io.hrp.producer.api.PublishFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.io.ImmutableBytesWritable;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.junit.jupiter.api.Test;

/** One task attempt, from its writer to its commit or abort. */
final class TaskOutputTest {
  private static final TableName ORDERS = TableName.valueOf("shop:orders");

  private final TaskFixture job = new TaskFixture().table("shop:orders");

  @Test
  void publishesPutsDeletesAndRowMutationsToTheConfiguredTable() throws Exception {
    Put put = TaskFixture.put("a");
    Delete delete = new Delete(Bytes.toBytes("b"));
    RowMutations both = new RowMutations(Bytes.toBytes("c"));
    both.add(List.of(TaskFixture.put("c")));

    RecordWriter<Object, Row> writer = job.writer();
    writer.write(NullWritable.get(), put);
    writer.write(new Text("ignored"), delete);
    writer.write(NullWritable.get(), both);

    assertThat(job.publisher.published())
        .extracting(sent -> sent.mutation())
        .containsExactly(put, delete, both);
    assertThat(job.publisher.published()).extracting(sent -> sent.table()).containsOnly(ORDERS);
  }

  @Test
  void takesTheTableFromTheKeyWhereNoneIsConfigured() throws Exception {
    TaskFixture many = new TaskFixture();
    RecordWriter<Object, Row> writer = many.writer();
    byte[] padded = Bytes.toBytes("__shop:items__");

    writer.write(new ImmutableBytesWritable(padded, 2, 10), TaskFixture.put("a"));
    writer.write(new Text("plain"), TaskFixture.put("b"));

    assertThat(many.publisher.published())
        .extracting(sent -> sent.table())
        .containsExactly(TableName.valueOf("shop:items"), TableName.valueOf("plain"));
  }

  @Test
  void saysWhatTheKeyMustBeWhereNoTableIsConfigured() throws Exception {
    RecordWriter<Object, Row> writer = new TaskFixture().writer();

    assertThatThrownBy(() -> writer.write(NullWritable.get(), TaskFixture.put("a")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("hbase.mapred.outputtable is not set")
        .hasMessageContaining("NullWritable");
  }

  @Test
  void closesOnlyAfterEverythingWasAcknowledged() throws Exception {
    RecordWriter<Object, Row> writer = job.writer();
    writer.write(NullWritable.get(), TaskFixture.put("a"));
    assertThat(job.publisher.inFlight()).isEqualTo(1);

    writer.close(job.task);

    assertThat(job.publisher.inFlight()).isZero();
    assertThat(job.publisher.closes()).containsExactly(Duration.ofSeconds(60));
    assertThat(job.counters.findCounter("HRP", "MUTATIONS_ACKNOWLEDGED").getValue()).isEqualTo(1);
  }

  @Test
  void failsTheTaskIfOneMutationWasNotAcknowledged() throws Exception {
    RecordWriter<Object, Row> writer = job.writer();
    writer.write(NullWritable.get(), TaskFixture.put("a"));
    writer.write(NullWritable.get(), TaskFixture.put("b"));
    job.publisher.failOne(new IllegalStateException("broker gone"));
    OutputCommitter committer = job.committer();

    assertThatThrownBy(() -> writer.close(job.task))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("will not be committed")
        .hasMessageContaining("broker gone")
        .hasCauseInstanceOf(PublishFailedException.class);
    assertThatThrownBy(() -> committer.commitTask(job.task)).isInstanceOf(IOException.class);
    assertThat(job.publisher.closes()).containsExactly(Duration.ZERO);
  }

  @Test
  void failsTheTaskIfOnlyTheFlushKnowsOfTheFailure() throws Exception {
    TaskFixture lost = new TaskFixture().table("shop:orders");
    RecordWriter<Object, Row> first = lost.writer();
    first.write(NullWritable.get(), TaskFixture.put("a"));
    lost.publisher.failOne(new IllegalStateException("broker gone"));
    RecordWriter<Object, Row> second = lost.writer();

    assertThatThrownBy(() -> second.close(lost.task))
        .isInstanceOf(IOException.class)
        .hasCauseInstanceOf(FlushFailedException.class);
  }

  @Test
  void stopsWritingAfterTheFirstFailure() throws Exception {
    RecordWriter<Object, Row> writer = job.writer();
    writer.write(NullWritable.get(), TaskFixture.put("a"));
    job.publisher.failOne(new IllegalStateException("broker gone"));

    assertThatThrownBy(() -> writer.write(NullWritable.get(), TaskFixture.put("b")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broker gone");
    assertThat(job.publisher.published()).hasSize(1);
  }

  @Test
  void doesNotCommitATaskThatSwallowedARefusal() throws Exception {
    RecordWriter<Object, Row> writer = job.writer();
    assertThatThrownBy(
            () -> writer.write(NullWritable.get(), new Increment(Bytes.toBytes("counter"))))
        .isInstanceOf(IOException.class)
        .hasCauseInstanceOf(MutationRejectedException.class);

    assertThatThrownBy(() -> writer.close(job.task))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not replayable");
  }

  @Test
  void commitsOnceTheWriterIsClosed() throws Exception {
    RecordWriter<Object, Row> writer = job.writer();
    writer.write(NullWritable.get(), TaskFixture.put("a"));
    writer.close(job.task);
    OutputCommitter committer = job.committer();

    assertThat(committer.needsTaskCommit(job.task)).isTrue();
    committer.commitTask(job.task);

    assertThat(committer.needsTaskCommit(job.task)).isFalse();
  }

  @Test
  void commitsAWriterThatWasNeverClosedByFinishingIt() throws Exception {
    job.writer().write(NullWritable.get(), TaskFixture.put("a"));

    job.committer().commitTask(job.task);

    assertThat(job.publisher.inFlight()).isZero();
    assertThat(job.publisher.closes()).hasSize(1);
  }

  @Test
  void hasNothingToCommitForATaskWithoutOutput() throws Exception {
    assertThat(job.committer().needsTaskCommit(job.task)).isFalse();
  }

  @Test
  void closingASecondTimeAfterAFailureDoesNothing() throws Exception {
    RecordWriter<Object, Row> writer = job.writer();
    writer.write(NullWritable.get(), TaskFixture.put("a"));
    job.publisher.failOne(new IllegalStateException("broker gone"));
    assertThatThrownBy(() -> writer.close(job.task)).isInstanceOf(IOException.class);

    writer.close(job.task);
    job.committer().abortTask(job.task);

    assertThat(job.publisher.closes()).hasSize(1);
  }

  @Test
  void abortLetsGoWithoutWaiting() throws Exception {
    job.writer().write(NullWritable.get(), TaskFixture.put("a"));

    job.committer().abortTask(job.task);

    assertThat(job.publisher.closes()).containsExactly(Duration.ZERO);
    assertThat(job.committer().needsTaskCommit(job.task)).isFalse();
  }

  @Test
  void abortEndsEveryWriterOfTheAttempt() throws Exception {
    RecordWriter<Object, Row> first = job.writer();
    RecordWriter<Object, Row> second = job.writer();

    job.committer().abortTask(job.task);

    assertThat(job.publisher.closes()).hasSize(2);
    for (RecordWriter<Object, Row> writer : List.of(first, second)) {
      assertThatThrownBy(() -> writer.write(NullWritable.get(), TaskFixture.put("a")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void anInterruptWhileClosingFailsTheTaskAndLetsGo() throws Exception {
    RecordWriter<Object, Row> writer = job.writer();
    writer.write(NullWritable.get(), TaskFixture.put("a"));
    job.publisher.interruptNextFlush();

    assertThatThrownBy(() -> writer.close(job.task)).isInstanceOf(InterruptedException.class);
    assertThatThrownBy(() -> job.committer().commitTask(job.task)).isInstanceOf(IOException.class);

    assertThat(job.publisher.closes()).containsExactly(Duration.ZERO);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
