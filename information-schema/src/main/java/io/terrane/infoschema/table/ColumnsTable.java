package io.terrane.infoschema.table;

import io.terrane.api.table.ColumnDefault;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import io.terrane.api.table.VirtualTable.ScanContext;
import io.terrane.infoschema.SystemTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code columns}: those of user tables, of views that can be planned, and of system tables. */
public final class ColumnsTable {

  private ColumnsTable() {}

  /**
   * @param systemTables asked at each scan, this table among them
   */
  public static SystemTable<?> create(Supplier<List<SystemTable<?>>> systemTables) {
    return SystemTable.<Row>named(4, "columns")
        .text("table_catalog", row -> TableName.CATALOG)
        .text("table_schema", row -> row.table().database())
        .text("table_name", row -> row.table().table())
        .text("column_name", row -> row.column().name())
        .int64("ordinal_position", Row::position)
        .int64("character_maximum_length", row -> MySqlTypes.characterLength(row.column().type()))
        .int64("character_octet_length", row -> MySqlTypes.characterLength(row.column().type()))
        .int64("numeric_precision", row -> MySqlTypes.numericPrecision(row.column().type()))
        .int64("numeric_scale", row -> MySqlTypes.numericScale(row.column().type()))
        .int64("datetime_precision", row -> MySqlTypes.datetimePrecision(row.column().type()))
        .text(
            "character_set_name",
            row -> MySqlTypes.isText(row.column().type()) ? Charset.NAME : null)
        .text(
            "collation_name",
            row -> MySqlTypes.isText(row.column().type()) ? Charset.COLLATION : null)
        .text("column_key", Row::key)
        .text("extra", row -> "")
        .text("privileges", row -> row.isSystem() ? "select" : "select,insert")
        .text("generation_expression", row -> "")
        .text("greptime_data_type", row -> MySqlTypes.greptimeType(row.column().type()))
        .text("data_type", row -> MySqlTypes.dataType(row.column().type()))
        .text("semantic_type", row -> row.column().semanticType().name())
        .text("column_default", Row::defaultText)
        .text("is_nullable", row -> row.column().nullable() ? "YES" : "NO")
        .text("column_type", row -> MySqlTypes.columnType(row.column().type()))
        .text("column_comment", row -> row.column().comment())
        .int64("srs_id")
        .rows(context -> list(context, systemTables.get()));
  }

  private static List<Row> list(ScanContext context, List<SystemTable<?>> systemTables) {
    List<Row> rows = new ArrayList<>();
    for (SystemTable<?> table : systemTables) {
      List<ColumnSchema> columns = table.columns();
      for (int i = 0; i < columns.size(); i++) {
        rows.add(new Row(table.name(), columns.get(i), i + 1, ""));
      }
    }
    for (TableInfo table : context.catalog().tables()) {
      List<ColumnSchema> columns = table.schema().columns();
      for (int i = 0; i < columns.size(); i++) {
        rows.add(new Row(table.name(), columns.get(i), i + 1, key(table, columns.get(i))));
      }
    }
    for (ViewInfo view : context.catalog().views()) {
      List<ColumnSchema> columns = context.frontend().columns(view).orElse(List.of());
      for (int i = 0; i < columns.size(); i++) {
        rows.add(new Row(view.name(), columns.get(i), i + 1, ""));
      }
    }
    return rows;
  }

  private static String key(TableInfo table, ColumnSchema column) {
    if (table.schema().primaryKey().contains(column.name())) {
      return "PRI";
    }
    return table.schema().timeIndex().equals(Optional.of(column.name())) ? "TIME INDEX" : "";
  }

  private record Row(TableName table, ColumnSchema column, long position, String key) {

    boolean isSystem() {
      return table.database().equals(TableName.INFORMATION_SCHEMA);
    }

    String defaultText() {
      return column.defaultValue().map(ColumnsTable::text).orElse(null);
    }
  }

  private static String text(ColumnDefault value) {
    return switch (value.kind()) {
      case VALUE -> value.value().display();
      case CURRENT_TIMESTAMP -> "current_timestamp()";
    };
  }
}
