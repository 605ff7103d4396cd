package io.hrp.bench.publish;

import io.hrp.bench.round.Sample;
import io.hrp.bench.round.Side;
import io.hrp.producer.api.HrpPublisher;
import java.util.List;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Put;

/** The publisher as it ships. */
final class PublisherSide implements Side {

  private final HrpPublisher publisher;
  private final Callers callers;
  private final long brokerPid;
  private final int rows;
  private final List<Put> puts;
  private final TableName table;

  PublisherSide(
      HrpPublisher publisher, Callers callers, PublishRows pool, long brokerPid, int rows) {
    this.publisher = publisher;
    this.callers = callers;
    this.brokerPid = brokerPid;
    this.rows = rows;
    this.puts = pool.puts();
    this.table = pool.tableName();
  }

  @Override
  public String name() {
    return "hrp";
  }

  @Override
  public Sample run(int round) throws InterruptedException {
    SendMeter meter = SendMeter.start(brokerPid);
    callers.share(rows, i -> publisher.publish(table, puts.get(i % puts.size())));
    // Throws if any of them was not acknowledged.
    publisher.flush();
    return meter.stop(rows);
  }
}
