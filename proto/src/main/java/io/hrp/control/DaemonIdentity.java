package io.hrp.control;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which daemon process it is. Immutable. */
public final class DaemonIdentity {
  private final String daemonId;
  private final UUID instance;
  private final String host;
  private final long pid;
  private final Instant started;
  private final String version;

  private DaemonIdentity(
      String daemonId, UUID instance, String host, long pid, Instant started, String version) {
    this.daemonId = requireNonNull(daemonId, "daemonId");
    this.instance = requireNonNull(instance, "instance");
    this.host = requireNonNull(host, "host");
    this.pid = pid;
    this.started = Instant.ofEpochMilli(started.toEpochMilli());
    this.version = requireNonNull(version, "version");
  }

  /**
   * Names a process.
   *
   * @param daemonId stays the same when the daemon is restarted; unique among running daemons
   * @param instance new for every start
   * @param started when the process started; kept to the millisecond
   * @param version of the program
   */
  public static DaemonIdentity of(
      String daemonId, UUID instance, String host, long pid, Instant started, String version) {
    return new DaemonIdentity(daemonId, instance, host, pid, started, version);
  }

  public String daemonId() {
    return daemonId;
  }

  public UUID instance() {
    return instance;
  }

  public String host() {
    return host;
  }

  public long pid() {
    return pid;
  }

  public Instant started() {
    return started;
  }

  public String version() {
    return version;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DaemonIdentity && instance.equals(((DaemonIdentity) other).instance);
  }

  @Override
  public int hashCode() {
    return instance.hashCode();
  }

  @Override
  public String toString() {
    return daemonId + " (" + host + ", pid " + pid + ")";
  }
}
