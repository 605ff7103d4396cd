package io.hrp.control.config;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/** Collects every fault of a configuration, so that one run shows them all. Not thread-safe. */
public final class Problems {
  private final String source;
  private final List<String> found = new ArrayList<>();

  /**
   * Starts with no fault.
   *
   * @param source what is being read, for messages: a file name
   */
  public Problems(String source) {
    this.source = requireNonNull(source, "source");
  }

  /** Adds a fault: one sentence without a secret in it. */
  public void add(String problem) {
    found.add(requireNonNull(problem, "problem"));
  }

  /** The faults so far, in the order in which they were found. */
  public List<String> all() {
    return List.copyOf(found);
  }

  /**
   * Does nothing if no fault was found.
   *
   * @throws ConfigException listing every fault
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigException(source, found);
    }
  }
}
