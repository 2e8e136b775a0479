package io.terrane.api.sql;

/** Runs SQL for clients. Thread-safe. */
@FunctionalInterface
public interface SqlService {
  /**
   * Opens a session; does not block. DATABASE_NOT_FOUND if the client named an unknown database.
   */
  SqlSession open(ClientInfo client);

  /**
   * As {@link #open(ClientInfo)}, for a client whose connection another session may end with KILL.
   *
   * @param disconnect ends the client's connection; does not block, may be run from any thread and
   *     any number of times
   */
  default SqlSession open(ClientInfo client, Runnable disconnect) {
    return open(client);
  }
}
