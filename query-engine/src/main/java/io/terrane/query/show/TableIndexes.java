package io.terrane.query.show;

import io.terrane.api.table.ColumnIndex;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.TableSchema;
import java.util.Comparator;
import java.util.Optional;

/**
 * SHOW INDEX: the indexes of columns by name, then the key, then the time index. A primary key is
 * shown with the time index behind it, for only together they tell rows apart, and tools write by
 * what they see here.
 */
final class TableIndexes {
  private final ShowContext context;

  TableIndexes(ShowContext context) {
    this.context = context;
  }

  ShowResult show(TableName name) {
    ShowResult.Builder result =
        ShowResult.of("Table")
            .column("Non_unique", DataType.INT64)
            .column("Key_name", DataType.STRING)
            .column("Seq_in_index", DataType.INT64)
            .column("Column_name", DataType.STRING)
            .column("Collation", DataType.STRING)
            .column("Cardinality", DataType.INT64)
            .column("Sub_part", DataType.INT64)
            .column("Packed", DataType.STRING)
            .column("Null", DataType.STRING)
            .column("Index_type", DataType.STRING)
            .column("Comment", DataType.STRING)
            .column("Index_comment", DataType.STRING)
            .column("Visible", DataType.STRING)
            .column("Expression", DataType.STRING);
    Optional<TableInfo> table = context.catalog().findTable(name);
    if (table.isPresent()) {
      rows(table.get(), result);
    } else {
      new TableColumns(context).columns(name);
    }
    return result.build();
  }

  private static void rows(TableInfo table, ShowResult.Builder result) {
    TableSchema schema = table.schema();
    for (ColumnIndex.Kind kind : ColumnIndex.Kind.values()) {
      schema.columns().stream()
          .filter(column -> column.index(kind).isPresent())
          .sorted(Comparator.comparing(ColumnSchema::name))
          .forEach(
              column -> row(result, table, 1, kind + "_INDEX_" + column.name(), 1, column, kind));
    }
    if (!schema.primaryKey().isEmpty()) {
      long position = 1;
      for (ColumnSchema column : schema.keyColumns()) {
        row(result, table, table.isAppendOnly() ? 1 : 0, "PRIMARY", position++, column, "BTREE");
      }
    }
    schema
        .timeIndex()
        .ifPresent(time -> row(result, table, 1, "TIME INDEX", 1, schema.column(time), "TIME"));
  }

  private static void row(
      ShowResult.Builder result,
      TableInfo table,
      long nonUnique,
      String name,
      long position,
      ColumnSchema column,
      Object type) {
    result.row(
        table.name().table(),
        nonUnique,
        name,
        position,
        column.name(),
        "A",
        null,
        null,
        null,
        column.nullable() ? "YES" : "",
        type.toString(),
        "",
        "",
        "YES",
        null);
  }
}
