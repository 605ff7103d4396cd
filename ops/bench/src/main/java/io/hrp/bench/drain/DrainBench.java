package io.hrp.bench.drain;

import io.hrp.bench.round.BenchPlan;
import io.hrp.bench.round.BenchReport;
import io.hrp.bench.round.Benchmark;
import io.hrp.bench.round.SideResult;
import io.hrp.ops.steer.Operator;
import io.hrp.ops.steer.TopicSteps;
import io.hrp.wire.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * {@code hrp bench drain}: a backlog of one topic with four partitions into one peer's table with
 * four regions, beside a bare loop, plain puts from memory, and HBase's own replication.
 */
public final class DrainBench implements Benchmark {

  private static final int PARTITIONS = 4;

  private final BenchPlan plan;

  public DrainBench(BenchPlan plan) {
    this.plan = Objects.requireNonNull(plan, "plan");
  }

  @Override
  public BenchReport run() throws InterruptedException {
    DrainServers servers = DrainServers.start(plan);
    List<SideResult> results;
    try (servers) {
      publishBacklogs(servers);
      servers.startDaemon();
      results = measure(servers);
    }
    servers.deleteFiles();
    return new BenchReport("drain", results, ratios(results), notes());
  }

  private List<SideResult> measure(DrainServers servers) throws InterruptedException {
    int rows = plan.rows();
    try (WorkerProcess loop = WorkerProcess.start(servers, DrainWork.LOOP, rows);
        WorkerProcess putAll = WorkerProcess.start(servers, DrainWork.PUTALL, rows)) {
      return plan.toRounds()
          .run(
              "drain",
              List.of(
                  new DaemonSide(servers, rows),
                  new WorkerSide(servers, loop, rows),
                  new WorkerSide(servers, putAll, rows),
                  new ReplicationSide(servers, rows)));
    }
  }

  /** One topic per round: what is drained is not there a second time. */
  private void publishBacklogs(DrainServers servers) {
    TopicSteps topics =
        new TopicSteps(
            servers.session().ports(), new Operator("hrp bench", "", Operator.Mode.APPLY));
    Backlog backlog = new Backlog(servers.bootstrapServers());
    for (int round = 0; round <= plan.rounds(); round++) {
      plan.progress().accept("publishing backlog " + (round + 1) + " of " + (plan.rounds() + 1));
      TableId table = DrainTables.published(round);
      topics.create(table, OptionalInt.of(PARTITIONS), OptionalInt.empty());
      DaemonSide.pause(servers, table);
      backlog.publish(DrainTables.nameOf(table), plan.rows());
    }
  }

  private static Map<String, Double> ratios(List<SideResult> results) {
    double ours = results.get(0).rate();
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (SideResult theirs : results.subList(1, results.size())) {
      ratios.put(theirs.side(), ours / theirs.rate());
    }
    return ratios;
  }

  private static List<String> notes() {
    return List.of(
        "CPU is of the process that drains (for replication: the source cluster), target of the"
            + " cluster that is written to.");
  }
}
