package io.terrane.frontend.mysql.testing;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ClientInfo;
import io.terrane.api.sql.PreparedStatement;
import io.terrane.api.sql.SessionStatus;
import io.terrane.api.sql.SqlSession;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.Datum;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.concurrent.CountDownLatch;

/** A session of a {@link StubSqlService}; complains if two threads use it at once. */
public final class StubSession implements SqlSession {
  private final StubSqlService service;
  private final ClientInfo client;
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile String database = "";
  private volatile boolean inTransaction;

  StubSession(StubSqlService service, ClientInfo client) {
    this.service = service;
    this.client = client;
  }

  public ClientInfo client() {
    return client;
  }

  public CountDownLatch cancelled() {
    return cancelled;
  }

  public CountDownLatch closed() {
    return closed;
  }

  public void inTransaction(boolean now) {
    inTransaction = now;
  }

  @Override
  public Iterator<StatementResult> execute(String sql, boolean multiple) {
    List<String> statements = multiple ? Arrays.asList(sql.split(";", 0)) : List.of(sql);
    ListIterator<String> each = statements.listIterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        if (each.hasNext() && statements.get(each.nextIndex()).isBlank()) {
          throw new TerraneException(ErrorCode.SYNTAX_ERROR, "a blank where a statement should be");
        }
        return each.hasNext();
      }

      @Override
      public StatementResult next() {
        return service.run(StubSession.this, each.next().strip(), List.of());
      }
    };
  }

  @Override
  public PreparedStatement prepare(String sql) {
    return service.prepare(sql);
  }

  @Override
  public StatementResult execute(PreparedStatement statement, List<Datum> parameters) {
    service.parameters().add(parameters);
    return service.run(this, ((StubSqlService.StubStatement) statement).sql(), parameters);
  }

  @Override
  public void useDatabase(String name) {
    if (name.equals("nowhere")) {
      throw new TerraneException(ErrorCode.DATABASE_NOT_FOUND, "Unknown database 'nowhere'");
    }
    database = name;
  }

  @Override
  public void reset() {
    inTransaction = false;
  }

  @Override
  public SessionStatus status() {
    return new SessionStatus(true, inTransaction, false, database);
  }

  @Override
  public ZoneId timeZone() {
    return service.zone();
  }

  @Override
  public void cancel() {
    cancelled.countDown();
  }

  @Override
  public void close() {
    service.closed(this);
    closed.countDown();
  }
}
