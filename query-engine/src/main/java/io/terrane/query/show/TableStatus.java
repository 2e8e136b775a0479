package io.terrane.query.show;

import io.terrane.api.table.DataType;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.ViewInfo;
import io.terrane.api.table.VirtualTable;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** SHOW TABLE STATUS; sizes are in information_schema.region_statistics. */
final class TableStatus {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final ShowContext context;

  TableStatus(ShowContext context) {
    this.context = context;
  }

  ShowResult status(String database) {
    ShowResult.Builder result =
        ShowResult.of("Name", "Engine")
            .column("Version", DataType.INT64)
            .column("Row_format", DataType.STRING);
    for (String name :
        new String[] {
          "Rows",
          "Avg_row_length",
          "Data_length",
          "Max_data_length",
          "Index_length",
          "Data_free",
          "Auto_increment"
        }) {
      result.column(name, DataType.INT64);
    }
    for (String name :
        new String[] {
          "Create_time",
          "Update_time",
          "Check_time",
          "Collation",
          "Checksum",
          "Create_options",
          "Comment"
        }) {
      result.column(name, DataType.STRING);
    }
    for (TableInfo table : context.catalog().tables()) {
      if (table.name().database().equalsIgnoreCase(database)) {
        add(
            result,
            table.name().table(),
            table.engine(),
            TIME.format(table.createdAt()),
            table.comment());
      }
    }
    for (ViewInfo view : context.catalog().views()) {
      if (view.name().database().equalsIgnoreCase(database)) {
        add(result, view.name().table(), null, TIME.format(view.createdAt()), "VIEW");
      }
    }
    for (VirtualTable table : context.systemTables()) {
      if (table.name().database().equalsIgnoreCase(database)) {
        add(result, table.name().table(), null, null, "SYSTEM VIEW");
      }
    }
    return result.build();
  }

  private static void add(
      ShowResult.Builder result, String name, String engine, String created, String comment) {
    String collation = engine == null ? null : "utf8mb4_bin";
    result.row(
        name, engine, null, null, null, null, null, null, null, null, null, created, null, null,
        collation, null, "", comment);
  }
}
