package io.terrane.query;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.PreparedStatement;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.SessionInfo;
import io.terrane.api.sql.SessionStatus;
import io.terrane.api.sql.SqlSession;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.Datum;
import io.terrane.query.parse.InsertText;
import io.terrane.query.parse.MySqlLexis;
import io.terrane.query.parse.ParsedStatement;
import io.terrane.query.parse.SqlParsing;
import io.terrane.query.parse.Statement;
import io.terrane.query.parse.StatementSource;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One client's session. */
final class QuerySession implements SqlSession {
  private final QueryEngine engine;
  private final SessionState state;
  private final Runnable disconnect;
  private final StatementExecutor executor;
  private volatile RunningStatement running;
  private volatile long idleSinceNanos;

  QuerySession(QueryEngine engine, SessionState state, Runnable disconnect) {
    this.engine = engine;
    this.state = state;
    this.disconnect = disconnect;
    this.executor = new StatementExecutor(engine, state);
    this.idleSinceNanos = engine.runtime().ticker().nanos();
  }

  SessionState state() {
    return state;
  }

  /** The session in a process list; from any thread. */
  SessionInfo info(long nowNanos) {
    RunningStatement statement = running;
    boolean busy = statement != null && !statement.hasEnded();
    long since = busy ? statement.startedNanos() : idleSinceNanos;
    return new SessionInfo(
        state.client().connectionId(),
        state.client().user(),
        state.client().host(),
        state.database(),
        Duration.ofNanos(Math.max(0, nowNanos - since)),
        busy ? statement.text() : "");
  }

  void disconnect() {
    cancel();
    disconnect.run();
  }

  @Override
  public Iterator<StatementResult> execute(String sql, boolean multiple) {
    Optional<StatementResult> inserted = insertPlain(sql, state.lexis(), List.of());
    if (inserted.isPresent()) {
      return List.of(inserted.get()).iterator();
    }
    Deque<StatementSource> sources =
        failing(() -> new ArrayDeque<>(SqlParsing.split(sql, state.lexis())));
    if (sources.isEmpty()) {
      throw noted(new TerraneException(ErrorCode.EMPTY_QUERY, "Query was empty"));
    }
    if (!multiple && sources.size() > 1) {
      sources.removeFirst();
      throw noted(sources.getFirst().unexpected());
    }
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !sources.isEmpty();
      }

      @Override
      public StatementResult next() {
        if (sources.isEmpty()) {
          throw new NoSuchElementException();
        }
        StatementSource source = sources.removeFirst();
        try {
          return run(source, List.of());
        } catch (TerraneException failure) {
          sources.clear();
          throw failure;
        }
      }
    };
  }

  @Override
  public PreparedStatement prepare(String sql) {
    return failing(
        () -> {
          StatementSource source = SqlParsing.single(sql, state.lexis());
          ParsedStatement parsed = source.parse();
          if (parsed.statement() instanceof Statement.LoadData) {
            throw new TerraneException(
                ErrorCode.NOT_PREPARABLE,
                "This command is not supported in the prepared statement protocol yet");
          }
          List<ResultColumn> columns = executor.describe(parsed);
          return new SessionStatement(source, parsed.parameters(), columns);
        });
  }

  @Override
  public StatementResult execute(PreparedStatement statement, List<Datum> parameters) {
    SessionStatement known = (SessionStatement) statement;
    if (parameters.size() != known.parameterCount()) {
      throw noted(
          new TerraneException(
              ErrorCode.INVALID_ARGUMENT,
              "Incorrect arguments to EXECUTE: "
                  + parameters.size()
                  + " values for "
                  + known.parameterCount()
                  + " parameters"));
    }
    Optional<StatementResult> inserted =
        insertPlain(known.source().text(), known.source().lexis(), parameters);
    return inserted.isPresent() ? inserted.get() : run(known.source(), parameters);
  }

  /** Runs an INSERT that needs no tree; empty, with nothing done, for any other statement. */
  private Optional<StatementResult> insertPlain(
      String sql, MySqlLexis lexis, List<Datum> parameters) {
    return InsertText.of(sql, lexis)
        .flatMap(
            text -> run(sql.strip(), statement -> executor.insert(text, parameters, statement)));
  }

  private StatementResult run(StatementSource source, List<Datum> parameters) {
    Optional<StatementPlanner.Planned> known = failing(() -> executor.known(source, parameters));
    if (known.isPresent()) {
      return run(source.text(), statement -> Optional.of(executor.execute(known.get(), statement)))
          .orElseThrow();
    }
    // A prepared statement is read anew each time, because planning writes into the tree.
    ParsedStatement parsed = failing(source::parse);
    return run(
            parsed.text(),
            statement -> Optional.of(executor.execute(parsed, parameters, statement)))
        .orElseThrow();
  }

  private Optional<StatementResult> run(
      String text, Function<RunningStatement, Optional<StatementResult>> action) {
    long started = engine.runtime().ticker().nanos();
    RunningStatement statement =
        new RunningStatement(
            engine.runtime().allocator(),
            engine.config().queryMemoryBytesMax(),
            text,
            started,
            () -> ended(text, started));
    running = statement;
    Optional<StatementResult> result = Optional.empty();
    try {
      result = action.apply(statement);
      result.ifPresent(any -> engine.counters().began());
      return result;
    } catch (RuntimeException failure) {
      engine.counters().began();
      throw noted(statement.failure(failure));
    } finally {
      // A result of rows, or a file that is loaded, ends its statement when it is closed.
      if (result.isEmpty() || result.get() instanceof StatementResult.Affected) {
        statement.end();
        running = null;
      }
    }
  }

  private void ended(String text, long startedNanos) {
    long now = engine.runtime().ticker().nanos();
    idleSinceNanos = now;
    engine
        .slowStatements()
        .ended(text, state.client().connectionId(), state.client().user(), startedNanos, now);
  }

  private <T> T failing(Supplier<T> action) {
    try {
      return action.get();
    } catch (RuntimeException failure) {
      throw noted(TerraneException.of(failure));
    }
  }

  private TerraneException noted(TerraneException failure) {
    state.failed(failure);
    return failure;
  }

  @Override
  public void useDatabase(String database) {
    state.use(failing(() -> engine.database(database)));
  }

  @Override
  public void reset() {
    state.reset();
  }

  @Override
  public SessionStatus status() {
    return new SessionStatus(
        state.variables().isOn("autocommit"),
        state.inTransaction(),
        state.lexis().noBackslashEscapes(),
        state.database());
  }

  @Override
  public ZoneId timeZone() {
    return state.variables().timeZone();
  }

  @Override
  public void cancel() {
    RunningStatement statement = running;
    if (statement != null) {
      statement.stop(ErrorCode.QUERY_INTERRUPTED);
    }
  }

  @Override
  public void close() {
    cancel();
    engine.closed(this);
  }
}
