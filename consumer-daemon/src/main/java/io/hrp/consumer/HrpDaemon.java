package io.hrp.consumer;

import io.hrp.consumer.admin.AdminStartException;
import io.hrp.consumer.config.DaemonSettings;
import io.hrp.control.DaemonIdentity;
import io.hrp.control.config.ConfigException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon's main class: {@code HrpDaemon --config <hrp.yaml>}.
 *
 * <p>Exit codes are those of {@link ExitStatus}. SIGTERM and SIGINT finish what was read, within
 * {@code consumer.drain-timeout-ms}; a second signal gives up what is not in flight.
 */
public final class HrpDaemon {
  private static final Logger log = LoggerFactory.getLogger(HrpDaemon.class);

  private static final String USAGE = "usage: hrp daemon --config <hrp.yaml>";

  private HrpDaemon() {}

  public static void main(String[] args) {
    if (args.length == 1 && args[0].equals("--help")) {
      System.out.println(USAGE);
      System.exit(ExitStatus.DONE.code());
    }
    if (args.length != 2 || !args[0].equals("--config")) {
      System.err.println(USAGE);
      System.exit(ExitStatus.USAGE.code());
    }
    System.exit(run(Path.of(args[1])).code());
  }

  private static ExitStatus run(Path config) {
    StopRequest stop = new StopRequest();
    TerminationSignals.install(stop::signal);
    try {
      DaemonSettings settings = DaemonSettings.load(config);
      return new Daemon(settings, identity(settings), stop).run();
    } catch (ConfigException invalid) {
      System.err.println(invalid.getMessage());
      return ExitStatus.INVALID_CONFIGURATION;
    } catch (AdminStartException taken) {
      System.err.println(taken.getMessage());
      return ExitStatus.REFUSED;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return ExitStatus.INTERRUPTED;
    } catch (RuntimeException fault) {
      log.error("the daemon ends with an internal fault", fault);
      return ExitStatus.INTERNAL_FAULT;
    }
  }

  private static DaemonIdentity identity(DaemonSettings settings) {
    UUID instance = UUID.randomUUID();
    String host = host();
    long pid = ProcessHandle.current().pid();
    String version = HrpDaemon.class.getPackage().getImplementationVersion();
    return DaemonIdentity.of(
        settings.group().daemonId().orElse(host + "-" + pid),
        instance,
        host,
        pid,
        Instant.now(),
        version == null ? "unpackaged" : version);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "localhost";
    }
  }
}
