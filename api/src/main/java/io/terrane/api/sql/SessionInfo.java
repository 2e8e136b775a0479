package io.terrane.api.sql;

import java.time.Duration;
import java.util.Objects;

/**
 * A client's session as a process list shows it.
 *
 * @param id what CONNECTION_ID() answers there, and what KILL takes
 * @param database empty if none
 * @param elapsed since the running statement began, or since the last one ended
 * @param statement what is running, as written; empty when nothing is
 */
public record SessionInfo(
    long id, String user, String host, String database, Duration elapsed, String statement) {
  public SessionInfo {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(elapsed, "elapsed");
    Objects.requireNonNull(statement, "statement");
  }

  public boolean isRunning() {
    return !statement.isEmpty();
  }

  /** MySQL's word for what the session does. */
  public String command() {
    return isRunning() ? "Query" : "Sleep";
  }

  /** MySQL's word for how it does it; empty when it does nothing. */
  public String state() {
    return isRunning() ? "executing" : "";
  }
}
