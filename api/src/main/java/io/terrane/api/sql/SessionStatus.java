package io.terrane.api.sql;

/**
 * What the status word of every OK says.
 *
 * @param database current database, empty if none
 */
public record SessionStatus(
    boolean autocommit, boolean inTransaction, boolean noBackslashEscapes, String database) {}
