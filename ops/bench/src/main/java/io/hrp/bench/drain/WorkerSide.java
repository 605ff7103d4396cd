package io.hrp.bench.drain;

import io.hrp.bench.round.Cost;
import io.hrp.bench.round.Sample;
import io.hrp.bench.round.Side;
import io.hrp.wire.TopicNames;
import org.apache.hadoop.hbase.TableName;

/** Work done by a process of its own, as the daemon is one. */
final class WorkerSide implements Side {

  private final DrainServers servers;
  private final WorkerProcess worker;
  private final int rows;

  WorkerSide(DrainServers servers, WorkerProcess worker, int rows) {
    this.servers = servers;
    this.worker = worker;
    this.rows = rows;
  }

  @Override
  public String name() {
    return worker.work().title();
  }

  @Override
  public Sample run(int round) {
    TableName table = DrainTables.of(name(), round);
    BenchCluster target = servers.target();
    target.createTable(table, 0);
    WorkerProcess.Answer answer =
        worker.run(TopicNames.dataTopic(DrainTables.published(round)), table);
    Progress.requireAll(name(), rows, target.countRows(table));
    target.dropTable(table);
    return Sample.of(rows, answer.nanos())
        .with(Cost.CPU, answer.cpuNanos())
        .with(Cost.TARGET_CPU, answer.targetCpuNanos());
  }
}
