package io.hrp.bench.drain;

import io.hrp.bench.round.Cost;
import io.hrp.bench.round.ProcessTimes;
import io.hrp.bench.round.Sample;
import io.hrp.bench.round.Side;
import org.apache.hadoop.hbase.TableName;

/**
 * HBase's own replication: rows are written to the source while its peer is disabled, then the peer
 * is enabled. The clock starts when HBase has taken that switch, as the daemon's does when its
 * resume is on record: how soon either learns of it is part of draining a backlog. A source looks
 * once a second whether its peer is enabled again.
 */
final class ReplicationSide implements Side {

  private static final String PEER = "drain";

  /** For the source to learn that its last call has succeeded. */
  private static final long SETTLE_MS = 2_000;

  private final DrainServers servers;
  private final int rows;

  ReplicationSide(DrainServers servers, int rows) {
    this.servers = servers;
    this.rows = rows;
    servers.source().addDisabledPeer(PEER, servers.target());
  }

  @Override
  public String name() {
    return "replication";
  }

  @Override
  public Sample run(int round) throws InterruptedException {
    TableName table = DrainTables.of(name(), round);
    BenchCluster source = servers.source();
    BenchCluster target = servers.target();
    target.createTable(table, 0);
    source.createTable(table, 1);
    source.fill(table, rows);
    long sourceCpu = ProcessTimes.cpuNanos(source.pid());
    long targetCpu = ProcessTimes.cpuNanos(target.pid());
    source.enablePeer(PEER);
    long begin = System.nanoTime();
    long nanos = awaitAll(table) - begin;
    Sample sample =
        Sample.of(rows, nanos)
            .with(Cost.CPU, ProcessTimes.cpuNanos(source.pid()) - sourceCpu)
            .with(Cost.TARGET_CPU, ProcessTimes.cpuNanos(target.pid()) - targetCpu);
    Thread.sleep(SETTLE_MS);
    source.disablePeer(PEER);
    // Not dropped: a source that sends a call of a missing table again gets no further.
    target.flush(table);
    source.flush(table);
    return sample;
  }

  /**
   * When all rows were there. The count of writes is cheap to ask for, but a call that was sent
   * again counts twice; so rows are counted where it says that all have come. The result is the
   * begin of the count that found all: early by at most the time of one count, which favours
   * replication.
   */
  private long awaitAll(TableName table) throws InterruptedException {
    BenchCluster target = servers.target();
    long goal = rows;
    while (true) {
      long wanted = goal;
      new Progress(name(), rows).await(() -> target.writes(table) - wanted + rows);
      long now = System.nanoTime();
      long counted = target.countRows(table);
      if (counted == rows) {
        return now;
      }
      goal += rows - counted;
    }
  }
}
