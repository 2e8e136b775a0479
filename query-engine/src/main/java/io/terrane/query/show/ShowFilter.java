package io.terrane.query.show;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.Datum;
import io.terrane.query.parse.Literals;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/**
 * SHOW ... WHERE over the few text columns of a SHOW: comparisons, LIKE, RLIKE, IN, NULL tests
 * under AND, OR and NOT. Text compares without regard to case, as MySQL's system collation does.
 */
final class ShowFilter {
  private final List<String> names;

  ShowFilter(List<String> names) {
    this.names = names;
  }

  /** Whether a row meets a condition; UNSUPPORTED where the condition is of another form. */
  boolean test(SqlNode condition, List<Datum> row) {
    if (!(condition instanceof SqlCall call)) {
      Datum value = value(condition, row);
      return !value.isNull() && !value.equals(Datum.of(0L)) && !value.equals(Datum.of(false));
    }
    return switch (call.getKind()) {
      case AND -> test(call.operand(0), row) && test(call.operand(1), row);
      case OR -> test(call.operand(0), row) || test(call.operand(1), row);
      case NOT -> !test(call.operand(0), row);
      case EQUALS -> compare(call, row) == 0;
      case NOT_EQUALS -> isComparable(call, row) && compare(call, row) != 0;
      case LESS_THAN -> isComparable(call, row) && compare(call, row) < 0;
      case LESS_THAN_OR_EQUAL -> isComparable(call, row) && compare(call, row) <= 0;
      case GREATER_THAN -> isComparable(call, row) && compare(call, row) > 0;
      case GREATER_THAN_OR_EQUAL -> isComparable(call, row) && compare(call, row) >= 0;
      case IS_NULL -> value(call.operand(0), row).isNull();
      case IS_NOT_NULL -> !value(call.operand(0), row).isNull();
      case IN -> in(call, row);
      case NOT_IN -> !in(call, row);
      case LIKE -> call.getOperator().getName().startsWith("NOT") != like(call, row);
      case RLIKE -> call.getOperator().getName().startsWith("NOT") != matches(call, row);
      default -> throw unsupported(call);
    };
  }

  private boolean isComparable(SqlCall call, List<Datum> row) {
    return !value(call.operand(0), row).isNull() && !value(call.operand(1), row).isNull();
  }

  private int compare(SqlCall call, List<Datum> row) {
    return isComparable(call, row)
        ? compare(value(call.operand(0), row), value(call.operand(1), row))
        : -1;
  }

  private static int compare(Datum left, Datum right) {
    if (left.value() instanceof Long first && right.value() instanceof Long second) {
      return Long.compare(first, second);
    }
    return text(left).compareToIgnoreCase(text(right));
  }

  private boolean in(SqlCall call, List<Datum> row) {
    Datum value = value(call.operand(0), row);
    if (value.isNull() || !(call.operand(1) instanceof SqlNodeList list)) {
      return false;
    }
    for (SqlNode item : list) {
      Datum candidate = value(item, row);
      if (!candidate.isNull() && compare(value, candidate) == 0) {
        return true;
      }
    }
    return false;
  }

  private boolean like(SqlCall call, List<Datum> row) {
    return isComparable(call, row)
        && new LikePattern(text(value(call.operand(1), row)))
            .matches(text(value(call.operand(0), row)));
  }

  private boolean matches(SqlCall call, List<Datum> row) {
    if (!isComparable(call, row)) {
      return false;
    }
    String pattern = text(value(call.operand(1), row));
    try {
      return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
          .matcher(text(value(call.operand(0), row)))
          .find();
    } catch (PatternSyntaxException malformed) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "Incorrect regular expression '" + pattern + "'", malformed);
    }
  }

  private Datum value(SqlNode node, List<Datum> row) {
    if (node instanceof SqlIdentifier identifier) {
      String name = identifier.names.get(identifier.names.size() - 1);
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).equalsIgnoreCase(name)) {
          return row.get(i);
        }
      }
      throw new TerraneException(
          ErrorCode.COLUMN_NOT_FOUND, "Unknown column '" + name + "' in 'where clause'");
    }
    return Literals.datum(node).orElseThrow(() -> unsupported(node));
  }

  private static String text(Datum value) {
    return String.valueOf(value.value());
  }

  private static TerraneException unsupported(SqlNode node) {
    return new TerraneException(
        ErrorCode.UNSUPPORTED, "This condition is not supported in SHOW: " + node);
  }
}
