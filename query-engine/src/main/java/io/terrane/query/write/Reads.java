package io.terrane.query.write;

import io.terrane.api.table.TableName;
import io.terrane.query.plan.PlanContext;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** What a write reads, as far as it matters to when it may begin to write. */
final class Reads {
  private Reads() {}

  /** Whether an expression asks a query. */
  static boolean hasQuery(SqlNode expression) {
    boolean[] found = new boolean[1];
    if (expression != null) {
      expression.accept(
          new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
              found[0] |= call.isA(SqlKind.QUERY);
              return found[0] ? null : super.visit(call);
            }
          });
    }
    return found[0];
  }

  /** Whether a query may read a table: it has its name in it, or that of a view. */
  static boolean mayRead(SqlNode query, TableName table, PlanContext scope) {
    boolean[] found = new boolean[1];
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlIdentifier identifier) {
            List<String> names = identifier.names;
            String name = names.get(names.size() - 1);
            String database = names.size() > 1 ? names.get(names.size() - 2) : scope.database();
            found[0] |=
                name.equalsIgnoreCase(table.table())
                    || (!name.isEmpty()
                        && !database.isEmpty()
                        && scope.catalog().findView(new TableName(database, name)).isPresent());
            return null;
          }
        });
    return found[0];
  }
}
