package io.hrp.ops.sandbox;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One HBase cluster in one process: ZooKeeper, a master and a region server, on the local file
 * system.
 */
public final class HBaseProcess extends ServerProcess {

  /**
   * How to run it.
   *
   * @param cluster the cluster's name, which is also the peer's
   * @param zooKeeperPort where clients start
   * @param masterPort the master's RPC port
   * @param regionServerPort the region server's RPC port
   * @param heap as in {@code -Xmx}
   * @param sessionTimeout how long the region server may be silent, frozen for instance, before it
   *     is held for dead
   * @param settings HBase settings that replace or add to the sandbox's own
   */
  record Spec(
      String cluster,
      int zooKeeperPort,
      int masterPort,
      int regionServerPort,
      String heap,
      Duration sessionTimeout,
      Map<String, String> settings) {
    Spec {
      Objects.requireNonNull(cluster, "cluster");
      Objects.requireNonNull(heap, "heap");
      Objects.requireNonNull(sessionTimeout, "sessionTimeout");
      settings = Map.copyOf(settings);
    }
  }

  /**
   * HBase in one process sometimes stops its ZooKeeper while its region server still wants it, and
   * then waits half a minute for nothing. By then all regions are flushed and closed; what is not
   * stands in the WAL.
   */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

  private static final String READY_MARK = "Master has completed initialization";

  private final Installation installation;
  private final SandboxFiles files;
  private final Spec spec;

  HBaseProcess(Installation installation, SandboxFiles files, Spec spec) {
    super(kind(files, "hbase-" + spec.cluster()));
    this.installation = Objects.requireNonNull(installation, "installation");
    this.files = files;
    this.spec = spec;
  }

  private static Kind kind(SandboxFiles files, String name) {
    return new Kind(name, files.log(name), files.output(name), READY_MARK, STOP_TIMEOUT);
  }

  /** The cluster's name, such as {@code east}. */
  public String cluster() {
    return spec.cluster();
  }

  /** ZooKeeper's address as {@code host:port}. */
  public String zooKeeperQuorum() {
    return "127.0.0.1:" + spec.zooKeeperPort();
  }

  /** The key by which HBase's own replication names this cluster: {@code host:port:/hbase}. */
  public String clusterKey() {
    return zooKeeperQuorum() + ":/hbase";
  }

  /** What a client has to set to reach this cluster. */
  public Map<String, String> clientSettings() {
    return Map.of(
        "hbase.zookeeper.quorum", "127.0.0.1",
        "hbase.zookeeper.property.clientPort", Integer.toString(spec.zooKeeperPort()),
        "zookeeper.znode.parent", "/hbase");
  }

  @Override
  void prepare() {
    Ports.requireFree(name(), spec.zooKeeperPort());
    Ports.requireFree(name(), spec.masterPort());
    Ports.requireFree(name(), spec.regionServerPort());
    SandboxFiles.write(files.conf(name()).resolve("hbase-site.xml"), siteXml());
  }

  @Override
  boolean answers() {
    return Ports.accepts(spec.regionServerPort());
  }

  @Override
  public String address() {
    return "ZooKeeper " + zooKeeperQuorum();
  }

  @Override
  ChildJvm.Command command() {
    List<String> flags = new ArrayList<>(JvmFlags.server(spec.heap()));
    flags.addAll(JvmFlags.HBASE_MODULES);
    flags.add("-Dhrp.log.file=" + logFile());
    String classPath = files.conf(name()) + File.pathSeparator + installation.hbaseClassPath();
    return new ChildJvm.Command(
        classPath,
        flags,
        "org.apache.hadoop.hbase.master.HMaster",
        List.of("start"),
        files.output(name()));
  }

  private Map<String, String> serverSettings() {
    Path data = files.data(name());
    String sessionTimeoutMs = Long.toString(spec.sessionTimeout().toMillis());
    Map<String, String> settings = new TreeMap<>(clientSettings());
    settings.put("hbase.cluster.distributed", "false");
    settings.put("hbase.rootdir", data.resolve("root").toUri().toString());
    settings.put("hbase.tmp.dir", data.resolve("tmp").toString());
    settings.put("hbase.zookeeper.property.dataDir", data.resolve("zookeeper").toString());
    settings.put("hbase.master.hostname", "localhost");
    settings.put("hbase.regionserver.hostname", "localhost");
    settings.put("hbase.master.port", Integer.toString(spec.masterPort()));
    settings.put("hbase.regionserver.port", Integer.toString(spec.regionServerPort()));
    settings.put("hbase.master.info.port", "-1");
    settings.put("hbase.regionserver.info.port", "-1");
    // The local file system cannot sync as HDFS does; HBase would refuse to start on it.
    settings.put("hbase.unsafe.stream.capability.enforce", "false");
    settings.put("hbase.wal.provider", "filesystem");
    // In one process HBase takes the session timeout from the second key. The first holds for a
    // client that copies the file.
    settings.put("zookeeper.session.timeout", sessionTimeoutMs);
    settings.put("zookeeper.session.timeout.localHBaseCluster", sessionTimeoutMs);
    settings.put("hbase.zookeeper.property.maxSessionTimeout", sessionTimeoutMs);
    // Raw comparisons are fair only while nothing purges old versions and delete markers by the
    // clock.
    settings.put("hbase.hregion.majorcompaction", "0");
    settings.putAll(spec.settings());
    return settings;
  }

  private String siteXml() {
    return serverSettings().entrySet().stream()
        .map(
            entry ->
                "  <property><name>%s</name><value>%s</value></property>\n"
                    .formatted(escape(entry.getKey()), escape(entry.getValue())))
        .collect(
            Collectors.joining(
                "",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<configuration>\n",
                "</configuration>\n"));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
