package io.terrane.api.region;

/** What a route says of its leader. The names are persisted; ALIVE is what clients read. */
public enum LeaderState {
  /** Reads and writes. */
  ALIVE,
  /** Told to stop writing; writes wait for the next route. */
  DOWNGRADING
}
