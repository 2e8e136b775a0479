package io.terrane.benchmarks.peer;

import io.terrane.benchmarks.tsbs.CpuData;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
  private final LoadForm form;
  private final Executor executor;

  /** Opens a connection to the server. */
  @FunctionalInterface
  interface Connector {
    Connection connect() throws SQLException;
  }

  /**
   * @param executor with a thread for each connection
   */
  MySqlClients(Connector connector, LoadForm form, Executor executor) {
    this.connector = connector;
    this.form = form;
    this.executor = executor;
  }

  /** A thousand rows at a time, over four connections. */
  void load(CpuData data) {
    List<CompletableFuture<Void>> loaders = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      int share = i;
      loaders.add(CompletableFuture.runAsync(() -> load(data, share), executor));
    }
    loaders.forEach(CompletableFuture::join);
  }

  private void load(CpuData data, int share) {
    switch (form) {
      case STATEMENTS -> statements(data, share);
      case BATCHES -> batches(data, share);
    }
  }

  private void batches(CpuData data, int share) {
    int[] rows = {0};
    try (Connection connection = connector.connect();
        PreparedStatement statement = connection.prepareStatement(InsertText.prepared())) {
      data.forEach(
          share,
          CONNECTIONS,
          (tags, time, metrics) -> {
            try {
              add(statement, tags, time, metrics);
              if (++rows[0] % ROWS_PER_STATEMENT == 0) {
                statement.executeBatch();
              }
            } catch (SQLException failure) {
              throw new IllegalStateException("a batch of the load failed", failure);
            }
          });
      statement.executeBatch();
    } catch (SQLException failure) {
      throw new IllegalStateException("the load failed", failure);
    }
  }

  private static void add(PreparedStatement statement, String[] tags, long time, int[] metrics)
      throws SQLException {
    int parameter = 0;
    for (String tag : tags) {
      statement.setString(++parameter, tag);
    }
    statement.setString(++parameter, InsertText.time(time));
    for (int metric : metrics) {
      statement.setDouble(++parameter, metric);
    }
    statement.addBatch();
  }

  private void statements(CpuData data, int share) {
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
