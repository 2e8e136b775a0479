package io.terrane.query.write;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.TableInfo;
import io.terrane.query.exec.BufferOperator;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.parse.Selects;
import io.terrane.query.parse.Statement;
import io.terrane.query.plan.PlanContext;
import io.terrane.query.plan.PlannedQuery;
import io.terrane.query.plan.QueryPlanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * DELETE and UPDATE: a query finds the rows by their keys, and their regions are told, chunk by
 * chunk. Rows that others write in between are not seen; each chunk is atomic per region.
 *
 * <p>A region is read as of the moment its scan opens, and a row that keeps its key stays in its
 * region, so such changes may be written while the scan goes on. If rows move, or the statement
 * asks other queries, all rows are found before the first is changed.
 */
public final class ChangeExecutor {
  private final QueryPlanner planner;
  private final RegionWriter writer;
  private final WriteIds ids;

  public ChangeExecutor(QueryPlanner planner, RegionWriter writer, WriteIds ids) {
    this.planner = planner;
    this.writer = writer;
    this.ids = ids;
  }

  /** Deletes the rows that meet the condition, as many as the limit says; counts them. */
  public AffectedRows delete(Statement.Delete change, PlanContext scope, ExecutionContext context) {
    SqlDelete statement = change.node();
    TableInfo table = target((SqlIdentifier) statement.getTargetTable(), "DELETE", scope);
    List<ColumnSchema> found = new ArrayList<>(table.schema().keyColumns());
    partitionColumns(table, found);
    RowChanges changes = new RowChanges(table, found, writer, ids, scope, context);
    BatchStream rows =
        query(
                table,
                references(found),
                statement.getAlias(),
                statement.getCondition(),
                change.limit(),
                scope)
            .open(context);
    if (asksQuery(statement.getCondition(), change.limit())) {
      rows = new BufferOperator(context, rows);
    }
    InsertExecutor.read(
        rows,
        context,
        row -> {
          changes.delete(row);
          changes.counted();
        });
    changes.flush();
    return new AffectedRows(changes.count());
  }

  /** Changes the rows that meet the condition, as many as the limit says; counts them. */
  public AffectedRows update(Statement.Update change, PlanContext scope, ExecutionContext context) {
    SqlUpdate statement = change.node();
    TableInfo table = target((SqlIdentifier) statement.getTargetTable(), "UPDATE", scope);
    List<ColumnSchema> columns = table.schema().columns();
    List<ColumnSchema> keys = new ArrayList<>(table.schema().keyColumns());
    partitionColumns(table, keys);
    Map<Integer, SqlNode> assigned = new HashMap<>();
    for (int i = 0; i < statement.getTargetColumnList().size(); i++) {
      SqlIdentifier name = (SqlIdentifier) statement.getTargetColumnList().get(i);
      assigned.put(
          TableTarget.column(table, name.names.get(name.names.size() - 1)),
          statement.getSourceExpressionList().get(i));
    }
    List<SqlNode> items = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      SqlNode value = assigned.getOrDefault(i, reference(columns.get(i)));
      items.add(Selects.named(value, "new" + i));
    }
    items.addAll(references(keys));
    boolean movesKeys =
        table.schema().hasHiddenRowId()
            || keys.stream().anyMatch(k -> assigned.containsKey(table.schema().indexOf(k.name())));
    boolean asksQueries =
        asksQuery(statement.getCondition(), change.limit())
            || assigned.values().stream().anyMatch(Reads::hasQuery);
    RowChanges changes = new RowChanges(table, keys, writer, ids, scope, context);
    BatchStream rows =
        query(table, items, statement.getAlias(), statement.getCondition(), change.limit(), scope)
            .open(context);
    if (movesKeys || asksQueries) {
      rows = new BufferOperator(context, rows);
    }
    InsertExecutor.read(
        rows,
        context,
        row -> {
          if (movesKeys) {
            changes.delete(row.subList(columns.size(), row.size()));
          }
          changes.put(row.subList(0, columns.size()));
          changes.counted();
        });
    changes.flush();
    return new AffectedRows(changes.count());
  }

  private static boolean asksQuery(SqlNode condition, Statement.RowLimit limit) {
    return Reads.hasQuery(condition) || limit.order().stream().anyMatch(Reads::hasQuery);
  }

  private static TableInfo target(SqlIdentifier name, String what, PlanContext scope) {
    TableInfo table = TableTarget.find(name.names, scope);
    if (table.isAppendOnly()) {
      throw new TerraneException(ErrorCode.UNSUPPORTED, what + " is not allowed under append mode");
    }
    return table;
  }

  private static void partitionColumns(TableInfo table, List<ColumnSchema> columns) {
    for (String name : table.partitionRule().columns()) {
      ColumnSchema column = table.schema().column(name);
      if (!columns.contains(column)) {
        columns.add(column);
      }
    }
  }

  private static List<SqlNode> references(List<ColumnSchema> columns) {
    return new ArrayList<>(columns.stream().map(ChangeExecutor::reference).toList());
  }

  private static SqlNode reference(ColumnSchema column) {
    return new SqlIdentifier(column.name(), SqlParserPos.ZERO);
  }

  private PlannedQuery query(
      TableInfo table,
      List<SqlNode> items,
      SqlIdentifier alias,
      SqlNode condition,
      Statement.RowLimit limit,
      PlanContext scope) {
    SqlNode from =
        new SqlIdentifier(
            List.of(table.name().database(), table.name().table()), SqlParserPos.ZERO);
    if (alias != null) {
      from = SqlStdOperatorTable.AS.createCall(SqlParserPos.ZERO, from, alias);
    }
    SqlNode select = Selects.of(items, from, condition);
    if (!limit.equals(Statement.RowLimit.NONE)) {
      select =
          new SqlOrderBy(
              SqlParserPos.ZERO,
              select,
              new SqlNodeList(limit.order(), SqlParserPos.ZERO),
              null,
              limit.count().orElse(null));
    }
    return planner.planWithRowIds(select, scope);
  }
}
