package io.hrp.it.order;

import java.util.List;
import java.util.UUID;
import org.apache.hadoop.hbase.Cell;

/**
 * One atomic write as a region server logged it.
 *
 * @param region the region's encoded name
 * @param sequence grows with each edit of a region, and from a region to its daughters
 * @param writeTimeMs when the server wrote it
 * @param clusterIds the clusters it had been on, as the one that sent it said
 * @param cells in the order in which they were applied
 */
record WalEdit(
    String region, long sequence, long writeTimeMs, List<UUID> clusterIds, List<Cell> cells) {
  WalEdit {
    clusterIds = List.copyOf(clusterIds);
    cells = List.copyOf(cells);
  }
}
