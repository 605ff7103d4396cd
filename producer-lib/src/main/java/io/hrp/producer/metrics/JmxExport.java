package io.hrp.producer.metrics;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.jmx.JmxReporter;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shows a registry's metrics through JMX, in the domain {@value #DOMAIN}; a second registry of the
 * process gets a number behind it. Publishers that share a registry share its domain, which goes
 * with the last of them. Needs {@code metrics-jmx} on the class path. Thread-safe.
 */
public final class JmxExport implements AutoCloseable {
  public static final String DOMAIN = "io.hrp.producer";

  /** Shows nothing. */
  public static final JmxExport NONE = new JmxExport(() -> {});

  private static final Object LOCK = new Object();

  @GuardedBy("LOCK")
  private static final List<Shown> shown = new ArrayList<>();

  private final Runnable end;
  private final AtomicBoolean ended = new AtomicBoolean();

  private JmxExport(Runnable end) {
    this.end = end;
  }

  /**
   * Begins to show a registry, if nobody has.
   *
   * @throws NoClassDefFoundError without {@code metrics-jmx}
   */
  public static JmxExport of(MetricRegistry registry) {
    synchronized (LOCK) {
      for (Shown one : shown) {
        if (one.registry == registry) {
          one.users++;
          return new JmxExport(() -> release(one));
        }
      }
      Shown added = new Shown(registry, freeDomain());
      shown.add(added);
      return new JmxExport(() -> release(added));
    }
  }

  @GuardedBy("LOCK")
  private static String freeDomain() {
    int number = 1;
    while (isTaken(domain(number))) {
      number++;
    }
    return domain(number);
  }

  private static String domain(int number) {
    return number == 1 ? DOMAIN : DOMAIN + "-" + number;
  }

  @GuardedBy("LOCK")
  private static boolean isTaken(String domain) {
    for (Shown one : shown) {
      if (one.domain.equals(domain)) {
        return true;
      }
    }
    return false;
  }

  private static void release(Shown one) {
    synchronized (LOCK) {
      one.users--;
      if (one.users == 0) {
        shown.remove(one);
        one.reporter.close();
      }
    }
  }

  @Override
  public void close() {
    if (ended.compareAndSet(false, true)) {
      end.run();
    }
  }

  /** A registry that is shown, and to how many publishers it belongs. */
  private static final class Shown {
    private final MetricRegistry registry;
    private final String domain;
    private final JmxReporter reporter;
    private int users = 1;

    Shown(MetricRegistry registry, String domain) {
      this.registry = registry;
      this.domain = domain;
      this.reporter = JmxReporter.forRegistry(registry).inDomain(domain).build();
      reporter.start();
    }
  }
}
