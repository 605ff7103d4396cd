package io.hrp.ops.steer;

import io.hrp.wire.TableId;
import java.util.List;

/** Port: the peers' HBase clusters. */
public interface PeerClusters {
  /**
   * The table on every configured peer. A peer that does not answer in time is told, not thrown.
   */
  List<PeerTable> describe(TableId table);
}
