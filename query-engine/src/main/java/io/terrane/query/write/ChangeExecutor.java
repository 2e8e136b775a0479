package io.terrane.query.write;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.WriteMode;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.Datum;
import io.terrane.api.table.TableInfo;
import io.terrane.query.exec.BufferOperator;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.plan.PlanContext;
import io.terrane.query.plan.PlannedQuery;
import io.terrane.query.plan.QueryPlanner;
import java.util.ArrayList;
import java.util.HashMap;
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

  /** Deletes the rows that meet the condition; counts them. */
  public AffectedRows delete(SqlDelete statement, PlanContext scope, ExecutionContext context) {
    TableInfo table = target((SqlIdentifier) statement.getTargetTable(), "DELETE", scope);
    List<ColumnSchema> found = new ArrayList<>(table.schema().keyColumns());
    partitionColumns(table, found);
    Changes changes = new Changes(table, found, scope, context);
    BatchStream rows =
        query(table, references(found), statement.getAlias(), statement.getCondition(), scope)
            .open(context);
    if (Reads.hasQuery(statement.getCondition())) {
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
    boolean asksQueries =
        Reads.hasQuery(statement.getCondition())
            || assigned.values().stream().anyMatch(Reads::hasQuery);
    Changes changes = new Changes(table, keys, scope, context);
    BatchStream rows =
        query(table, items, statement.getAlias(), statement.getCondition(), scope).open(context);
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

  private PlannedQuery query(
      TableInfo table,
      List<SqlNode> items,
      SqlIdentifier alias,
      SqlNode condition,
      PlanContext scope) {
    SqlNode from =
        new SqlIdentifier(
            List.of(table.name().database(), table.name().table()), SqlParserPos.ZERO);
    if (alias != null) {
      from = SqlStdOperatorTable.AS.createCall(SqlParserPos.ZERO, from, alias);
    }
    return planner.planWithRowIds(Selects.of(items, from, condition), scope);
  }

  /** Deletes and puts on their way; deletes go first. */
  private final class Changes {
    private final TableInfo table;
    private final List<ColumnSchema> found;
    private final PlanContext scope;
    private final ExecutionContext context;
    private final Assignment assignment;
    private final List<List<Datum>> deletes = new ArrayList<>();
    private final List<List<Datum>> puts = new ArrayList<>();
    private final WriteChunk chunk = new WriteChunk();
    private long count;

    /**
     * @param found columns of rows to delete: the key's, then others that the partition rule reads
     */
    Changes(
        TableInfo table, List<ColumnSchema> found, PlanContext scope, ExecutionContext context) {
      this.table = table;
      this.found = found;
      this.scope = scope;
      this.context = context;
      this.assignment = new Assignment(context);
    }

    void delete(List<Datum> row) {
      deletes.add(row);
      chunk.add(row);
    }

    void put(List<Datum> row) {
      List<ColumnSchema> columns = table.schema().columns();
      List<Datum> converted = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        converted.add(assignment.convert(row.get(i), columns.get(i), count + 1));
      }
      puts.add(converted);
      chunk.add(converted);
    }

    /** One row of the table is changed. */
    void counted() {
      count++;
      if (chunk.isFull()) {
        flush();
      }
    }

    void flush() {
      int keys = table.schema().keyColumns().size();
      Map<RegionId, List<List<Datum>>> keysByRegion = new TreeMap<>();
      new RowRouter(table, found)
          .split(deletes)
          .forEach(
              (region, rows) ->
                  keysByRegion.put(
                      region, rows.stream().map(row -> row.subList(0, keys)).toList()));
      write(keysByRegion, table.schema().keyColumns(), WriteMode.DELETE);
      List<ColumnSchema> columns = table.schema().columns();
      write(new RowRouter(table, columns).split(puts), columns, WriteMode.UPSERT);
      deletes.clear();
      puts.clear();
      chunk.clear();
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
