package io.terrane.query.show;

import io.terrane.api.sql.ClientInfo;
import io.terrane.api.sql.Privilege;
import io.terrane.api.table.DataType;
import io.terrane.query.parse.ShowKind;

/** SHOW statements with the same answer always. */
final class FixedAnswers {
  private FixedAnswers() {}

  static ShowResult of(ShowKind kind, ClientInfo client) {
    return switch (kind) {
      case ENGINES ->
          ShowResult.of("Engine", "Support", "Comment", "Transactions", "XA", "Savepoints")
              .row("mito", "DEFAULT", "Storage engine for time series", "NO", "NO", "NO")
              .build();
      case CHARACTER_SET ->
          ShowResult.of("Charset", "Description", "Default collation")
              .column("Maxlen", DataType.INT64)
              .row("utf8mb4", "UTF-8 Unicode", "utf8mb4_bin", 4L)
              .build();
      case COLLATION ->
          ShowResult.of("Collation", "Charset")
              .column("Id", DataType.INT64)
              .column("Default", DataType.STRING)
              .column("Compiled", DataType.STRING)
              .column("Sortlen", DataType.INT64)
              .column("Pad_attribute", DataType.STRING)
              .row("utf8mb4_bin", "utf8mb4", 46L, "Yes", "Yes", 1L, "NO PAD")
              .build();
      case PLUGINS ->
          ShowResult.of("Name", "Status", "Type", "Library", "License")
              .row("mito", "ACTIVE", "STORAGE ENGINE", null, "Apache-2.0")
              .row("mysql_native_password", "ACTIVE", "AUTHENTICATION", null, "Apache-2.0")
              .row("caching_sha2_password", "ACTIVE", "AUTHENTICATION", null, "Apache-2.0")
              .build();
      case PRIVILEGES ->
          ShowResult.of("Privilege", "Context", "Comment")
              .row("Select", "Tables", "To read rows from tables")
              .row("Insert", "Tables", "To write rows into tables")
              .row("Create", "Databases,Tables", "To make databases and tables")
              .row("Drop", "Databases,Tables", "To drop databases and tables")
              .build();
      case GRANTS -> {
        String granted =
            client.privileges().contains(Privilege.ADMIN)
                ? "ALL PRIVILEGES"
                : "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, CREATE VIEW";
        yield ShowResult.of("Grants for " + client.user() + "@" + client.host())
            .row("GRANT %s ON *.* TO `%s`@`%s`".formatted(granted, client.user(), client.host()))
            .build();
      }
      case TRIGGERS ->
          ShowResult.of(
                  "Trigger",
                  "Event",
                  "Table",
                  "Statement",
                  "Timing",
                  "Created",
                  "sql_mode",
                  "Definer",
                  "character_set_client",
                  "collation_connection",
                  "Database Collation")
              .build();
      case EVENTS ->
          ShowResult.of(
                  "Db",
                  "Name",
                  "Definer",
                  "Time zone",
                  "Type",
                  "Execute at",
                  "Interval value",
                  "Interval field",
                  "Starts",
                  "Ends",
                  "Status",
                  "Originator",
                  "character_set_client",
                  "collation_connection",
                  "Database Collation")
              .build();
      case PROCEDURE_STATUS, FUNCTION_STATUS ->
          ShowResult.of(
                  "Db",
                  "Name",
                  "Type",
                  "Language",
                  "Definer",
                  "Modified",
                  "Created",
                  "Security_type",
                  "Comment",
                  "character_set_client",
                  "collation_connection",
                  "Database Collation")
              .build();
      case REPLICA_STATUS ->
          ShowResult.of("Replica_IO_State", "Source_Host", "Source_User", "Source_Port").build();
      case BINARY_LOG_STATUS ->
          ShowResult.of("File")
              .column("Position", DataType.INT64)
              .column("Binlog_Do_DB", DataType.STRING)
              .column("Binlog_Ignore_DB", DataType.STRING)
              .column("Executed_Gtid_Set", DataType.STRING)
              .build();
      case ENGINE_STATUS -> ShowResult.of("Type", "Name", "Status").build();
      case PROFILES ->
          new ShowResult.Builder()
              .column("Query_ID", DataType.INT64)
              .column("Duration", DataType.FLOAT64)
              .column("Query", DataType.STRING)
              .build();
      default -> throw new IllegalArgumentException(kind + " has no fixed answer");
    };
  }
}
