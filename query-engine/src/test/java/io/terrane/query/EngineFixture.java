package io.terrane.query;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.service.TableSizes;
import io.terrane.api.sql.ClientInfo;
import io.terrane.api.sql.Privilege;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.SqlSession;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.testing.ManualTicker;
import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.query.expr.Batch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** A query engine over a fake cluster, and results as text: rows joined by newlines. */
final class EngineFixture implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private final BufferAllocator allocator = new RootAllocator(256L << 20);
  private final FakeCluster cluster = new FakeCluster();
  private final MemoryRegions regions = new MemoryRegions(cluster, InstantSource.fixed(NOW));
  private final QueryEngine engine;
  private final SqlSession session;

  EngineFixture() {
    this(QueryConfig.defaults("8.4.0-Terrane-test"));
  }

  /** A configuration with other limits; 0 for no plans that are kept, and for no disk. */
  static QueryConfig config(
      long memoryBytesMax, long planCacheBytesMax, String spillFolder, long spillBytesMax) {
    return new QueryConfig(
        "test",
        "",
        memoryBytesMax,
        planCacheBytesMax,
        100,
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ZERO,
        spillFolder,
        spillBytesMax);
  }

  EngineFixture(QueryConfig config) {
    this(config, TableSizes.UNKNOWN);
  }

  EngineFixture(QueryConfig config, TableSizes sizes) {
    engine =
        new QueryEngine(
            config,
            new QueryPorts(cluster, cluster, node -> regions, sizes, List.of()),
            new QueryRuntime(
                allocator,
                Runnable::run,
                new SimulatedScheduler(),
                new ManualTicker(),
                InstantSource.fixed(NOW),
                new SplittableRandom(42)));
    session = open(1);
  }

  SqlSession open(long connection) {
    return open(connection, Set.of(Privilege.ADMIN));
  }

  SqlSession open(long connection, Set<Privilege> privileges) {
    return engine.open(
        new ClientInfo(
            connection, "root", "localhost", privileges, Optional.of("public"), false, Map.of()));
  }

  FakeCluster cluster() {
    return cluster;
  }

  MemoryRegions regions() {
    return regions;
  }

  SqlSession session() {
    return session;
  }

  /** Runs one statement: its rows, cells joined by {@code |}; or {@code affected n}. */
  String run(String sql) {
    Iterator<StatementResult> results = session.execute(sql, true);
    String last = "";
    while (results.hasNext()) {
      last = text(results.next());
    }
    return last;
  }

  static String text(StatementResult result) {
    if (!(result instanceof StatementResult.Rows rows)) {
      return "affected " + ((StatementResult.Affected) result).count();
    }
    List<String> lines = new ArrayList<>();
    try (BatchStream stream = rows.rows()) {
      Batch batch = new Batch(rows.columns().stream().map(ResultColumn::type).toList());
      while (stream.advance(
          root -> {
            batch.load(root);
            for (int row = 0; row < batch.rows(); row++) {
              List<String> cells = new ArrayList<>();
              for (int i = 0; i < rows.columns().size(); i++) {
                cells.add(String.valueOf(batch.column(i).datumAt(row).value()));
              }
              lines.add(String.join("|", cells));
            }
          })) {
        continue;
      }
    }
    return String.join("\n", lines);
  }

  /** Names of the result's columns. */
  List<String> columns(String sql) {
    StatementResult result = session.execute(sql, false).next();
    StatementResult.Rows rows = (StatementResult.Rows) result;
    rows.rows().close();
    return rows.columns().stream().map(ResultColumn::name).toList();
  }

  @Override
  public void close() {
    session.close();
    allocator.close();
  }
}
