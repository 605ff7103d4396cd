package io.hrp.wire;

import static java.util.Objects.requireNonNull;

import org.apache.hadoop.hbase.client.Durability;

/**
 * How mutations are to be written to a target cluster.
 *
 * <p>Immutable and safe for use by any thread.
 */
public final class TargetOptions {
  /** Written to the target's WAL before it counts as applied. */
  public static final TargetOptions DEFAULT = new TargetOptions(Durability.SYNC_WAL);

  private final Durability minimumDurability;

  private TargetOptions(Durability minimumDurability) {
    this.minimumDurability = requireNonNull(minimumDurability, "minimumDurability");
  }

  /** Options under which a message's durability counts only where it is stronger than this one. */
  public static TargetOptions of(Durability minimumDurability) {
    return new TargetOptions(minimumDurability);
  }

  public Durability minimumDurability() {
    return minimumDurability;
  }

  /** The stronger of the two; HBase declares its durabilities from weakest to strongest. */
  Durability strengthened(Durability wanted) {
    return wanted.compareTo(minimumDurability) > 0 ? wanted : minimumDurability;
  }
}
