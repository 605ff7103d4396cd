package io.hrp.it.env;

/**
 * A target cluster under the name one test gives it. Each test has names of its own, and with them
 * consumer groups and control records of its own.
 *
 * @param name as in {@code hrp.yaml}
 * @param cluster what it points at
 */
public record Peer(String name, Cluster cluster) {
  /** The consumer group that the peer's daemons share. */
  public String group() {
    return "hrp-" + name;
  }
}
