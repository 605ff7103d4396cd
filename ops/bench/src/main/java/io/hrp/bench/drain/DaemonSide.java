package io.hrp.bench.drain;

import io.hrp.bench.round.Cost;
import io.hrp.bench.round.ProcessTimes;
import io.hrp.bench.round.Sample;
import io.hrp.bench.round.Side;
import io.hrp.control.ControlChange;
import io.hrp.control.Scope;
import io.hrp.wire.TableId;
import java.util.List;
import org.apache.hadoop.hbase.TableName;

/**
 * The daemon, as it ships. It runs all the time and holds every table's partitions; all tables are
 * paused, and a round resumes one. The clock starts when that decision is on record, so the time
 * the daemon takes to learn of it counts against it.
 */
final class DaemonSide implements Side {

  private static final String WHO = "hrp bench";

  private final DrainServers servers;
  private final int rows;

  DaemonSide(DrainServers servers, int rows) {
    this.servers = servers;
    this.rows = rows;
  }

  @Override
  public String name() {
    return "hrp";
  }

  /** Keeps a round's backlog where it is until its time has come. */
  static void pause(DrainServers servers, TableId table) {
    change(servers, ControlChange.pause(Scope.ofTable(table)));
  }

  @Override
  public Sample run(int round) throws InterruptedException {
    TableId published = DrainTables.published(round);
    TableName table = DrainTables.nameOf(published);
    BenchCluster target = servers.target();
    AppliedCount applied = new AppliedCount(servers.daemon().address(), published);
    target.createTable(table, 0);
    long daemon = ProcessTimes.cpuNanos(servers.daemon().pid());
    long hbase = ProcessTimes.cpuNanos(target.pid());
    change(servers, ControlChange.resume(Scope.ofTable(published)));
    long begin = System.nanoTime();
    new Progress(name(), rows).await(applied::read);
    long nanos = System.nanoTime() - begin;
    Sample sample =
        Sample.of(rows, nanos)
            .with(Cost.CPU, ProcessTimes.cpuNanos(servers.daemon().pid()) - daemon)
            .with(Cost.TARGET_CPU, ProcessTimes.cpuNanos(target.pid()) - hbase);
    Progress.requireAll(name(), rows, target.countRows(table));
    target.dropTable(table);
    return sample;
  }

  private static void change(DrainServers servers, ControlChange change) {
    servers.session().ports().updater().update(WHO, "a backlog to drain", state -> List.of(change));
  }
}
