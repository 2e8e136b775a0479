package io.terrane.infoschema.table;

import io.terrane.api.table.TableName;
import io.terrane.infoschema.SystemTable;

/** {@code key_column_usage}: the columns of primary keys and time indexes; there are no others. */
public final class KeyColumnUsageTable {

  private KeyColumnUsageTable() {}

  public static SystemTable<?> create() {
    return SystemTable.<KeyRow>named(16, "key_column_usage")
        .text("constraint_catalog", row -> TableName.CATALOG)
        .text("constraint_schema", row -> row.table().name().database())
        .text("constraint_name", row -> row.kind().constraintName())
        .text("table_catalog", row -> TableName.CATALOG)
        .text("real_table_catalog", row -> TableName.CATALOG)
        .text("table_schema", row -> row.table().name().database())
        .text("table_name", row -> row.table().name().table())
        .text("column_name", row -> row.column().name())
        .uint32("ordinal_position", KeyRow::position)
        .uint32("position_in_unique_constraint")
        .text("referenced_table_schema")
        .text("referenced_table_name")
        .text("referenced_column_name")
        .text("greptime_index_type")
        .rows(context -> KeyRow.of(context.catalog()));
  }
}
