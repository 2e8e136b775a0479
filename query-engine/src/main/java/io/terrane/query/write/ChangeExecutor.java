package io.terrane.query.write;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.WriteMode;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.Datum;
import io.terrane.api.table.TableInfo;
import io.terrane.query.catalog.CatalogSnapshotReader.HiddenColumns;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.plan.PlanContext;
import io.terrane.query.plan.PlannedQuery;
import io.terrane.query.plan.QueryPlanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * DELETE and UPDATE: a query finds the rows by their keys, then their regions are told. Rows that
 * others write in between are not seen; each region's part is atomic.
 */
public final class ChangeExecutor {
  private static final int CHUNK_ROWS = 16_384;

  private final QueryPlanner planner;
  private final RegionWriter writer;
  private final WriteIds ids;

  public ChangeExecutor(QueryPlanner planner, RegionWriter writer, WriteIds ids) {
    this.planner = planner;
    this.writer = writer;
    this.ids = ids;
  }

  /** Deletes the rows that meet the condition; counts them. */
  public AffectedRows delete(SqlDelete statement, PlanContext scope, ExecutionContext context) {
    TableInfo table = target((SqlIdentifier) statement.getTargetTable(), "DELETE", scope);
    List<ColumnSchema> found = new ArrayList<>(table.schema().keyColumns());
    partitionColumns(table, found);
    Changes changes = new Changes(table, scope, context);
    query(
        table,
        references(found),
        statement.getAlias(),
        statement.getCondition(),
        scope,
        context,
        row -> changes.delete(found, row));
    changes.flush();
    return new AffectedRows(changes.count);
  }

  /** Changes the rows that meet the condition; counts them. */
  public AffectedRows update(SqlUpdate statement, PlanContext scope, ExecutionContext context) {
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
      items.add(
          SqlStdOperatorTable.AS.createCall(
              SqlParserPos.ZERO, value, new SqlIdentifier("new" + i, SqlParserPos.ZERO)));
    }
    items.addAll(references(keys));
    boolean movesKeys =
        table.schema().hasHiddenRowId()
            || keys.stream().anyMatch(k -> assigned.containsKey(table.schema().indexOf(k.name())));
    Changes changes = new Changes(table, scope, context);
    query(
        table,
        items,
        statement.getAlias(),
        statement.getCondition(),
        scope,
        context,
        row -> {
          if (movesKeys) {
            changes.delete(keys, row.subList(columns.size(), row.size()));
            changes.count--;
          }
          changes.put(row.subList(0, columns.size()));
        });
    changes.flush();
    return new AffectedRows(changes.count);
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

  private void query(
      TableInfo table,
      List<SqlNode> items,
      SqlIdentifier alias,
      SqlNode condition,
      PlanContext scope,
      ExecutionContext context,
      java.util.function.Consumer<List<Datum>> action) {
    SqlNode from =
        new SqlIdentifier(
            List.of(table.name().database(), table.name().table()), SqlParserPos.ZERO);
    if (alias != null) {
      from = SqlStdOperatorTable.AS.createCall(SqlParserPos.ZERO, from, alias);
    }
    PlannedQuery plan =
        planner.plan(Selects.of(items, from, condition), scope, HiddenColumns.SHOWN);
    // The rows are found before the first is changed, so the scan never meets its own changes.
    List<List<Datum>> rows = new ArrayList<>();
    InsertExecutor.read(plan, context, rows::add);
    rows.forEach(action);
  }

  /** Deletes and puts on their way; deletes go first. */
  private final class Changes {
    private final TableInfo table;
    private final PlanContext scope;
    private final ExecutionContext context;
    private final Assignment assignment;
    private final Map<RegionId, List<List<Datum>>> deletes = new LinkedHashMap<>();
    private final List<List<Datum>> puts = new ArrayList<>();
    private long count;
    private int waiting;

    Changes(TableInfo table, PlanContext scope, ExecutionContext context) {
      this.table = table;
      this.scope = scope;
      this.context = context;
      this.assignment = new Assignment(context);
    }

    void delete(List<ColumnSchema> columns, List<Datum> row) {
      int keys = table.schema().keyColumns().size();
      new RowRouter(table, columns)
          .split(List.of(row))
          .forEach(
              (region, rows) ->
                  deletes
                      .computeIfAbsent(region, r -> new ArrayList<>())
                      .add(rows.get(0).subList(0, keys)));
      counted();
    }

    void put(List<Datum> row) {
      List<ColumnSchema> columns = table.schema().columns();
      List<Datum> converted = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        converted.add(assignment.convert(row.get(i), columns.get(i), count + 1));
      }
      puts.add(converted);
      counted();
    }

    private void counted() {
      count++;
      if (++waiting >= CHUNK_ROWS) {
        flush();
      }
    }

    void flush() {
      write(deletes, table.schema().keyColumns(), WriteMode.DELETE);
      List<ColumnSchema> columns = table.schema().columns();
      write(new RowRouter(table, columns).split(puts), columns, WriteMode.UPSERT);
      deletes.clear();
      puts.clear();
      waiting = 0;
    }

    private void write(
        Map<RegionId, List<List<Datum>>> rows, List<ColumnSchema> columns, WriteMode mode) {
      Map<RegionId, VectorSchemaRoot> batches = new TreeMap<>();
      try {
        rows.forEach(
            (region, part) ->
                batches.put(region, RowBatches.of(columns, part, context.allocator())));
        writer.write(context, scope.catalog(), batches, mode, ids);
      } finally {
        batches.values().forEach(VectorSchemaRoot::close);
      }
    }
  }
}
