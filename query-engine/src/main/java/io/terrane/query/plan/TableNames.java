package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.TableName;
import io.terrane.query.catalog.CatalogSnapshotReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Looks up every table of a query first, so that a missing one is MySQL's 1146 by its full name.
 */
final class TableNames extends SqlBasicVisitor<Void> {
  private final CatalogSnapshotReader catalog;
  private final String database;
  private final Deque<Set<String>> common = new ArrayDeque<>();

  private TableNames(CatalogSnapshotReader catalog, String database) {
    this.catalog = catalog;
    this.database = database;
  }

  static void check(SqlNode query, CatalogSnapshotReader catalog, String database) {
    query.accept(new TableNames(catalog, database));
  }

  @Override
  public Void visit(SqlCall call) {
    if (call instanceof SqlWith with) {
      Set<String> names = new HashSet<>();
      common.push(names);
      for (SqlNode item : with.withList) {
        SqlWithItem named = (SqlWithItem) item;
        // A recursive query sees itself.
        names.add(named.name.getSimple().toLowerCase(Locale.ROOT));
        named.query.accept(this);
      }
      with.body.accept(this);
      common.pop();
      return null;
    }
    if (call instanceof SqlSelect select && select.getFrom() != null) {
      from(select.getFrom());
    }
    return super.visit(call);
  }

  private void from(SqlNode node) {
    if (node instanceof SqlIdentifier name) {
      check(name);
    } else if (node instanceof SqlJoin join) {
      from(join.getLeft());
      from(join.getRight());
    } else if (node.getKind() == SqlKind.AS || node.getKind() == SqlKind.TABLE_REF) {
      from(((SqlCall) node).operand(0));
    }
  }

  private void check(SqlIdentifier name) {
    boolean isCommon =
        name.isSimple()
            && common.stream()
                .anyMatch(names -> names.contains(name.getSimple().toLowerCase(Locale.ROOT)));
    if (isCommon) {
      return;
    }
    if (name.isSimple() && database.isEmpty()) {
      throw new TerraneException(ErrorCode.DATABASE_NOT_SELECTED, "No database selected");
    }
    if (catalog.getTable(name.names) == null) {
      TableName full = catalog.qualified(name.names);
      throw new TerraneException(ErrorCode.TABLE_NOT_FOUND, "Table '" + full + "' doesn't exist");
    }
  }
}
