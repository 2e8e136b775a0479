package io.terrane.server.sim;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.service.TableSizes;
import io.terrane.api.sql.ClientInfo;
import io.terrane.api.sql.Privilege;
import io.terrane.api.sql.SqlSession;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.query.QueryConfig;
import io.terrane.query.QueryEngine;
import io.terrane.query.QueryPorts;
import io.terrane.query.QueryRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;

/** A real query engine in a process of its own. */
final class SimulatedFrontend {
  private final SimulatedProcess process;
  private final RemoteMetasrv metasrv;
  private final QueryEngine engine;
  private long sessions;

  SimulatedFrontend(SimulatedCluster cluster, SimulatedProcess process, int number) {
    this.process = process;
    this.metasrv = new RemoteMetasrv(cluster, process);
    this.sessions = number * 1_000L;
    this.engine =
        new QueryEngine(
            QueryConfig.defaults("8.4.0-Terrane-simulation"),
            new QueryPorts(
                metasrv,
                metasrv,
                node -> new RemoteRegions(cluster, process, node),
                TableSizes.UNKNOWN,
                List.of()),
            new QueryRuntime(
                cluster.allocator(),
                process.fibers(),
                process,
                process,
                process,
                cluster.random()));
    metasrv.follow();
  }

  SimulatedProcess process() {
    return process;
  }

  /** What this frontend knows. */
  CatalogSnapshot catalog() {
    return metasrv.snapshot();
  }

  RemoteMetasrv metasrv() {
    return metasrv;
  }

  SqlSession connect() {
    return engine.open(
        new ClientInfo(
            ++sessions,
            "root",
            "localhost",
            Set.of(Privilege.ADMIN),
            Optional.of("public"),
            false,
            Map.of()));
  }

  /** Runs one statement, in a fiber of this process: the cells of its rows. */
  static List<List<String>> run(SqlSession session, String sql) {
    StatementResult result = session.execute(sql, false).next();
    List<List<String>> rows = new ArrayList<>();
    if (result instanceof StatementResult.Rows some) {
      try (BatchStream stream = some.rows()) {
        while (stream.advance(
            batch -> {
              for (int row = 0; row < batch.getRowCount(); row++) {
                List<String> cells = new ArrayList<>();
                for (FieldVector column : batch.getFieldVectors()) {
                  cells.add(String.valueOf(column.getObject(row)));
                }
                rows.add(cells);
              }
            })) {}
      }
    }
    return rows;
  }
}
