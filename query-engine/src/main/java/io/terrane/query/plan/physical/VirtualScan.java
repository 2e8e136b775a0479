package io.terrane.query.plan.physical;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.VirtualTable;
import io.terrane.query.exec.ExecutionContext;
import java.util.List;

/** Reads a system table. */
public record VirtualScan(VirtualTable table, VirtualTable.ScanContext scan) implements PlanNode {
  @Override
  public List<DataType> types() {
    return table.columns().stream().map(ColumnSchema::type).toList();
  }

  @Override
  public BatchStream open(ExecutionContext context, Bindings bindings) {
    return table.scan(scan, context.allocator());
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of();
  }

  @Override
  public String describe() {
    return "SystemTable " + table.name();
  }
}
