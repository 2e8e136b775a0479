package io.terrane.query.catalog;

import io.terrane.api.table.ViewInfo;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** A view: its query takes its place when the plan is made. */
public final class ViewTable extends AbstractTable implements TranslatableTable {
  private final ViewInfo view;
  private final RelDataType rowType;
  private final Expander expander;

  /** Plans a view's query inside the plan that uses it. */
  public interface Expander {
    /** The view's columns, under the names it gives them. */
    RelDataType rowType(ViewInfo view);

    RelNode expand(ViewInfo view, RelOptTable.ToRelContext context);
  }

  ViewTable(ViewInfo view, Expander expander) {
    this.view = view;
    this.expander = expander;
    this.rowType = expander.rowType(view);
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    return rowType;
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return expander.expand(view, context);
  }
}
