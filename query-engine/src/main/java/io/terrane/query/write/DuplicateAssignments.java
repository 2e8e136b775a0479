package io.terrane.query.write;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.TableInfo;
import io.terrane.query.parse.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * The assignments of an ON DUPLICATE KEY UPDATE as written. {@code VALUES(c)} and the new row's
 * alias mean what was to be inserted; other names mean the stored row, or, as in MySQL, what an
 * assignment further to the left made of it.
 *
 * @param insertTargets positions of the columns that the statement names, in its order
 */
record DuplicateAssignments(
    List<Statement.Assignment> assignments,
    Optional<Statement.RowAlias> newRow,
    int[] insertTargets) {

  /** Expressions over {@link RowUpdate}'s names, by position of their column; empty is DEFAULT. */
  Map<Integer, Optional<SqlNode>> resolve(TableInfo table) {
    Map<Integer, Optional<SqlNode>> resolved = new LinkedHashMap<>();
    for (Statement.Assignment assignment : assignments) {
      int target = TableTarget.column(table, assignment.column().getSimple());
      resolved.put(
          target,
          assignment.value().getKind() == SqlKind.DEFAULT
              ? Optional.empty()
              : Optional.of(assignment.value().accept(new Resolution(table, resolved))));
    }
    return resolved;
  }

  /** Puts {@link RowUpdate}'s names in place of those written. */
  private final class Resolution extends SqlShuttle {
    private final TableInfo table;
    private final Map<Integer, Optional<SqlNode>> assigned;

    Resolution(TableInfo table, Map<Integer, Optional<SqlNode>> assigned) {
      this.table = table;
      this.assigned = assigned;
    }

    @Override
    public SqlNode visit(SqlCall call) {
      if (call.isA(SqlKind.QUERY)) {
        return call;
      }
      if (call.getOperator().getName().equalsIgnoreCase("values")
          && call.operandCount() == 1
          && call.operand(0) instanceof SqlIdentifier column) {
        return RowUpdate.given(
            TableTarget.column(table, column.names.get(column.names.size() - 1)));
      }
      return super.visit(call);
    }

    @Override
    public SqlNode visit(SqlIdentifier name) {
      String column = name.names.get(name.names.size() - 1);
      if (name.isSimple()) {
        int alias = newRow.map(row -> position(row.columns(), column)).orElse(-1);
        return alias < 0 ? stored(column) : RowUpdate.given(insertTargets[alias]);
      }
      String qualifier = name.names.get(name.names.size() - 2);
      if (newRow.isPresent() && newRow.get().name().equalsIgnoreCase(qualifier)) {
        List<String> columns = newRow.get().columns();
        int alias = position(columns, column);
        if (!columns.isEmpty() && alias < 0) {
          throw unknown(name);
        }
        return RowUpdate.given(
            columns.isEmpty() ? TableTarget.column(table, column) : insertTargets[alias]);
      }
      if (!table.name().table().equalsIgnoreCase(qualifier)) {
        throw unknown(name);
      }
      return stored(column);
    }

    private SqlNode stored(String column) {
      int position = TableTarget.column(table, column);
      Optional<SqlNode> made = assigned.getOrDefault(position, Optional.empty());
      return made.orElseGet(() -> RowUpdate.stored(position));
    }

    private static int position(List<String> names, String name) {
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).equalsIgnoreCase(name)) {
          return i;
        }
      }
      return -1;
    }

    private static TerraneException unknown(SqlIdentifier name) {
      return new TerraneException(
          ErrorCode.COLUMN_NOT_FOUND, "Unknown column '" + name + "' in 'field list'");
    }
  }
}
