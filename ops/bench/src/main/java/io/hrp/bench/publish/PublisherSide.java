package io.hrp.bench.publish;

import io.hrp.bench.round.Sample;
import io.hrp.bench.round.Side;
import io.hrp.producer.api.HrpPublisher;
import java.util.List;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Put;

/** The publisher as it ships, called by one thread. */
final class PublisherSide implements Side {

  private final HrpPublisher publisher;
  private final long brokerPid;
  private final int rows;
  private final List<Put> puts = PublishRows.puts();
  private final TableName table =
      TableName.valueOf(PublishRows.TABLE.namespace(), PublishRows.TABLE.name());

  PublisherSide(HrpPublisher publisher, long brokerPid, int rows) {
    this.publisher = publisher;
    this.brokerPid = brokerPid;
    this.rows = rows;
  }

  @Override
  public String name() {
    return "hrp";
  }

  @Override
  public Sample run(int round) {
    SendMeter meter = SendMeter.start(brokerPid);
    for (int i = 0; i < rows; i++) {
      publisher.publish(table, puts.get(i % puts.size()));
    }
    // Throws if any of them was not acknowledged.
    publisher.flush();
    return meter.stop(rows);
  }
}
