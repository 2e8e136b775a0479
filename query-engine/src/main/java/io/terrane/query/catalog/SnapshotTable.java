package io.terrane.query.catalog;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.VirtualTable;
import io.terrane.query.type.FoldedText;
import io.terrane.query.type.TypeMapping;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table that a query reads: a user's with regions, or one that is computed. Immutable. */
public final class SnapshotTable extends AbstractTable {
  private final TableName name;
  private final List<ColumnSchema> columns;
  private final Optional<TableInfo> stored;
  private final Optional<VirtualTable> computed;
  private final OptionalLong rows;

  private SnapshotTable(
      TableName name,
      List<ColumnSchema> columns,
      Optional<TableInfo> stored,
      Optional<VirtualTable> computed,
      OptionalLong rows) {
    this.name = name;
    this.columns = List.copyOf(columns);
    this.stored = stored;
    this.computed = computed;
    this.rows = rows;
  }

  static SnapshotTable of(TableInfo table, OptionalLong rows) {
    return new SnapshotTable(
        table.name(), table.schema().columns(), Optional.of(table), Optional.empty(), rows);
  }

  static SnapshotTable of(VirtualTable table) {
    return new SnapshotTable(
        table.name(), table.columns(), Optional.empty(), Optional.of(table), OptionalLong.empty());
  }

  /** The same with the hidden row id as last column, as a delete needs it. */
  public SnapshotTable withRowId() {
    if (stored.isEmpty() || !stored.get().schema().hasHiddenRowId()) {
      return this;
    }
    java.util.ArrayList<ColumnSchema> all = new java.util.ArrayList<>(columns);
    all.add(io.terrane.api.table.TableSchema.ROW_ID);
    return new SnapshotTable(name, all, stored, computed, rows);
  }

  public TableName name() {
    return name;
  }

  public List<ColumnSchema> columns() {
    return columns;
  }

  /** Set for a table with regions. */
  public Optional<TableInfo> stored() {
    return stored;
  }

  /** Set for a table without. */
  public Optional<VirtualTable> computed() {
    return computed;
  }

  /** How many rows it has, about. */
  public OptionalLong rows() {
    return rows;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    RelDataTypeFactory.Builder row = factory.builder();
    for (ColumnSchema column : columns) {
      RelDataType type = TypeMapping.toSql(factory, column.type(), column.nullable());
      row.add(column.name(), computed.isPresent() ? FoldedText.of(factory, type) : type);
    }
    return row.build();
  }
}
