package io.terrane.query.plan.physical;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.RecursionOperator;
import io.terrane.query.exec.WorkingRows;
import io.terrane.query.type.TypeMapping;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Spool;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.TransientTable;

/**
 * Recursive common tables. Their columns have the types of the first query, as in MySQL; what the
 * others give is cast.
 */
final class RecursionPlanner {
  private final PhysicalPlanner planner;
  private final Map<String, WorkingRows> working = new HashMap<>();

  RecursionPlanner(PhysicalPlanner planner) {
    this.planner = planner;
  }

  PhysicalNode plan(RepeatUnion union) {
    List<String> names = union.getRowType().getFieldNames();
    List<DataType> types = types(union.getSeedRel().getRowType());
    PhysicalNode first = planner.aligned(planner.plan(spooled(union.getSeedRel())), types, names);
    WorkingRows rows = new WorkingRows();
    String name = name(union.getTransientTable().getQualifiedName());
    WorkingRows outer = working.put(name, rows);
    PhysicalNode again =
        planner.aligned(planner.plan(spooled(union.getIterativeRel())), types, names);
    if (outer == null) {
      working.remove(name);
    } else {
      working.put(name, outer);
    }
    return planner.aligned(recursion(union, first, again, rows), types(union.getRowType()), names);
  }

  private static PhysicalNode recursion(
      RepeatUnion union, PhysicalNode first, PhysicalNode again, WorkingRows rows) {
    List<String> names = union.getRowType().getFieldNames();
    return new OperatorNode(
        "Recursion: " + (union.all ? "UNION ALL" : "UNION") + ", again " + again.describe(),
        List.of(first),
        names,
        first.types(),
        (context, inputs) ->
            new RecursionOperator(
                context,
                inputs.get(0),
                again::open,
                rows,
                names,
                !union.all,
                Long.parseLong(context.sessionValue("cte_max_recursion_depth"))));
  }

  /** What a recursive common table's own query reads of it. */
  PhysicalNode scan(TableScan scan) {
    WorkingRows rows = working.get(name(scan.getTable().getQualifiedName()));
    if (rows == null) {
      throw new TerraneException(
          ErrorCode.UNSUPPORTED, "a recursive common table inside of a sub-query is not supported");
    }
    List<String> names = scan.getRowType().getFieldNames();
    List<DataType> types = types(scan.getRowType());
    return new OperatorNode(
        "RowsOfLastIteration: columns=" + names,
        List.of(),
        names,
        types,
        (context, inputs) -> rows.open(context, names, types));
  }

  static boolean isWorkingTable(TableScan scan) {
    return scan.getTable().unwrap(TransientTable.class) != null;
  }

  private static RelNode spooled(RelNode rel) {
    return rel instanceof Spool spool ? spool.getInput() : rel;
  }

  private static List<DataType> types(RelDataType row) {
    return row.getFieldList().stream().map(field -> TypeMapping.ofSql(field.getType())).toList();
  }

  private static String name(List<String> qualified) {
    return qualified.get(qualified.size() - 1).toLowerCase(Locale.ROOT);
  }
}
