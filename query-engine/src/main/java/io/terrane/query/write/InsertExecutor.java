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
import io.terrane.query.expr.Batch;
import io.terrane.query.parse.Selects;
import io.terrane.query.parse.Statement;
import io.terrane.query.plan.PlanContext;
import io.terrane.query.plan.PlannedQuery;
import io.terrane.query.plan.QueryPlanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/**
 * INSERT and REPLACE. Constants of a VALUES list are read as they are, everything else is planned.
 * Rows of one region go in one write, so a VALUES list is atomic per region; INSERT … SELECT goes
 * in chunks.
 */
public final class InsertExecutor {
  private final QueryPlanner planner;
  private final RegionWriter writer;
  private final WriteIds ids;

  public InsertExecutor(QueryPlanner planner, RegionWriter writer, WriteIds ids) {
    this.planner = planner;
    this.writer = writer;
    this.ids = ids;
  }

  public AffectedRows execute(
      Statement.Insert statement, PlanContext scope, ExecutionContext context) {
    SqlInsert insert = statement.node();
    TableInfo table = TableTarget.find(((SqlIdentifier) insert.getTargetTable()).names, scope);
    int[] targets = targets(insert, table);
    Writing writing = new Writing(table, statement.mode(), targets, scope, context);
    if (!statement.onDuplicateKey().isEmpty() && KeyedUpdates.applyTo(table)) {
      writing.updates =
          Optional.of(
              new KeyedUpdates(
                  table,
                  new DuplicateAssignments(statement.onDuplicateKey(), statement.newRow(), targets),
                  planner,
                  new RowChanges(table, table.schema().keyColumns(), writer, ids, scope, context),
                  scope,
                  context));
    }
    SqlNode source = insert.getSource();
    if (source.getKind() == SqlKind.VALUES) {
      values((SqlCall) source, writing);
    } else {
      planned(source, writing);
    }
    writing.flush();
    return writing.affected;
  }

  /** A statement whose rows come one by one, and more than fit into memory. */
  Writing begin(
      TableInfo table,
      Statement.InsertMode mode,
      int[] targets,
      PlanContext scope,
      ExecutionContext context) {
    return new Writing(table, mode, targets, scope, context);
  }

  /** Positions in the table of the columns that the source gives. */
  static int[] targets(SqlInsert insert, TableInfo table) {
    if (insert.getTargetColumnList() == null || insert.getTargetColumnList().isEmpty()) {
      int[] all = new int[table.schema().columns().size()];
      for (int i = 0; i < all.length; i++) {
        all[i] = i;
      }
      return all;
    }
    Set<Integer> seen = new HashSet<>();
    int[] targets = new int[insert.getTargetColumnList().size()];
    for (int i = 0; i < targets.length; i++) {
      SqlIdentifier name = (SqlIdentifier) insert.getTargetColumnList().get(i);
      targets[i] = TableTarget.column(table, name.names.get(name.names.size() - 1));
      if (!seen.add(targets[i])) {
        throw new TerraneException(
            ErrorCode.INVALID_ARGUMENT, "Column '" + name + "' specified twice");
      }
    }
    return targets;
  }

  /** Whether a row whose key is there already is refused. */
  static boolean refusesKeys(TableInfo table, Statement.InsertMode mode) {
    return table.schema().timeIndex().isEmpty()
        && !table.schema().hasHiddenRowId()
        && mode != Statement.InsertMode.REPLACE;
  }

  private void values(SqlCall values, Writing writing) {
    ValueReader reader = new ValueReader(writing.scope);
    long number = 0;
    for (SqlNode rowNode : values.getOperandList()) {
      number++;
      List<SqlNode> cells =
          rowNode.getKind() == SqlKind.ROW
              ? ((SqlCall) rowNode).getOperandList()
              : List.of(rowNode);
      writing.checkWidth(cells.size(), number);
      List<Optional<Datum>> row = new ArrayList<>();
      for (SqlNode cell : cells) {
        row.add(
            cell.getKind() == SqlKind.DEFAULT
                ? Optional.empty()
                : Optional.of(reader.read(cell).orElseGet(() -> computed(cell, writing))));
      }
      writing.add(row);
    }
  }

  /** One expression's value. */
  private Datum computed(SqlNode expression, Writing writing) {
    List<Datum> result = new ArrayList<>();
    PlannedQuery plan = planner.plan(Selects.ofExpression(expression), writing.scope);
    read(plan.open(writing.context), writing.context, row -> result.add(row.get(0)));
    return result.get(0);
  }

  private void planned(SqlNode source, Writing writing) {
    PlannedQuery plan = planner.plan(source, writing.scope);
    writing.checkWidth(plan.columns().size(), 1);
    BatchStream rows = plan.open(writing.context);
    if (Reads.mayRead(source, writing.table.name(), writing.scope)) {
      rows = new BufferOperator(writing.context, rows);
    }
    read(
        rows,
        writing.context,
        row -> {
          writing.add(row.stream().map(Optional::of).toList());
          writing.flushIfMany();
        });
  }

  /** Gives each row to {@code action} and closes the stream. */
  static void read(BatchStream rows, ExecutionContext context, Consumer<List<Datum>> action) {
    try (BatchStream stream = rows) {
      Batch batch = new Batch(Batch.typesOf(stream.schema()));
      int width = stream.schema().getFields().size();
      boolean more = true;
      while (more) {
        context.checkCancelled();
        more =
            stream.advance(
                root -> {
                  batch.load(root);
                  for (int row = 0; row < batch.rows(); row++) {
                    List<Datum> values = new ArrayList<>(width);
                    for (int i = 0; i < width; i++) {
                      values.add(batch.column(i).datumAt(row));
                    }
                    action.accept(values);
                  }
                });
      }
    }
  }

  /** The rows of one statement on their way. */
  final class Writing {
    final PlanContext scope;
    final ExecutionContext context;
    private final TableInfo table;
    private final Statement.InsertMode mode;
    private final List<ColumnSchema> columns;
    private final int[] targets;
    private final Assignment assignment;
    private final RowRouter router;
    private final List<List<Datum>> rows = new ArrayList<>();
    private final WriteChunk chunk = new WriteChunk();
    private long count;
    private AffectedRows affected = new AffectedRows(0);
    private Optional<KeyedUpdates> updates = Optional.empty();

    Writing(
        TableInfo table,
        Statement.InsertMode mode,
        int[] targets,
        PlanContext scope,
        ExecutionContext context) {
      this.table = table;
      this.mode = mode;
      this.targets = targets;
      this.scope = scope;
      this.context = context;
      this.columns = table.schema().columns();
      this.assignment = new Assignment(context);
      this.router = new RowRouter(table, columns);
    }

    void checkWidth(int width, long row) {
      if (width != targets.length) {
        throw new TerraneException(
            ErrorCode.COLUMN_COUNT_MISMATCH,
            "Column count doesn't match value count at row " + row);
      }
    }

    /** Takes a row; an empty cell is a DEFAULT. */
    void add(List<Optional<Datum>> cells) {
      count++;
      Datum[] row = new Datum[columns.size()];
      for (int i = 0; i < targets.length; i++) {
        ColumnSchema column = columns.get(targets[i]);
        if (cells.get(i).isPresent()) {
          row[targets[i]] = assignment.convert(cells.get(i).get(), column, count);
        }
      }
      for (int i = 0; i < row.length; i++) {
        if (row[i] == null) {
          row[i] = assignment.defaultOf(columns.get(i));
        }
      }
      List<Datum> all = List.of(row);
      rows.add(all);
      chunk.add(all);
    }

    AffectedRows affected() {
      return affected;
    }

    void flushIfMany() {
      if (chunk.isFull()) {
        flush();
      }
    }

    void flush() {
      boolean unique = refusesKeys(table, mode);
      if (updates.isPresent()) {
        affected = affected.plus(updates.get().write(rows));
      } else if (unique && mode == Statement.InsertMode.IGNORE) {
        rows.forEach(this::insertIfAbsent);
      } else {
        write(rows, unique ? WriteMode.INSERT_UNIQUE : WriteMode.UPSERT);
      }
      rows.clear();
      chunk.clear();
    }

    private void insertIfAbsent(List<Datum> row) {
      try {
        write(List.of(row), WriteMode.INSERT_UNIQUE);
      } catch (TerraneException failure) {
        if (failure.code() != ErrorCode.DUPLICATE_KEY) {
          throw failure;
        }
      }
    }

    private void write(List<List<Datum>> some, WriteMode writeMode) {
      Map<RegionId, VectorSchemaRoot> batches = new TreeMap<>();
      try {
        router
            .split(some)
            .forEach(
                (region, part) ->
                    batches.put(region, RowBatches.of(columns, part, context.allocator())));
        affected = affected.plus(writer.write(context, scope.catalog(), batches, writeMode, ids));
      } finally {
        batches.values().forEach(VectorSchemaRoot::close);
      }
    }
  }
}
