package io.terrane.api.region;

/** What a region does on a datanode. */
public enum RegionRole {
  /** Reads and writes, while its lease is valid. */
  LEADER,
  /** Reads and flushes, takes no write any more. */
  DOWNGRADING,
  /** Follows the WAL as a migration's candidate; takes no write. */
  FOLLOWER
}
