package io.hrp.consumer.apply.hbase;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.client.AsyncConnection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.security.UserGroupInformation;

/** Begins one attempt to connect, with the login that the target's settings ask for. */
final class Connector implements Supplier<CompletableFuture<AsyncConnection>> {
  private final HBaseTarget target;

  Connector(HBaseTarget target) {
    this.target = target;
  }

  /** Blocks for a login with Kerberos, and for nothing else. */
  @Override
  public CompletableFuture<AsyncConnection> get() {
    Configuration conf = ClientConfiguration.of(target);
    if (conf.get("hadoop.security.authentication", "simple").equalsIgnoreCase("kerberos")) {
      // Hadoop keeps this for the whole process and would otherwise look for site files.
      UserGroupInformation.setConfiguration(conf);
    }
    return ConnectionFactory.createAsyncConnection(conf);
  }
}
