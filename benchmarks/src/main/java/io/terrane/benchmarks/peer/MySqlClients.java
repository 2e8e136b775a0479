package io.terrane.benchmarks.peer;

import io.terrane.benchmarks.tsbs.CpuData;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Loads a server of MySQL's protocol over several connections at once. */
final class MySqlClients {
  private static final int CONNECTIONS = 4;
  private static final int ROWS_PER_STATEMENT = 1_000;

  private final Connector connector;
  private final Executor executor;

  /** Opens a connection to the server. */
  @FunctionalInterface
  interface Connector {
    Connection connect() throws SQLException;
  }

  /**
   * @param executor with a thread for each connection
   */
  MySqlClients(Connector connector, Executor executor) {
    this.connector = connector;
    this.executor = executor;
  }

  /** INSERT statements of a thousand rows each, over four connections. */
  void load(CpuData data) {
    List<CompletableFuture<Void>> loaders = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      int share = i;
      loaders.add(CompletableFuture.runAsync(() -> load(data, share), executor));
    }
    loaders.forEach(CompletableFuture::join);
  }

  private void load(CpuData data, int share) {
    InsertText text = new InsertText();
    try (Connection connection = connector.connect();
        Statement statement = connection.createStatement()) {
      data.forEach(
          share,
          CONNECTIONS,
          (tags, time, metrics) -> {
            text.add(tags, time, metrics);
            if (text.rows() == ROWS_PER_STATEMENT) {
              run(statement, text.take());
            }
          });
      if (text.rows() > 0) {
        run(statement, text.take());
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("the load failed", failure);
    }
  }

  private static void run(Statement statement, String sql) {
    try {
      statement.executeUpdate(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException("a statement of the load failed", failure);
    }
  }
}
