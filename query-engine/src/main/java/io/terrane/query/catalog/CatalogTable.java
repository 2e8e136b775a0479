package io.terrane.query.catalog;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.VirtualTable;
import io.terrane.query.type.TypeMapping;
import io.terrane.query.type.TypeMapping.Nullability;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table or system table of one snapshot as Calcite sees it. */
public final class CatalogTable extends AbstractTable implements TranslatableTable {
  private final TableName name;
  private final List<ColumnSchema> columns;
  private final Optional<TableInfo> info;
  private final Optional<VirtualTable> virtual;

  private CatalogTable(
      TableName name,
      List<ColumnSchema> columns,
      Optional<TableInfo> info,
      Optional<VirtualTable> virtual) {
    this.name = name;
    this.columns = List.copyOf(columns);
    this.info = info;
    this.virtual = virtual;
  }

  /** A user table; {@code columns} may have the hidden row id at the end. */
  static CatalogTable of(TableInfo table, List<ColumnSchema> columns) {
    return new CatalogTable(table.name(), columns, Optional.of(table), Optional.empty());
  }

  static CatalogTable of(VirtualTable table) {
    return new CatalogTable(table.name(), table.columns(), Optional.empty(), Optional.of(table));
  }

  public TableName name() {
    return name;
  }

  public List<ColumnSchema> columns() {
    return columns;
  }

  public Optional<TableInfo> info() {
    return info;
  }

  public Optional<VirtualTable> virtual() {
    return virtual;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    RelDataTypeFactory.Builder builder = factory.builder();
    for (ColumnSchema column : columns) {
      builder.add(
          column.name(),
          TypeMapping.toCalcite(
              factory,
              column.type(),
              column.nullable() ? Nullability.NULLABLE : Nullability.NOT_NULL));
    }
    return builder.build();
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return LogicalTableScan.create(context.getCluster(), table, context.getTableHints());
  }
}
