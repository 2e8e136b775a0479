package io.terrane.query.write;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.TableName;
import io.terrane.api.table.VirtualTable;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.ValuesOperator;
import io.terrane.query.parse.Selects;
import io.terrane.query.plan.PlanContext;
import io.terrane.query.plan.PlannedQuery;
import io.terrane.query.plan.QueryPlanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The expressions of an ON DUPLICATE KEY UPDATE over pairs of rows, the stored one and the one that
 * was to be inserted. Planned once, run per chunk.
 */
final class RowUpdate {
  /** Not a name that a statement can write. */
  private static final TableName PAIRS = new TableName(TableName.INFORMATION_SCHEMA, "\u0001pairs");

  private static final String POSITION = "position";

  private final List<Integer> targets = new ArrayList<>();
  private final List<Optional<SqlNode>> values = new ArrayList<>();
  private final Pairs pairs;
  private final QueryPlanner planner;
  private final PlanContext scope;
  private final ExecutionContext context;
  private Optional<PlannedQuery> plan = Optional.empty();

  /**
   * @param assignments by position of the column; an empty one assigns the column's default
   */
  RowUpdate(
      List<ColumnSchema> columns,
      Map<Integer, Optional<SqlNode>> assignments,
      QueryPlanner planner,
      PlanContext scope,
      ExecutionContext context) {
    assignments.forEach(
        (target, value) -> {
          targets.add(target);
          values.add(value);
        });
    this.pairs = new Pairs(columns, context);
    this.planner = planner;
    this.scope = scope;
    this.context = context;
  }

  /** The stored row's value of a column. */
  static SqlIdentifier stored(int column) {
    return new SqlIdentifier("stored" + column, SqlParserPos.ZERO);
  }

  /** What was to be inserted into a column. */
  static SqlIdentifier given(int column) {
    return new SqlIdentifier("given" + column, SqlParserPos.ZERO);
  }

  /** Positions of the columns that get a value. */
  List<Integer> targets() {
    return targets;
  }

  boolean isDefault(int target) {
    return values.get(target).isEmpty();
  }

  /** Values per target, by position of the pair. */
  Map<Integer, List<Datum>> values(List<List<Datum>> stored, List<List<Datum>> given) {
    pairs.rows.clear();
    for (int i = 0; i < stored.size(); i++) {
      List<Datum> row = new ArrayList<>();
      row.add(Datum.of(i));
      row.addAll(stored.get(i));
      row.addAll(given.get(i));
      pairs.rows.add(row);
    }
    if (plan.isEmpty()) {
      plan = Optional.of(plan());
    }
    Map<Integer, List<Datum>> results = new HashMap<>();
    InsertExecutor.read(
        plan.get().open(context),
        context,
        row -> results.put(((Long) row.get(0).value()).intValue(), row.subList(1, row.size())));
    return results;
  }

  private PlannedQuery plan() {
    List<SqlNode> items = new ArrayList<>();
    items.add(new SqlIdentifier(POSITION, SqlParserPos.ZERO));
    for (int i = 0; i < values.size(); i++) {
      items.add(
          Selects.named(
              values.get(i).orElse(new SqlIdentifier(POSITION, SqlParserPos.ZERO)), "value" + i));
    }
    SqlNode from = new SqlIdentifier(List.of(PAIRS.database(), PAIRS.table()), SqlParserPos.ZERO);
    return planner.planWith(pairs, Selects.of(items, from, null), scope);
  }

  /** The rows of one chunk as a table. */
  private static final class Pairs implements VirtualTable {
    private final List<String> names = new ArrayList<>();
    private final List<DataType> types = new ArrayList<>();
    private final List<List<Datum>> rows = new ArrayList<>();
    private final ExecutionContext context;

    Pairs(List<ColumnSchema> columns, ExecutionContext context) {
      this.context = context;
      names.add(POSITION);
      types.add(DataType.INT64);
      for (int i = 0; i < columns.size(); i++) {
        names.add(stored(i).getSimple());
        types.add(columns.get(i).type());
      }
      for (int i = 0; i < columns.size(); i++) {
        names.add(given(i).getSimple());
        types.add(columns.get(i).type());
      }
    }

    @Override
    public TableName name() {
      return PAIRS;
    }

    @Override
    public List<ColumnSchema> columns() {
      List<ColumnSchema> columns = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        columns.add(ColumnSchema.field(i, names.get(i), types.get(i)));
      }
      return columns;
    }

    @Override
    public BatchStream scan(ScanContext scan, BufferAllocator allocator) {
      return new ValuesOperator(context, names, types, rows);
    }
  }
}
