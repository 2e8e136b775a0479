package io.terrane.api.procedure;

/** Why a region moves. The names are stored and shown. */
public enum MigrationReason {
  /** Somebody asked for it. */
  MANUAL,
  /** Somebody asked for a finished migration to be taken back. */
  UNDO,
  /** Its datanode is dead. */
  FAILOVER,
  /** Its datanode is being emptied. */
  DRAIN,
  /** Its whole table goes elsewhere. */
  TABLE
}
