package io.terrane.query.write;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.TableInfo;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.parse.Selects;
import io.terrane.query.plan.PlanContext;
import io.terrane.query.plan.QueryPlanner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Finds rows of a table by their keys. Conditions on the key columns let regions skip most other
 * rows; what is left of those is dropped here.
 */
final class StoredRows {
  /** More values than these of a column are asked for by their range, if they have one. */
  private static final int LIST_MAX = 512;

  private final TableInfo table;
  private final QueryPlanner planner;
  private final PlanContext scope;
  private final ExecutionContext context;

  StoredRows(TableInfo table, QueryPlanner planner, PlanContext scope, ExecutionContext context) {
    this.table = table;
    this.planner = planner;
    this.scope = scope;
    this.context = context;
  }

  /** The complete rows that are there, by key; the caller may change the map. */
  Map<List<Datum>, List<Datum>> find(Set<List<Datum>> keys) {
    List<ColumnSchema> columns = table.schema().columns();
    List<ColumnSchema> keyColumns = table.schema().keyColumns();
    List<Datum> parameters = new ArrayList<>();
    List<SqlNode> conditions = new ArrayList<>();
    for (int i = 0; i < keyColumns.size(); i++) {
      Set<Datum> values = new LinkedHashSet<>();
      for (List<Datum> key : keys) {
        values.add(key.get(i));
      }
      condition(keyColumns.get(i), values, parameters).ifPresent(conditions::add);
    }
    List<SqlNode> items = columns.stream().map(column -> (SqlNode) name(column.name())).toList();
    SqlNode where =
        conditions.stream()
            .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(SqlParserPos.ZERO, a, b))
            .orElse(null);
    SqlNode from =
        new SqlIdentifier(
            List.of(table.name().database(), table.name().table()), SqlParserPos.ZERO);
    PlanContext asked =
        new PlanContext(
            scope.catalog(), scope.database(), Optional.of(parameters), scope.variables());
    int[] keyPositions =
        keyColumns.stream().mapToInt(key -> table.schema().indexOf(key.name())).toArray();
    Map<List<Datum>, List<Datum>> found = new HashMap<>();
    InsertExecutor.read(
        planner.plan(Selects.of(items, from, where), asked).open(context),
        context,
        row -> {
          List<Datum> key = new ArrayList<>(keyPositions.length);
          for (int position : keyPositions) {
            key.add(row.get(position));
          }
          if (keys.contains(key)) {
            found.put(key, row);
          }
        });
    return found;
  }

  private static Optional<SqlNode> condition(
      ColumnSchema column, Set<Datum> values, List<Datum> parameters) {
    if (values.stream().anyMatch(Datum::isNull)) {
      return Optional.empty();
    }
    if (values.size() <= LIST_MAX) {
      SqlNodeList list = new SqlNodeList(SqlParserPos.ZERO);
      values.forEach(value -> list.add(parameter(value, parameters)));
      return Optional.of(
          SqlStdOperatorTable.IN.createCall(SqlParserPos.ZERO, name(column.name()), list));
    }
    DataType type = column.type();
    boolean isOrdered =
        type.kind() == DataType.Kind.TIMESTAMP
            || type.kind() == DataType.Kind.DATE
            || (type.isInteger() && type.kind() != DataType.Kind.UINT64);
    if (!isOrdered) {
      return Optional.empty();
    }
    List<Long> longs = values.stream().map(value -> (Long) value.value()).toList();
    SqlNode from = parameter(new Datum(type, Collections.min(longs)), parameters);
    SqlNode to = parameter(new Datum(type, Collections.max(longs)), parameters);
    return Optional.of(
        SqlStdOperatorTable.AND.createCall(
            SqlParserPos.ZERO,
            SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(
                SqlParserPos.ZERO, name(column.name()), from),
            SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(
                SqlParserPos.ZERO, name(column.name()), to)));
  }

  private static SqlNode parameter(Datum value, List<Datum> parameters) {
    parameters.add(value);
    return new SqlDynamicParam(parameters.size() - 1, SqlParserPos.ZERO);
  }

  private static SqlIdentifier name(String column) {
    return new SqlIdentifier(column, SqlParserPos.ZERO);
  }
}
