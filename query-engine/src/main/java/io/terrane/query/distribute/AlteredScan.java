package io.terrane.query.distribute;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A fragment whose table was altered after it was planned. */
final class AlteredScan {
  private AlteredScan() {}

  /**
   * The same fragment with the columns' present names; SCHEMA_CHANGED if one of them was dropped or
   * has another type now.
   */
  static PlanFragment under(PlanFragment fragment, TableSchema planned, TableSchema present) {
    if (planned.version() == present.version()) {
      return fragment;
    }
    if (fragment instanceof PlanFragment.ScanRegion scan) {
      List<String> columns = new ArrayList<>();
      scan.columns().forEach(name -> columns.add(presentName(name, planned, present)));
      return new PlanFragment.ScanRegion(
          scan.region(), present.version(), columns, scan.predicate());
    } else if (fragment instanceof PlanFragment.Filter filter) {
      return new PlanFragment.Filter(under(filter.input(), planned, present), filter.predicate());
    } else if (fragment instanceof PlanFragment.Project project) {
      return new PlanFragment.Project(
          under(project.input(), planned, present), project.expressions(), project.names());
    } else if (fragment instanceof PlanFragment.PartialAggregate aggregate) {
      return new PlanFragment.PartialAggregate(
          under(aggregate.input(), planned, present), aggregate.groupBy(), aggregate.calls());
    } else if (fragment instanceof PlanFragment.TopN top) {
      return new PlanFragment.TopN(under(top.input(), planned, present), top.keys(), top.fetch());
    }
    PlanFragment.Limit limit = (PlanFragment.Limit) fragment;
    return new PlanFragment.Limit(under(limit.input(), planned, present), limit.fetch());
  }

  private static String presentName(String name, TableSchema planned, TableSchema present) {
    if (name.equals(TableSchema.ROW_ID.name())) {
      return name;
    }
    ColumnSchema before = planned.column(name);
    Optional<ColumnSchema> now =
        present
            .findColumn(before.id())
            .filter(column -> column.type().equals(before.type()))
            .filter(column -> before.nullable() || !column.nullable());
    return now.map(ColumnSchema::name)
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.SCHEMA_CHANGED,
                    "Table definition has changed, please retry transaction: column '"
                        + name
                        + "' was altered"));
  }
}
