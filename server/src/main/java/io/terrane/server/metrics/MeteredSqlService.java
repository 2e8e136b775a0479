package io.terrane.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ClientInfo;
import io.terrane.api.sql.SqlService;
import io.terrane.api.sql.SqlSession;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Counts and times the statements of all sessions: {@code terrane_statements_seconds}, from the
 * request until the last row was taken, by the client's reading too, and {@code
 * terrane_statement_errors_total} by MySQL error number.
 */
public final class MeteredSqlService implements SqlService {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final SqlService service;
  private final MeterRegistry registry;
  private final Timer statements;

  public MeteredSqlService(SqlService service, MeterRegistry registry) {
    this.service = service;
    this.registry = registry;
    this.statements =
        Timer.builder("terrane.statements")
            .description("Statements that ended well, until their last row was taken")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
  }

  @Override
  public SqlSession open(ClientInfo client) {
    return new MeteredSqlSession(service.open(client), this);
  }

  @Override
  public SqlSession open(ClientInfo client, Runnable disconnect) {
    return new MeteredSqlSession(service.open(client, disconnect), this);
  }

  Timer.Sample begin() {
    return Timer.start(registry);
  }

  void end(Timer.Sample sample) {
    sample.stop(statements);
  }

  /** Runs a step of a statement; its failure is counted and goes on as it is. */
  <T> T counted(Supplier<T> step) {
    try {
      return step.get();
    } catch (TerraneException failure) {
      Counter.builder("terrane.statement.errors")
          .description("Statements that failed, by MySQL error number")
          .tag("errno", Integer.toString(failure.code().mysqlErrno()))
          .register(registry)
          .increment();
      throw failure;
    }
  }
}
