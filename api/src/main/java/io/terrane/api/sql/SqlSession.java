package io.terrane.api.sql;

import io.terrane.api.table.Datum;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;

/**
 * One client's variables, current database and prepared statements. One call at a time, on a thread
 * that may block; only {@link #cancel} and {@link #status} may come from elsewhere. Every failure
 * is a TerraneException and leaves the session usable.
 */
public interface SqlSession extends AutoCloseable {
  /**
   * Runs a text of one or more statements, each when {@code next} asks for it. A result of rows
   * must be closed before the next statement. Text without any statement is an EMPTY_QUERY.
   *
   * @param multiple whether more than one statement is allowed; if not, a second one is a
   *     SYNTAX_ERROR
   */
  Iterator<StatementResult> execute(String sql, boolean multiple);

  PreparedStatement prepare(String sql);

  /** Runs a statement prepared by this session; the Java forms of parameters are Datum's. */
  StatementResult execute(PreparedStatement statement, List<Datum> parameters);

  /** Changes the current database; DATABASE_NOT_FOUND if there is none of that name. */
  void useDatabase(String database);

  /**
   * Back to the state after login: variables, transaction, prepared statements; keeps the database.
   */
  void reset();

  SessionStatus status();

  /** The session's time zone, in which clients read and write timestamps. From any thread. */
  ZoneId timeZone();

  /** Ends the running statement, if any, with QUERY_INTERRUPTED. */
  void cancel();

  @Override
  void close();
}
