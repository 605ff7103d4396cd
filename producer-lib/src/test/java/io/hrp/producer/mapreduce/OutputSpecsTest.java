package io.hrp.producer.mapreduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.OperationRefusedException;
import io.hrp.producer.api.TableUnavailableException;
import io.hrp.producer.api.TimestampPolicy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.InvalidJobConfException;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.task.JobContextImpl;
import org.junit.jupiter.api.Test;

/** What the submitting process checks and fixes before a job starts. */
final class OutputSpecsTest {
  private final TaskFixture job = new TaskFixture().table("shop:orders");

  @Test
  void checksTheConfiguredTable() throws Exception {
    job.checkOutputSpecs();

    assertThat(job.checked).containsExactly(Set.of(TableName.valueOf("shop:orders")));
  }

  @Test
  void checksThatKafkaAnswersWhereKeysNameTheTables() throws Exception {
    TaskFixture many = new TaskFixture();

    many.checkOutputSpecs();

    assertThat(many.checked).containsExactly(Set.of());
  }

  @Test
  void refusesAJobWhoseTableCannotBePublishedTo() {
    HrpOutputFormat<Object> format =
        new HrpOutputFormat<>(
            options -> job.publisher,
            (options, tables) -> {
              throw new TableUnavailableException(
                  TableName.valueOf("shop:orders"),
                  TableUnavailableException.Reason.TOPIC_MISSING,
                  "its topic does not exist",
                  null);
            },
            new Speculation(Optional::empty),
            Clock.systemUTC());

    assertThatThrownBy(
            () ->
                format.checkOutputSpecs(
                    new JobContextImpl(job.configuration, new JobID("test", 1))))
        .isInstanceOf(InvalidJobConfException.class)
        .hasMessageContaining("its topic does not exist")
        .hasCauseInstanceOf(TableUnavailableException.class);
  }

  @Test
  void refusesOptionsThatAreWrong() {
    job.configuration.set("hrp.producer.max-blok-ms", "1");

    assertThatThrownBy(job::checkOutputSpecs)
        .isInstanceOf(InvalidJobConfException.class)
        .hasMessageContaining("'hrp.producer.max-blok-ms'")
        .hasCauseInstanceOf(InvalidOptionsException.class);
  }

  @Test
  void refusesANameThatIsNoTable() {
    job.table("shop:orders:x");

    assertThatThrownBy(job::checkOutputSpecs).isInstanceOf(InvalidJobConfException.class);
  }

  @Test
  void refusesATableThatIsToBeWrittenToItsClusterToo() {
    job.configuration.set("hrp.producer.tables.dual", "shop:*");

    assertThatThrownBy(job::checkOutputSpecs)
        .isInstanceOf(InvalidJobConfException.class)
        .hasMessageContaining("it is dual")
        .hasCauseInstanceOf(OperationRefusedException.class);
  }

  @Test
  void refusesSuchATableAlsoWhereAKeyNamesIt() throws Exception {
    TaskFixture many = new TaskFixture();
    many.configuration.set("hrp.producer.tables.direct", "shop:local");
    RecordWriter<Object, Row> writer = many.writer();
    writer.write(new Text("shop:orders"), TaskFixture.put("a"));

    assertThatThrownBy(() -> writer.write(new Text("shop:local"), TaskFixture.put("a")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it is direct");
  }

  @Test
  void refusesMapsThatMayBeSpeculatedInAJobWithoutReducers() {
    job.configuration.setNumReduceTasks(0);
    job.configuration.setBoolean("mapreduce.map.speculative", true);

    assertThatThrownBy(job::checkOutputSpecs)
        .isInstanceOf(InvalidJobConfException.class)
        .hasMessageContaining("set mapreduce.map.speculative=false")
        .hasMessageContaining("hrp.producer.timestamp.policy=job");
  }

  @Test
  void looksAtTheReducersAloneWhereTheyWrite() throws Exception {
    job.configuration.setNumReduceTasks(2);
    job.configuration.setBoolean("mapreduce.map.speculative", true);
    job.checkOutputSpecs();

    job.configuration.setBoolean("mapreduce.reduce.speculative", true);

    assertThatThrownBy(job::checkOutputSpecs)
        .isInstanceOf(InvalidJobConfException.class)
        .hasMessageContaining("mapreduce.reduce.speculative");
  }

  @Test
  void takesSpeculationForOnWhereNothingIsSaid() {
    job.configuration.unset("mapreduce.reduce.speculative");

    assertThatThrownBy(job::checkOutputSpecs).isInstanceOf(InvalidJobConfException.class);
  }

  @Test
  void asksSparkAndNotMapReduceInASparkDriver() throws Exception {
    job.configuration.setBoolean("mapreduce.map.speculative", true);
    job.configuration.setBoolean("mapreduce.reduce.speculative", true);
    job.sparkSpeculates = Optional.of(false);
    job.checkOutputSpecs();

    job.sparkSpeculates = Optional.of(true);

    assertThatThrownBy(job::checkOutputSpecs)
        .isInstanceOf(InvalidJobConfException.class)
        .hasMessageContaining("spark.speculation");
  }

  @Test
  void findsNoSparkWhereThereIsNone() {
    assertThat(SparkDriver.speculation()).isEmpty();
  }

  @Test
  void allowsSpeculationUnderTheJobsTimestamp() throws Exception {
    job.configuration.set("hrp.producer.timestamp.policy", "job");
    job.configuration.setBoolean("mapreduce.reduce.speculative", true);

    job.checkOutputSpecs();

    assertThat(timestampOfATask()).isEqualTo(Optional.of(TaskFixture.NOW));
  }

  @Test
  void givesAllTasksTheTimestampFixedByTheDriver() throws Exception {
    job.configuration.set("hrp.producer.timestamp.policy", "job");
    job.checkOutputSpecs();

    job.time.advance(Duration.ofMinutes(5));

    assertThat(timestampOfATask()).isEqualTo(Optional.of(TaskFixture.NOW));
    assertThat(timestampOfATask()).isEqualTo(Optional.of(TaskFixture.NOW));
  }

  @Test
  void givesTheNextJobOfAConfigurationALaterTimestamp() throws Exception {
    job.configuration.set("hrp.producer.timestamp.policy", "job");
    job.checkOutputSpecs();

    job.checkOutputSpecs();

    assertThat(timestampOfATask()).isEqualTo(Optional.of(TaskFixture.NOW + 1));
  }

  @Test
  void keepsATimestampThatTheUserConfigured() throws Exception {
    job.configuration.set("hrp.producer.timestamp.policy", "job");
    job.configuration.set("hrp.producer.timestamp.job-ms", "42");

    job.checkOutputSpecs();

    assertThat(timestampOfATask()).isEqualTo(Optional.of(42L));
  }

  @Test
  void givesNoFixedTimestampUnderThePolicyOfRows() throws Exception {
    job.checkOutputSpecs();

    assertThat(timestampOfATask()).isEmpty();
  }

  @Test
  void refusesATaskWhoseJobFixedNoTimestamp() {
    job.configuration.set("hrp.producer.timestamp.policy", "job");

    assertThatThrownBy(job::writer)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("call HrpOutputFormat.configure(configuration) in the driver");
  }

  @Test
  void fixesTheTimestampOfAnyConfigurationWhenAsked() throws Exception {
    Configuration plain = new Configuration(false);
    plain.set("hrp.producer.kafka.bootstrap.servers", "localhost:1");
    plain.set("hrp.producer.timestamp.policy", "job");

    HrpOutputFormat.configure(plain);

    TimestampPolicy policy = JobOptions.read(plain).timestampPolicy();
    assertThat(policy.jobTimestamp().getAsLong()).isGreaterThan(TaskFixture.NOW);
  }

  private Optional<Long> timestampOfATask() throws IOException {
    job.writer();
    TimestampPolicy policy = job.opened.get(job.opened.size() - 1).timestampPolicy();
    return policy.jobTimestamp().isPresent()
        ? Optional.of(policy.jobTimestamp().getAsLong())
        : Optional.empty();
  }
}
