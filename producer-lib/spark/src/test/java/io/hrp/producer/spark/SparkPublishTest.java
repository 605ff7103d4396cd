package io.hrp.producer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.OperationRefusedException;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.api.TimestampPolicy;
import io.hrp.producer.testing.FakePublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An executor that dies of an error leaves its driver waiting, hence the time limit. */
@Timeout(60)
final class SparkPublishTest {
  private static final TableName ORDERS = TableName.valueOf("shop:orders");

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static SparkSession session;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static JavaSparkContext spark;

  private final List<Set<TableName>> checked = new ArrayList<>();

  @BeforeAll
  static void startSpark() {
    SparkConf conf =
        new SparkConf()
            .setAppName("spark-publish-test")
            // Two attempts for each task.
            .setMaster("local[2,2]")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.hadoop.hrp.producer.kafka.bootstrap.servers", "localhost:1");
    session = SparkSession.builder().config(conf).getOrCreate();
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @AfterAll
  static void stopSpark() {
    session.stop();
  }

  @BeforeEach
  void forget() {
    FakePublishers.forget();
  }

  private <T> SparkPublish<T> publish(JavaRDD<T> elements) {
    return new SparkPublish<>(
        elements,
        new Configuration(spark.hadoopConfiguration()),
        new FakePublishers(),
        (options, tables) -> checked.add(tables));
  }

  private static JavaRDD<Integer> numbers(int count, int partitions) {
    return spark.parallelize(
        IntStream.range(0, count).boxed().collect(Collectors.toList()), partitions);
  }

  private static Put put(int row) {
    return new Put(Bytes.toBytes("row-" + row))
        .addColumn(Bytes.toBytes("f"), Bytes.toBytes("q"), Bytes.toBytes(row))
        .addColumn(Bytes.toBytes("f"), Bytes.toBytes("r"), Bytes.toBytes(row));
  }

  @Test
  void publishesEveryElementAndCountsWhatWasAcknowledged() {
    PublishCounts counts = publish(numbers(100, 4)).to("shop:orders", number -> put(number));

    assertThat(counts.mutations()).isEqualTo(100);
    assertThat(counts.cells()).isEqualTo(200);
    assertThat(counts.byTable()).isEqualTo(Map.of("shop:orders", 100L));
    assertThat(checked).containsExactly(Set.of(ORDERS));
    assertThat(FakePublishers.published()).isEqualTo(100);
    assertThat(FakePublishers.OPENED)
        .hasSize(4)
        .allSatisfy(publisher -> assertThat(publisher.inFlight()).isZero())
        .allSatisfy(
            publisher -> assertThat(publisher.closes()).containsExactly(Duration.ofSeconds(60)));
  }

  @Test
  void givesAllTasksOfAnExecutorEqualOptionsSoThatTheyShareAPublisher() {
    publish(numbers(10, 4))
        .set("hrp.producer.timestamp.policy", "job")
        .to("shop:orders", number -> put(number));

    assertThat(Set.copyOf(FakePublishers.OPTIONS)).hasSize(1);
  }

  @Test
  void publishesADataset() {
    Dataset<String> names = session.createDataset(List.of("a", "b", "c"), Encoders.STRING());

    PublishCounts counts =
        publish(names.toJavaRDD()).to("plain", name -> new Delete(Bytes.toBytes(name)));

    assertThat(counts.byTable()).isEqualTo(Map.of("plain", 3L));
    assertThat(counts.cells()).isZero();
  }

  @Test
  void publishesNoneOrSeveralMutationsOfAnElementToAnyTable() {
    PublishCounts counts =
        publish(numbers(10, 2))
            .toTables(
                (number, output) -> {
                  if (number % 2 == 0) {
                    RowMutations both = new RowMutations(Bytes.toBytes("row-" + number));
                    both.add(List.of(put(number)));
                    output.publish(ORDERS, both);
                    output.publish(TableName.valueOf("shop:items"), put(number));
                  }
                });

    assertThat(counts.byTable()).isEqualTo(Map.of("shop:orders", 5L, "shop:items", 5L));
    assertThat(counts.cells()).isEqualTo(20);
    assertThat(checked).containsExactly(Set.of());
  }

  @Test
  void opensNoPublisherForAnEmptyPartition() {
    publish(numbers(1, 4)).to("shop:orders", number -> put(number));

    assertThat(FakePublishers.OPENED).hasSize(1);
  }

  @Test
  void countsARetriedTaskOnceAndLetsGoOfItsFirstAttempt() {
    PublishCounts counts =
        publish(numbers(10, 1))
            .to(
                "shop:orders",
                number -> {
                  if (number == 7 && TaskContext.get().attemptNumber() == 0) {
                    throw new IllegalStateException("in the middle");
                  }
                  return put(number);
                });

    assertThat(counts.mutations()).isEqualTo(10);
    assertThat(FakePublishers.published()).isEqualTo(17);
    assertThat(FakePublishers.OPENED)
        .extracting(FakePublisher::closes)
        .containsExactly(List.of(Duration.ZERO), List.of(Duration.ofSeconds(60)));
  }

  @Test
  void failsTheJobIfAMutationIsRefused() {
    assertThatThrownBy(
            () ->
                publish(numbers(1, 1))
                    .to("shop:orders", number -> new Increment(Bytes.toBytes("row"))))
        .hasMessageContaining("not replayable");
  }

  @Test
  void givesEachJobATimestampOfItsOwnUnderThatPolicy() {
    SparkPublish<Integer> publish =
        publish(numbers(2, 2)).set("hrp.producer.timestamp.policy", "job");

    publish.to("shop:orders", number -> put(number));
    publish.to("shop:orders", number -> put(number));

    List<Long> timestamps =
        FakePublishers.OPTIONS.stream()
            .map(PublisherOptions::timestampPolicy)
            .map(policy -> policy.jobTimestamp().getAsLong())
            .collect(Collectors.toList());
    assertThat(timestamps).hasSize(4);
    assertThat(timestamps.get(0)).isEqualTo(timestamps.get(1));
    assertThat(timestamps.get(2)).isEqualTo(timestamps.get(3)).isGreaterThan(timestamps.get(0));
  }

  @Test
  void refusesSpeculationUnderThePolicyOfRowsAlone() {
    SparkConf speculating = new SparkConf(false).set("spark.speculation", "true");
    PublisherOptions.Builder options = PublisherOptions.builder().bootstrapServers("localhost:1");

    assertThatThrownBy(() -> SparkPublish.refuseSpeculation(speculating, options.build()))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("spark.speculation")
        .hasMessageContaining("hrp.producer.timestamp.policy=job");
    SparkPublish.refuseSpeculation(
        speculating, options.timestampPolicy(TimestampPolicy.job(1)).build());
  }

  @Test
  void refusesATableThatIsToBeWrittenToItsClusterToo() {
    assertThatThrownBy(
            () ->
                publish(numbers(1, 1))
                    .set("hrp.producer.tables.dual", "shop:*")
                    .to("shop:orders", number -> put(number)))
        .isInstanceOf(OperationRefusedException.class)
        .hasMessageContaining("it is dual");
  }

  @Test
  void saysWhatIsWrongBeforeAnyTaskStarts() {
    assertThatThrownBy(
            () ->
                publish(numbers(1, 1))
                    .set("hrp.producer.max-blok-ms", "1")
                    .to("shop:orders", number -> put(number)))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("'hrp.producer.max-blok-ms'");
    assertThat(FakePublishers.OPENED).isEmpty();
  }
}
