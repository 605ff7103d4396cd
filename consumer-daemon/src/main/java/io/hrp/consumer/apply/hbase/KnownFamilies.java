package io.hrp.consumer.apply.hbase;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.util.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The families of a table as they were when the target was last asked.
 *
 * <p>A server refuses each mutation with a missing family for itself and takes the others of a
 * call, later ones of the same row among them. So before mutations of one row share a call, those
 * in front of the last one have to be in families that are there. Safe for use by any thread.
 */
final class KnownFamilies {
  /** Volatile: written by whichever call asked last. Never altered once it is here. */
  private volatile @Nullable NavigableSet<byte[]> names;

  /** Whether a mutation is in known families alone. */
  boolean holdAllOf(Row row) {
    NavigableSet<byte[]> known = names;
    if (!(row instanceof Mutation mutation)) {
      return true;
    }
    if (known == null) {
      return mutation.getFamilyCellMap().isEmpty();
    }
    for (byte[] family : mutation.getFamilyCellMap().keySet()) {
      if (!known.contains(family)) {
        return false;
      }
    }
    return true;
  }

  void learn(Collection<byte[]> families) {
    NavigableSet<byte[]> fresh = new TreeSet<>(Bytes.BYTES_COMPARATOR);
    fresh.addAll(families);
    names = fresh;
  }

  /** The target has refused one. */
  void forget() {
    names = null;
  }
}
