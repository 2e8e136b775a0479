package io.terrane.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metasrv that leads dies while a region moves under inserts: nobody notices. */
class MetasrvFailoverIT {
  @TempDir Path folder;

  @Test
  void theMoveEndsAndNoInsertFails() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(folder, 2, 2);
        Connection connection = DriverManager.getConnection(cluster.url(), "root", "");
        InsertLoad load = new InsertLoad(cluster.url(), "moving", 1_000_000, 20)) {
      ProcedureClient client = new ProcedureClient(connection);
      String region = client.create("moving");
      String from = client.leader(region);
      load.start();
      load.awaitMore(500);
      // The target cannot open the region before the leader is dead.
      int to = from.equals("1") ? 2 : 1;
      cluster.store(to).hold();
      String id = client.one("select migrate_region(%s, %s, %d, 60)".formatted(region, from, to));
      cluster.metasrv(0).kill();
      cluster.store(to).release();

      String state = client.finalState(id);
      load.awaitMore(500);
      load.stop();
      assertThat(state).contains("\"status\":\"Done\"");
      assertThat(client.leader(region)).isEqualTo(Integer.toString(to));
      assertThat(load.failures()).isEmpty();
      assertThat(load.missing(cluster.url())).isZero();
      assertThat(client.one("SELECT COUNT(*) FROM moving"))
          .isEqualTo(Integer.toString(load.acknowledged()));
    }
  }
}
