package io.hrp.bench.publish;

import io.hrp.bench.round.BenchDirectory;
import io.hrp.bench.round.BenchPlan;
import io.hrp.bench.round.BenchReport;
import io.hrp.bench.round.Benchmark;
import io.hrp.bench.round.Cost;
import io.hrp.bench.round.SideResult;
import io.hrp.ops.client.ClusterSession;
import io.hrp.ops.sandbox.Installation;
import io.hrp.ops.sandbox.Sandbox;
import io.hrp.ops.sandbox.SandboxServer;
import io.hrp.ops.sandbox.SandboxSpec;
import io.hrp.ops.sandbox.StartListener;
import io.hrp.ops.steer.Operator;
import io.hrp.ops.steer.SteeringSession;
import io.hrp.ops.steer.TopicSteps;
import io.hrp.producer.HrpPublishers;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.config.KafkaClientSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * {@code hrp bench publish}: HBase mutations through the producer library, beside a bare Kafka
 * producer that sends the same bytes with the same settings to the same broker.
 */
public final class PublishBench implements Benchmark {

  /** The sandbox wants one; it is idle. */
  private static final String CLUSTER = "east";

  private final BenchPlan plan;

  public PublishBench(BenchPlan plan) {
    this.plan = Objects.requireNonNull(plan, "plan");
  }

  @Override
  public BenchReport run() throws InterruptedException {
    try (BenchDirectory directory = BenchDirectory.create(plan.directory(), "publish")) {
      SandboxSpec spec = SandboxSpec.in(directory.path()).withClusters(List.of(CLUSTER));
      Sandbox sandbox = Sandbox.start(spec, Installation.current(), listener());
      try {
        return report(measure(sandbox));
      } finally {
        sandbox.kill();
      }
    }
  }

  private List<SideResult> measure(Sandbox sandbox) throws InterruptedException {
    PublisherOptions options =
        PublisherOptions.builder().bootstrapServers(sandbox.kafka().bootstrapServers()).build();
    List<SideResult> results = new ArrayList<>();
    try (SteeringSession session = ClusterSession.connect(sandbox.configFile());
        HrpPublisher publisher = HrpPublishers.create(options);
        KafkaProducer<byte[], byte[]> bare =
            new KafkaProducer<>(
                KafkaClientSettings.of(options).producer(),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      TopicSteps topics =
          new TopicSteps(session.ports(), new Operator("hrp bench", "", Operator.Mode.APPLY));
      for (PublishCase each : PublishCase.all()) {
        PublishRows pool = new PublishRows(each);
        topics.create(pool.table(), OptionalInt.of(PublishRows.PARTITIONS), OptionalInt.empty());
        results.addAll(
            measure(each, pool, publisher, bare, options.writer(), sandbox.kafka().pid()));
      }
    }
    return results;
  }

  private List<SideResult> measure(
      PublishCase each,
      PublishRows pool,
      HrpPublisher publisher,
      KafkaProducer<byte[], byte[]> bare,
      String writer,
      long broker)
      throws InterruptedException {
    int rows = each.rows(plan.rows());
    try (Callers callers = new Callers(each.threads())) {
      return plan.toRounds()
          .run(
              each.title(),
              List.of(
                  new PublisherSide(publisher, callers, pool, broker, rows),
                  new BareSide(bare, callers, pool.encoded(writer), broker, rows)));
    }
  }

  private static BenchReport report(List<SideResult> results) {
    return new BenchReport("publish", results, ratios(results), notes(results));
  }

  /** The geometric mean of the cases' ratios, and the lowest of them. */
  private static Map<String, Double> ratios(List<SideResult> results) {
    double logs = 0;
    double worst = Double.POSITIVE_INFINITY;
    int cases = results.size() / 2;
    for (int i = 0; i < results.size(); i += 2) {
      double ratio = results.get(i).rate() / results.get(i + 1).rate();
      logs += Math.log(ratio);
      worst = Math.min(worst, ratio);
    }
    Map<String, Double> ratios = new LinkedHashMap<>();
    ratios.put("bare", Math.exp(logs / cases));
    ratios.put("worst", worst);
    return ratios;
  }

  private static List<String> notes(List<SideResult> results) {
    double more =
        results.get(0).perRow(Cost.ALLOCATED).orElseThrow()
            - results.get(1).perRow(Cost.ALLOCATED).orElseThrow();
    return List.of(
        "Rows of "
            + PublishRows.PARTITIONS
            + " partitions; the bare side's are encoded beforehand. 'bare' is the geometric mean of"
            + " all cases.",
        String.format(
            Locale.ROOT,
            "Allocated beyond the bare producer in '%s': %.0f bytes/row.",
            results.get(0).caseName(),
            more));
  }

  private StartListener listener() {
    return new StartListener() {
      @Override
      public void starting(String server) {
        plan.progress().accept("starting " + server);
      }

      @Override
      public void ready(SandboxServer server, Duration took) {
        plan.progress().accept(server.name() + " is ready");
      }
    };
  }
}
