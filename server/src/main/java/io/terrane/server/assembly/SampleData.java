package io.terrane.server.assembly;

import io.terrane.api.sql.ClientInfo;
import io.terrane.api.sql.Privilege;
import io.terrane.api.sql.SqlService;
import io.terrane.api.sql.SqlSession;
import io.terrane.api.sql.StatementResult;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table that the region-migration page moves. */
public final class SampleData {
  private static final List<String> STATEMENTS =
      List.of(
          "CREATE TABLE migration_target ("
              + "host STRING, ts TIMESTAMP(3) TIME INDEX, n INT, PRIMARY KEY (host))",
          "INSERT INTO migration_target (host, ts, n) VALUES"
              + " ('lima', '2026-01-01 00:00:00', 1),"
              + " ('lima', '2026-01-01 00:00:10', 2),"
              + " ('oslo', '2026-01-01 00:00:00', 3),"
              + " ('oslo', '2026-01-01 00:00:10', 4),"
              + " ('quito', '2026-01-01 00:00:00', 5)");

  private SampleData() {}

  /** Creates and fills it through SQL, as a client would. */
  public static void create(SqlService sql) {
    ClientInfo client =
        new ClientInfo(
            0,
            "root",
            "localhost",
            Set.of(Privilege.ADMIN),
            Optional.of("public"),
            false,
            Map.of());
    try (SqlSession session = sql.open(client, () -> {})) {
      for (String statement : STATEMENTS) {
        Iterator<StatementResult> results = session.execute(statement, false);
        while (results.hasNext()) {
          results.next();
        }
      }
    }
  }
}
