package io.terrane.infoschema.table;

import io.terrane.api.table.TableName;
import io.terrane.infoschema.SystemTable;

/** {@code table_constraints}: primary keys and time indexes. */
public final class TableConstraintsTable {

  private TableConstraintsTable() {}

  public static SystemTable<?> create() {
    return SystemTable.<KeyRow>named(30, "table_constraints")
        .text("constraint_catalog", row -> TableName.CATALOG)
        .text("constraint_schema", row -> row.table().name().database())
        .text("constraint_name", row -> row.kind().constraintName())
        .text("table_schema", row -> row.table().name().database())
        .text("table_name", row -> row.table().name().table())
        .text("constraint_type", row -> row.kind().constraintType())
        .text("enforced", row -> "YES")
        .rows(
            context ->
                KeyRow.of(context.catalog()).stream().filter(row -> row.position() == 1).toList());
  }
}
