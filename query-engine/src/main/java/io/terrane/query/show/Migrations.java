package io.terrane.query.show;

import io.terrane.query.parse.MySqlLexis;
import io.terrane.query.parse.SqlParsing;
import io.terrane.query.parse.Statement;
import org.apache.calcite.sql.SqlNode;

/** SHOW MIGRATIONS as the query of {@code region_migrations} that it stands for. */
public final class Migrations {
  private static final String QUERY =
      """
      SELECT migration_id AS `Id`, region_id AS `Region`,
        CONCAT(table_schema, '.', table_name) AS `Table`, from_peer AS `From`, to_peer AS `To`,
        reason AS `Reason`, asked_by AS `Asked_by`, status AS `Status`, step AS `Step`,
        start_time AS `Started`, total_ms AS `Total_ms`, write_stall_ms AS `Write_stall_ms`,
        held_writes AS `Held_writes`, retries AS `Retries`, last_error AS `Last_error`
      FROM information_schema.region_migrations""";
  private static final String ORDER = " ORDER BY start_time DESC";

  private Migrations() {}

  /** Latest first; the pattern of LIKE is one of table names. */
  public static SqlNode query(Statement.Show show) {
    String like =
        show.like()
            .map(pattern -> " WHERE table_name LIKE " + TableStatus.text(pattern))
            .orElse("");
    return SqlParsing.parseQuery(QUERY + like + ORDER, MySqlLexis.DEFAULT);
  }
}
