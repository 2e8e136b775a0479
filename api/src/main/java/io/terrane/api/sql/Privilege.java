package io.terrane.api.sql;

/** What a user may do beyond reading and writing. */
public enum Privilege {
  /** Call the functions that do something to the cluster, such as {@code migrate_region}. */
  ADMIN
}
