package io.hrp.control.config;

/** The weakest durability with which a peer is written; a record may ask for a stronger one. */
public enum PeerDurability {
  /**
   * Written to the WAL of the region server and handed to its replicas before it is acknowledged.
   */
  SYNC_WAL,
  /** Forced to disk as well. */
  FSYNC_WAL,
  /**
   * Acknowledged before the WAL has it: the crash of a region server loses the latest mutations,
   * and HRP does not bring them back.
   */
  ASYNC_WAL,
  /**
   * Not in the WAL at all: the crash of a region server loses everything since the last flush of
   * each region, and HRP does not bring it back.
   */
  SKIP_WAL
}
