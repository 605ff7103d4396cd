package io.hrp.it.env;

import io.hrp.ops.sandbox.DaemonProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A daemon's metrics at one moment, as a monitoring system reads them. Immutable. */
public final class Scrape {
  private static final int TIMEOUT_MS = 5_000;

  private final List<String> lines;

  private Scrape(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  /** Asks the daemon's admin port. */
  public static Scrape of(DaemonProcess daemon) {
    try {
      URI page = URI.create("http://" + daemon.address() + "/metrics");
      HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      try (InputStream in = connection.getInputStream()) {
        return new Scrape(
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The sum over all series of a metric that carry these labels.
   *
   * @param labels each as {@code name="value"}
   */
  public double sum(String metric, String... labels) {
    return lines.stream()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
