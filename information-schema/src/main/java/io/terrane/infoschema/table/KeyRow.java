package io.terrane.infoschema.table;

import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.TableInfo;
import java.util.ArrayList;
import java.util.List;

/** One column of one key of a table, the first column at position 1. */
record KeyRow(TableInfo table, Kind kind, ColumnSchema column, int position) {

  /** The keys a table can have. */
  enum Kind {
    PRIMARY("PRIMARY", "PRIMARY KEY"),
    TIME_INDEX("TIME INDEX", "TIME INDEX");

    private final String constraintName;
    private final String constraintType;

    Kind(String constraintName, String constraintType) {
      this.constraintName = constraintName;
      this.constraintType = constraintType;
    }

    String constraintName() {
      return constraintName;
    }

    String constraintType() {
      return constraintType;
    }
  }

  /** All of them, by table id, the primary key first. */
  static List<KeyRow> of(CatalogSnapshot catalog) {
    List<KeyRow> rows = new ArrayList<>();
    for (TableInfo table : catalog.tables()) {
      int position = 0;
      for (String column : table.schema().primaryKey()) {
        position++;
        rows.add(new KeyRow(table, Kind.PRIMARY, table.schema().column(column), position));
      }
      table
          .schema()
          .timeIndex()
          .ifPresent(
              column ->
                  rows.add(new KeyRow(table, Kind.TIME_INDEX, table.schema().column(column), 1)));
    }
    return rows;
  }

  /** Whether the key's columns alone tell two rows of the table apart. */
  boolean isUnique() {
    return !table.isAppendOnly()
        && switch (kind) {
          case PRIMARY -> table.schema().timeIndex().isEmpty();
          case TIME_INDEX -> table.schema().primaryKey().isEmpty();
        };
  }
}
