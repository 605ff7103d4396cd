package io.hrp.bench.publish;

import io.hrp.bench.round.BenchDirectory;
import io.hrp.bench.round.BenchPlan;
import io.hrp.bench.round.BenchReport;
import io.hrp.bench.round.Benchmark;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

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
        createTopic(sandbox);
        return report(measure(sandbox));
      } finally {
        sandbox.kill();
      }
    }
  }

  private List<SideResult> measure(Sandbox sandbox) throws InterruptedException {
    PublisherOptions options =
        PublisherOptions.builder().bootstrapServers(sandbox.kafka().bootstrapServers()).build();
    Map<String, Object> settings = KafkaClientSettings.of(options).producer();
    long broker = sandbox.kafka().pid();
    try (HrpPublisher publisher = HrpPublishers.create(options);
        BareSide bare = new BareSide(settings, broker, plan.rows())) {
      return plan.toRounds()
          .run("publish", List.of(new PublisherSide(publisher, broker, plan.rows()), bare));
    }
  }

  private static void createTopic(Sandbox sandbox) {
    try (SteeringSession session = ClusterSession.connect(sandbox.configFile())) {
      new TopicSteps(session.ports(), new Operator("hrp bench", "", Operator.Mode.APPLY))
          .create(PublishRows.TABLE, OptionalInt.of(PublishRows.PARTITIONS), OptionalInt.empty());
    }
  }

  private static BenchReport report(List<SideResult> results) {
    return new BenchReport(
        "publish",
        results,
        Map.of("bare", results.get(0).rate() / results.get(1).rate()),
        List.of(
            "One calling thread, puts of five columns of 20 bytes, "
                + PublishRows.PARTITIONS
                + " partitions; the bare side's rows are encoded beforehand."));
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
