package io.terrane.infoschema.table;

import io.terrane.api.table.TableName;
import io.terrane.infoschema.SystemTable;

/**
 * {@code statistics}: keys as MySQL's tools list indexes. {@code non_unique} is 0 only where the
 * listed columns alone identify a row.
 */
public final class StatisticsTable {

  private StatisticsTable() {}

  public static SystemTable<?> create() {
    return SystemTable.<KeyRow>named(43, "statistics")
        .text("table_catalog", row -> TableName.CATALOG)
        .text("table_schema", row -> row.table().name().database())
        .text("table_name", row -> row.table().name().table())
        .int64("non_unique", row -> row.isUnique() ? 0L : 1L)
        .text("index_schema", row -> row.table().name().database())
        .text("index_name", row -> row.kind().constraintName())
        .int64("seq_in_index", row -> (long) row.position())
        .text("column_name", row -> row.column().name())
        .text("collation", row -> "A")
        .int64("cardinality")
        .int64("sub_part")
        .text("packed")
        .text("nullable", row -> row.column().nullable() ? "YES" : "")
        .text("index_type", row -> "BTREE")
        .text("comment", row -> "")
        .text("index_comment", row -> "")
        .text("is_visible", row -> "YES")
        .text("expression")
        .text("greptime_index_type")
        .rows(context -> KeyRow.of(context.catalog()));
  }
}
