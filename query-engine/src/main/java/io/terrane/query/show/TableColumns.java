package io.terrane.query.show;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.SemanticType;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.VirtualTable;
import java.util.List;
import java.util.Optional;

/** DESC and SHOW COLUMNS. */
final class TableColumns {
  private final ShowContext context;

  TableColumns(ShowContext context) {
    this.context = context;
  }

  /** GreptimeDB's DESC. */
  ShowResult describe(TableName name) {
    ShowResult.Builder result =
        ShowResult.of("Column", "Type", "Key", "Null", "Default", "Semantic Type");
    for (ColumnSchema column : columns(name)) {
      result.row(
          column.name(),
          MySqlTypes.greptime(column.type()),
          column.semanticType() == SemanticType.FIELD ? "" : "PRI",
          column.nullable() ? "YES" : "NO",
          column.defaultValue().map(Defaults::shown).orElse(""),
          column.semanticType().name());
    }
    return result.build();
  }

  ShowResult brief(TableName name) {
    ShowResult.Builder result =
        ShowResult.of("Field", "Type", "Null", "Key", "Default", "Extra", "Greptime_type");
    for (ColumnSchema column : columns(name)) {
      result.row(
          column.name(),
          MySqlTypes.column(column.type()),
          column.nullable() ? "YES" : "NO",
          key(column),
          column.defaultValue().map(Defaults::shown).orElse(null),
          "",
          MySqlTypes.greptime(column.type()));
    }
    return result.build();
  }

  ShowResult full(TableName name) {
    ShowResult.Builder result =
        ShowResult.of(
            "Field",
            "Type",
            "Collation",
            "Null",
            "Key",
            "Default",
            "Extra",
            "Privileges",
            "Comment",
            "Greptime_type");
    for (ColumnSchema column : columns(name)) {
      result.row(
          column.name(),
          MySqlTypes.column(column.type()),
          column.type().kind() == DataType.Kind.STRING ? "utf8mb4_bin" : null,
          column.nullable() ? "YES" : "NO",
          key(column),
          column.defaultValue().map(Defaults::shown).orElse(null),
          "",
          "select,insert",
          column.comment(),
          MySqlTypes.greptime(column.type()));
    }
    return result.build();
  }

  private static String key(ColumnSchema column) {
    return switch (column.semanticType()) {
      case TAG -> "PRI";
      case TIMESTAMP -> "TIME INDEX";
      case FIELD -> "";
    };
  }

  /** The columns of a table, system table or view; TABLE_NOT_FOUND. */
  List<ColumnSchema> columns(TableName name) {
    CatalogSnapshot catalog = context.catalog();
    Optional<TableInfo> table = catalog.findTable(name);
    if (table.isPresent()) {
      return table.get().schema().columns();
    }
    for (VirtualTable system : context.systemTables()) {
      if (system.name().database().equalsIgnoreCase(name.database())
          && system.name().table().equalsIgnoreCase(name.table())) {
        return system.columns();
      }
    }
    return context
        .viewColumns(name)
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.TABLE_NOT_FOUND, "Table '" + name + "' doesn't exist"));
  }
}
