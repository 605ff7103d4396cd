package io.hrp.ops.sandbox;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One HRP daemon as its users run it: a process of its own, with the daemon's class path and a
 * configuration file.
 */
public final class DaemonProcess extends ServerProcess {

  /**
   * How to run it.
   *
   * @param config its {@code hrp.yaml}
   * @param httpPort the port the configuration gives its HTTP server, by which readiness is asked
   *     for
   * @param heap as in {@code -Xmx}
   * @param jvmArgs further flags and system properties
   */
  public record Spec(Path config, int httpPort, String heap, List<String> jvmArgs) {
    public Spec {
      Objects.requireNonNull(config, "config");
      Objects.requireNonNull(heap, "heap");
      jvmArgs = List.copyOf(jvmArgs);
    }

    /** A daemon with a heap that fits a small machine. */
    public static Spec of(Path config, int httpPort) {
      return new Spec(config, httpPort, "384m", List.of());
    }
  }

  /** The daemon drains for 20 s by default. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);

  private static final String MAIN_CLASS = "io.hrp.consumer.HrpDaemon";

  private final Installation installation;
  private final Spec spec;

  DaemonProcess(Installation installation, SandboxFiles files, String id, Spec spec) {
    // The daemon logs to standard output; there is no second file, and any text will do as the sign
    // that it lives.
    super(new Kind(id, files.log(id), files.log(id), "", STOP_TIMEOUT));
    this.installation = Objects.requireNonNull(installation, "installation");
    this.spec = Objects.requireNonNull(spec, "spec");
  }

  @Override
  void prepare() {
    // Its configuration is the caller's, and it says itself when its port is taken.
  }

  @Override
  boolean answers() {
    return httpStatus("/readyz") == 200;
  }

  /** Asks the daemon to end (SIGTERM) and returns at once. */
  public void terminate() {
    slot().signal("TERM");
  }

  /**
   * Waits for the end of the process; its exit status, or -1 if it still runs when the time is up.
   */
  public int awaitExit(Duration timeout) {
    return slot().awaitExit(timeout);
  }

  /** The status code the daemon's HTTP server answers with, 0 if it does not answer. */
  public int httpStatus(String path) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create("http://" + address() + path).toURL().openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(2_000);
      try {
        return connection.getResponseCode();
      } finally {
        connection.disconnect();
      }
    } catch (IOException notListening) {
      return 0;
    }
  }

  @Override
  public String address() {
    return "127.0.0.1:" + spec.httpPort();
  }

  /** The flags of its JVM, heap included: for who wants to run something else in the same way. */
  public List<String> jvmFlags() {
    List<String> flags = new ArrayList<>(JvmFlags.server(spec.heap()));
    flags.addAll(JvmFlags.HBASE_MODULES);
    flags.addAll(spec.jvmArgs());
    return flags;
  }

  @Override
  ChildJvm.Command command() {
    return new ChildJvm.Command(
        installation.daemonClassPath(),
        jvmFlags(),
        MAIN_CLASS,
        List.of("--config", spec.config().toString()),
        logFile());
  }
}
