package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** What the validator complains of, in MySQL's codes and words. */
final class PlanErrors {
  private static final Pattern UNKNOWN_COLUMN =
      Pattern.compile(
          "(?:Column '(.*?)' not found in (any table|table '(.*?)').*|Unknown field '(.*)')");
  private static final Pattern UNKNOWN_TABLE = Pattern.compile("Table '(.*)' not found.*");
  private static final Pattern AMBIGUOUS = Pattern.compile("Column '(.*)' is ambiguous.*");
  private static final Pattern NOT_GROUPED =
      Pattern.compile("Expression '(.*)' is not being grouped");
  private static final Pattern COUNTS =
      Pattern.compile("Column count mismatch in (.*)|Values passed to .*");
  private static final Pattern DUPLICATE_ALIAS =
      Pattern.compile("Duplicate relation name '(.*)' in FROM clause");

  private PlanErrors() {}

  static TerraneException translate(RuntimeException failure, SqlNode query) {
    if (failure instanceof TerraneException known) {
      return known;
    }
    Throwable cause = failure;
    while (!(cause instanceof CalciteContextException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (!(cause instanceof CalciteContextException context)) {
      for (Throwable t = failure; t != null; t = t.getCause()) {
        if (t instanceof TerraneException known) {
          return known;
        }
        if (t instanceof CalciteException) {
          return new TerraneException(ErrorCode.INVALID_ARGUMENT, t.getMessage(), failure);
        }
      }
      return TerraneException.of(failure);
    }
    if (context.getCause() instanceof TerraneException known) {
      return known;
    }
    String message =
        String.valueOf(
            context.getCause() == null ? context.getMessage() : context.getCause().getMessage());
    Matcher column = UNKNOWN_COLUMN.matcher(message);
    if (column.matches()) {
      String name = column.group(1) != null ? column.group(1) : column.group(4);
      String shown = column.group(3) != null ? column.group(3) + "." + name : name;
      return failure(
          ErrorCode.COLUMN_NOT_FOUND,
          "Unknown column '" + shown + "' in '" + clause(query, context) + "'",
          failure);
    }
    Matcher table = UNKNOWN_TABLE.matcher(message);
    if (table.matches()) {
      return failure(
          ErrorCode.COLUMN_NOT_FOUND,
          "Unknown table '" + table.group(1) + "' in '" + clause(query, context) + "'",
          failure);
    }
    Matcher ambiguous = AMBIGUOUS.matcher(message);
    if (ambiguous.matches()) {
      return failure(
          ErrorCode.COLUMN_AMBIGUOUS,
          "Column '" + ambiguous.group(1) + "' in " + clause(query, context) + " is ambiguous",
          failure);
    }
    Matcher grouped = NOT_GROUPED.matcher(message);
    if (grouped.matches()) {
      return failure(
          ErrorCode.INVALID_GROUP_FIELD, "'" + grouped.group(1) + "' isn't in GROUP BY", failure);
    }
    if (COUNTS.matcher(message).matches()) {
      return failure(
          ErrorCode.INVALID_ARGUMENT,
          "The used SELECT statements have a different number of columns",
          failure);
    }
    Matcher alias = DUPLICATE_ALIAS.matcher(message);
    if (alias.matches()) {
      return failure(
          ErrorCode.INVALID_ARGUMENT, "Not unique table/alias: '" + alias.group(1) + "'", failure);
    }
    if (message.contains("Aggregate expression is illegal")
        || message.contains("Aggregate expressions cannot be nested")) {
      return failure(ErrorCode.INVALID_GROUP_FUNCTION, "Invalid use of group function", failure);
    }
    return failure(ErrorCode.INVALID_ARGUMENT, message, failure);
  }

  private static TerraneException failure(ErrorCode code, String message, Throwable cause) {
    return new TerraneException(code, message, cause);
  }

  /** MySQL says in which clause; found by where the complaint points at. */
  private static String clause(SqlNode query, CalciteContextException at) {
    SqlParserPos position =
        new SqlParserPos(
            at.getPosLine(), at.getPosColumn(), at.getEndPosLine(), at.getEndPosColumn());
    String[] clause = {"field list"};
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call instanceof SqlSelect select) {
              mark(select.getWhere(), "where clause");
              mark(select.getGroup(), "group statement");
              mark(select.getHaving(), "having clause");
              mark(select.getOrderList(), "order clause");
            } else if (call instanceof SqlJoin join) {
              mark(join.getCondition(), "on clause");
            }
            return super.visit(call);
          }

          private void mark(SqlNode part, String name) {
            if (part != null && spans(part, position)) {
              clause[0] = name;
            }
          }
        });
    return clause[0];
  }

  private static boolean spans(SqlNode part, SqlParserPos position) {
    boolean[] found = {false};
    part.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(org.apache.calcite.sql.SqlIdentifier id) {
            found[0] |=
                id.getParserPosition().equals(position)
                    || id.getParserPosition().overlaps(position);
            return null;
          }
        });
    return found[0];
  }
}
