package io.terrane.query.plan;

import io.terrane.api.service.TableSizes;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.DataType;
import io.terrane.api.table.VirtualTable;
import io.terrane.query.catalog.CatalogSnapshotReader;
import io.terrane.query.catalog.SnapshotTable;
import io.terrane.query.distribute.ClusterAccess;
import io.terrane.query.distribute.ConstantFolder;
import io.terrane.query.distribute.ExprTranslator;
import io.terrane.query.distribute.FragmentBuilder;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.plan.physical.PhysicalNode;
import io.terrane.query.plan.physical.PhysicalPlanner;
import io.terrane.query.plan.physical.RowEstimates;
import io.terrane.query.type.TypeMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Plans queries. Thread-safe. */
public final class QueryPlanner {
  private final FunctionRegistry functions;
  private final OperatorTable operators;
  private final CatalogSnapshotReader.VirtualTables computed;
  private final Function<String, SqlNode> viewParser;
  private final TableSizes sizes;
  private final ClusterAccess cluster;

  /**
   * @param viewParser reads a view's definition
   */
  public QueryPlanner(
      FunctionRegistry functions,
      Collection<VirtualTable> virtualTables,
      TableSizes sizes,
      Function<String, SqlNode> viewParser,
      ClusterAccess cluster) {
    this.functions = functions;
    this.operators = new OperatorTable(functions);
    this.computed = new CatalogSnapshotReader.VirtualTables(virtualTables);
    this.sizes = sizes;
    this.viewParser = viewParser;
    this.cluster = cluster;
  }

  public ClusterAccess cluster() {
    return cluster;
  }

  /** Every failure is a TerraneException in MySQL's words. */
  public PlannedQuery plan(SqlNode query, PlanContext context) {
    return plan(query, context, rewriter(context, computed));
  }

  /** As {@link #plan}, of a query that may name hidden row ids. */
  public PlannedQuery planWithRowIds(SqlNode query, PlanContext context) {
    return plan(query, context, rewriter(context, computed).exposingRowIds());
  }

  /** As {@link #plan}, of a query that may also read {@code table}. */
  public PlannedQuery planWith(VirtualTable table, SqlNode query, PlanContext context) {
    return plan(query, context, rewriter(context, computed.with(table)));
  }

  private StatementRewriter rewriter(
      PlanContext context, CatalogSnapshotReader.VirtualTables systemTables) {
    return new StatementRewriter(
        new CatalogSnapshotReader(context.catalog(), systemTables, sizes),
        viewParser,
        operators,
        context);
  }

  private PlannedQuery plan(SqlNode query, PlanContext context, StatementRewriter rewriter) {
    try {
      SqlNode rewritten = rewriter.query(query);
      ResultNames names = ResultNames.of(rewritten);
      LogicalPlanner.Logical logical = LogicalPlanner.plan(rewritten, rewriter, operators);
      PlannedQuery.Shared shared =
          new PlannedQuery.Shared(
              columns(logical, rewriter, names),
              parameters(query),
              query instanceof SqlOrderBy order && order.fetch != null,
              logical.rel(),
              rewriter.names(),
              this::physical);
      return new PlannedQuery(
          shared, new PlannedQuery.Binding(context.catalog(), context.database(), List.of()));
    } catch (RuntimeException failure) {
      throw PlanErrors.translate(failure, query);
    }
  }

  private PhysicalNode physical(
      RelNode rel,
      PlannedQuery.Binding binding,
      ExecutionContext execution,
      RowEstimates estimates) {
    PhysicalPlanner planner =
        new PhysicalPlanner(
            new VirtualTable.ScanContext(
                binding.catalog(), binding.database(), execution.frontend()),
            new FragmentBuilder(cluster, binding.catalog(), execution),
            new ExprTranslator(
                functions, rel.getCluster().getRexBuilder(), binding.constants(), Map.of()),
            new ConstantFolder(execution),
            functions,
            estimates);
    PhysicalNode plan = planner.plan(rel);
    List<DataType> promised =
        rel.getRowType().getFieldList().stream()
            .map(field -> TypeMapping.ofSql(field.getType()))
            .toList();
    return planner.aligned(plan, promised, rel.getRowType().getFieldNames());
  }

  private static List<ResultColumn> columns(
      LogicalPlanner.Logical logical, StatementRewriter rewriter, ResultNames written) {
    Map<List<String>, SnapshotTable> tables =
        rewriter.tables().stream()
            .collect(
                Collectors.toMap(
                    table -> List.of(table.name().database(), table.name().table()),
                    Function.identity()));
    List<List<String>> origins = logical.validator().getFieldOrigins(logical.validated());
    List<String> names = written.written(logical.validated(), logical.validator());
    List<RelDataTypeField> typed = logical.rel().getRowType().getFieldList();
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 0; i < typed.size(); i++) {
      DataType type = TypeMapping.ofSql(typed.get(i).getType());
      String name = names.get(i);
      List<String> origin = i < origins.size() ? origins.get(i) : null;
      if (origin == null || origin.size() < 3) {
        columns.add(ResultColumn.expression(name, type));
        continue;
      }
      int size = origin.size();
      SnapshotTable table = tables.get(origin.subList(size - 3, size - 1));
      String column = origin.get(size - 1);
      boolean isKey =
          table != null
              && table.stored().map(t -> t.schema().primaryKey().contains(column)).orElse(false);
      columns.add(
          new ResultColumn(
              name,
              type,
              typed.get(i).getType().isNullable(),
              origin.get(size - 3),
              origin.get(size - 2),
              column,
              isKey));
    }
    return columns;
  }

  private static int parameters(SqlNode query) {
    int[] count = {0};
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlDynamicParam parameter) {
            count[0] = Math.max(count[0], parameter.getIndex() + 1);
            return null;
          }
        });
    return count[0];
  }
}
