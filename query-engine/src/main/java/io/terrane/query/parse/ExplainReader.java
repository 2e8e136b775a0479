package io.terrane.query.parse;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlUpdate;

/** EXPLAIN of a query, or of what a change reads before it writes; the word itself is taken. */
final class ExplainReader {
  private static final Set<String> TREES = Set.of("tree", "traditional", "text");

  private final TokenCursor cursor;
  private boolean analyze;
  private boolean json;
  private boolean hasOptions;

  ExplainReader(TokenCursor cursor) {
    this.cursor = cursor;
    while (option()) {
      hasOptions = true;
    }
  }

  private boolean option() {
    if (cursor.accept("analyze")) {
      analyze = true;
      return true;
    } else if (cursor.accept("format")) {
      cursor.accept("=");
      String format = cursor.value().toLowerCase(Locale.ROOT);
      json = format.equals("json");
      if (!json && !TREES.contains(format)) {
        throw new TerraneException(
            ErrorCode.INVALID_ARGUMENT, "Unknown EXPLAIN format name: '" + format + "'");
      }
      return true;
    }
    return cursor.accept("verbose") || cursor.accept("extended") || cursor.accept("plan", "for");
  }

  /** Whether it cannot be DESCRIBE. */
  boolean hasOptions() {
    return hasOptions;
  }

  Statement query() {
    return new Statement.Explain(cursor.standardStatement(), Optional.empty(), analyze, json);
  }

  Statement of(Statement.Insert insert) {
    return change("Insert", insert.node().getTargetTable(), insert.node().getSource());
  }

  Statement of(Statement change) {
    if (change instanceof Statement.Delete delete) {
      SqlDelete node = delete.node();
      SqlNode rows = rows(node.getTargetTable(), node.getAlias(), node.getCondition());
      return change("Delete", node.getTargetTable(), limited(rows, delete.limit()));
    }
    Statement.Update update = (Statement.Update) change;
    SqlUpdate node = update.node();
    SqlNode rows = rows(node.getTargetTable(), node.getAlias(), node.getCondition());
    return change("Update", node.getTargetTable(), limited(rows, update.limit()));
  }

  private Statement change(String what, SqlNode table, SqlNode rows) {
    if (analyze) {
      throw new TerraneException(
          ErrorCode.UNSUPPORTED,
          "This version doesn't yet support 'EXPLAIN ANALYZE "
              + what.toUpperCase(Locale.ROOT)
              + "'");
    }
    return new Statement.Explain(rows, Optional.of(what + ": " + table), false, json);
  }

  private static SqlNode rows(SqlNode table, SqlIdentifier alias, SqlNode condition) {
    SqlNode from = alias == null ? table : Selects.named(table, alias.getSimple());
    return Selects.of(List.of(SqlIdentifier.star(table.getParserPosition())), from, condition);
  }

  private static SqlNode limited(SqlNode rows, Statement.RowLimit limit) {
    if (limit.order().isEmpty() && limit.count().isEmpty()) {
      return rows;
    }
    return new SqlOrderBy(
        rows.getParserPosition(),
        rows,
        new SqlNodeList(limit.order(), rows.getParserPosition()),
        null,
        limit.count().orElse(null));
  }
}
