package io.hrp.ops.sandbox;

import java.util.List;

/** JVM flags of the child processes. */
final class JvmFlags {

  /** What HBase and its ZooKeeper reach into on Java 17. */
  static final List<String> HBASE_MODULES =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
          "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED");

  private JvmFlags() {}

  /**
   * Flags of a server with the given heap. Several servers share one small machine, so the
   * collector is the one without threads and side tables of its own; the compilers are left alone,
   * because the benchmarks run on these servers.
   */
  static List<String> server(String heap) {
    return List.of(
        "-Xmx" + heap,
        "-XX:+UseSerialGC",
        "-XX:MaxMetaspaceSize=192m",
        "-XX:ReservedCodeCacheSize=96m",
        "-XX:+ExitOnOutOfMemoryError",
        "-Djava.net.preferIPv4Stack=true",
        "-Djava.awt.headless=true");
  }
}
