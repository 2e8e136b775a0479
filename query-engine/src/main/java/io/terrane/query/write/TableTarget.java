package io.terrane.query.write;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.query.plan.PlanContext;
import java.util.List;

/** Finds the table that a write names. */
final class TableTarget {
  private TableTarget() {}

  static TableInfo find(List<String> names, PlanContext context) {
    int last = names.size() - 1;
    if (last == 0 && context.database().isEmpty()) {
      throw new TerraneException(ErrorCode.DATABASE_NOT_SELECTED, "No database selected");
    }
    TableName name =
        new TableName(last == 0 ? context.database() : names.get(last - 1), names.get(last));
    if (context.catalog().findView(name).isPresent()
        || name.database().equalsIgnoreCase(TableName.INFORMATION_SCHEMA)) {
      throw new TerraneException(
          ErrorCode.READ_ONLY_TABLE, "Table '" + name.table() + "' is read only");
    }
    return context
        .catalog()
        .findTable(name)
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.TABLE_NOT_FOUND, "Table '" + name + "' doesn't exist"));
  }

  /** Position of a column of the table, by name without regard to case. */
  static int column(TableInfo table, String name) {
    List<ColumnSchema> columns = table.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    throw new TerraneException(
        ErrorCode.COLUMN_NOT_FOUND, "Unknown column '" + name + "' in 'field list'");
  }
}
