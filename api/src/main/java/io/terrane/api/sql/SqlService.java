package io.terrane.api.sql;

/** Runs SQL for clients. Thread-safe. */
@FunctionalInterface
public interface SqlService {
  /**
   * Opens a session; does not block. DATABASE_NOT_FOUND if the client named an unknown database.
   */
  SqlSession open(ClientInfo client);
}
