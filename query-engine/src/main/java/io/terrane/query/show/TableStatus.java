package io.terrane.query.show;

import io.terrane.query.parse.MySqlLexis;
import io.terrane.query.parse.SqlParsing;
import io.terrane.query.parse.Statement;
import org.apache.calcite.sql.SqlNode;

/** SHOW TABLE STATUS as the query of {@code information_schema.tables} that it stands for. */
public final class TableStatus {
  private static final String STATUS =
      """
      SELECT table_name AS `Name`, engine AS `Engine`, version AS `Version`,
        row_format AS `Row_format`, table_rows AS `Rows`, avg_row_length AS `Avg_row_length`,
        data_length AS `Data_length`, max_data_length AS `Max_data_length`,
        index_length AS `Index_length`, data_free AS `Data_free`,
        auto_increment AS `Auto_increment`, create_time AS `Create_time`,
        update_time AS `Update_time`, check_time AS `Check_time`, table_collation AS `Collation`,
        checksum AS `Checksum`, create_options AS `Create_options`, table_comment AS `Comment`
      FROM information_schema.tables WHERE table_schema =""";

  private TableStatus() {}

  /**
   * @param database as stored
   */
  public static SqlNode query(Statement.Show show, String database) {
    String like = show.like().map(pattern -> " AND table_name LIKE " + text(pattern)).orElse("");
    String query = STATUS + " " + text(database) + like + " ORDER BY table_name";
    return SqlParsing.parseQuery(query, MySqlLexis.DEFAULT);
  }

  /** The literal of a value. */
  static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
