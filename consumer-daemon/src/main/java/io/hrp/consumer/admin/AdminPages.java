package io.hrp.consumer.admin;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/**
 * What the admin port shows. Each supplier is called by several threads, once for each request, and
 * must return without waiting for the network.
 *
 * @param metricsText Prometheus text format, version 0.0.4
 * @param health whether the process works; a bad answer asks for a restart
 * @param readiness whether it takes part in its work; a bad answer may be over in a moment
 * @param statusJson one JSON document
 */
public record AdminPages(
    Supplier<String> metricsText,
    Supplier<Health> health,
    Supplier<Health> readiness,
    Supplier<String> statusJson) {
  public AdminPages {
    requireNonNull(metricsText, "metricsText");
    requireNonNull(health, "health");
    requireNonNull(readiness, "readiness");
    requireNonNull(statusJson, "statusJson");
  }
}
