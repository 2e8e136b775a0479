package io.terrane.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.server.assembly.LocalCluster;
import io.terrane.server.assembly.SampleData;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A region goes to and fro while an application writes: no statement fails and no row is lost. */
class MigrationUnderLoadIT {
  private static final Logger LOG = LoggerFactory.getLogger(MigrationUnderLoadIT.class);
  private static final int MOVES = 10;
  private static final int ROWS_BETWEEN_MOVES = 5_000;

  @TempDir Path data;

  @Test
  void tenMovesFailNoStatementAndLoseNoRow() throws Exception {
    try (LocalCluster cluster = LocalCluster.playground(data, 3, 0)) {
      SampleData.create(cluster.sql());
      String url = "jdbc:mysql://127.0.0.1:" + cluster.mysqlPort() + "/public";
      try (InsertLoad load =
              new InsertLoad(
                  url + "?rewriteBatchedStatements=true", "migration_target", 10_000_000, 500);
          Connection connection = DriverManager.getConnection(url, "root", "")) {
        ProcedureClient client = new ProcedureClient(connection);
        load.start();
        for (int move = 0; move < MOVES; move++) {
          load.awaitMore(ROWS_BETWEEN_MOVES);
          int from = move % 2 + 1;
          client.migrate("select migrate_region(4398046511104, " + from + ", " + (3 - from) + ")");
        }
        load.stop();
        LOG.info(
            "{} rows acknowledged over {} moves, longest statement {} ms",
            load.acknowledged(),
            MOVES,
            load.longestMillis());
        assertThat(load.failures()).isEmpty();
        assertThat(load.missing(url)).isZero();
      }
    }
  }
}
