package io.terrane.query.distribute;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.type.TypeMapping;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** The only class that reads Calcite's expressions into ours. */
public final class ExprTranslator {
  private static final Map<SqlKind, String> NAMES =
      Map.ofEntries(
          Map.entry(SqlKind.EQUALS, "="),
          Map.entry(SqlKind.NOT_EQUALS, "<>"),
          Map.entry(SqlKind.LESS_THAN, "<"),
          Map.entry(SqlKind.LESS_THAN_OR_EQUAL, "<="),
          Map.entry(SqlKind.GREATER_THAN, ">"),
          Map.entry(SqlKind.GREATER_THAN_OR_EQUAL, ">="),
          Map.entry(SqlKind.IS_NOT_DISTINCT_FROM, "<=>"),
          Map.entry(SqlKind.NOT, "not"),
          Map.entry(SqlKind.IS_NULL, "is_null"),
          Map.entry(SqlKind.IS_NOT_NULL, "is_not_null"),
          Map.entry(SqlKind.IS_TRUE, "is_true"),
          Map.entry(SqlKind.IS_NOT_TRUE, "is_not_true"),
          Map.entry(SqlKind.IS_FALSE, "is_false"),
          Map.entry(SqlKind.IS_NOT_FALSE, "is_not_false"),
          Map.entry(SqlKind.CASE, "case"),
          Map.entry(SqlKind.CAST, "cast"),
          Map.entry(SqlKind.SAFE_CAST, "try_cast"),
          Map.entry(SqlKind.COALESCE, "coalesce"),
          Map.entry(SqlKind.PLUS, "+"),
          Map.entry(SqlKind.MINUS, "-"),
          Map.entry(SqlKind.TIMES, "*"),
          Map.entry(SqlKind.DIVIDE, "/"),
          Map.entry(SqlKind.MOD, "%"),
          Map.entry(SqlKind.MINUS_PREFIX, "neg"));

  private final RexBuilder rex;
  private final Function<RexFieldAccess, ScalarExpr> outer;

  /**
   * @param outer what stands for a column of an outer query's row
   */
  public ExprTranslator(RexBuilder rex, Function<RexFieldAccess, ScalarExpr> outer) {
    this.rex = rex;
    this.outer = outer;
  }

  public List<ScalarExpr> translateAll(List<? extends RexNode> nodes) {
    List<ScalarExpr> expressions = new ArrayList<>();
    nodes.forEach(node -> expressions.add(translate(node)));
    return expressions;
  }

  public ScalarExpr translate(RexNode node) {
    if (node instanceof RexInputRef column) {
      return new ScalarExpr.ColumnRef(column.getIndex(), TypeMapping.fromCalcite(column.getType()));
    } else if (node instanceof RexLiteral literal) {
      return new ScalarExpr.Literal(datum(literal));
    } else if (node instanceof RexFieldAccess access) {
      return outer.apply(access);
    } else if (node instanceof RexCall call) {
      return call(call);
    }
    throw new TerraneException(
        ErrorCode.UNSUPPORTED, "expressions such as " + node + " are not supported");
  }

  private ScalarExpr call(RexCall call) {
    DataType type = TypeMapping.fromCalcite(call.getType());
    switch (call.getKind()) {
      case AND:
        return balanced("and", translateAll(call.getOperands()));
      case OR:
        return balanced("or", translateAll(call.getOperands()));
      case SEARCH:
        return translate(RexUtil.expandSearch(rex, null, call));
      case IS_DISTINCT_FROM:
        return not(new ScalarExpr.Call("<=>", translateAll(call.getOperands()), type));
      case LIKE, RLIKE:
        return like(call);
      case CAST:
        return cast(call, type);
      default:
        String name = NAMES.get(call.getKind());
        if (name == null) {
          name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        }
        return new ScalarExpr.Call(name, translateAll(call.getOperands()), type);
    }
  }

  private ScalarExpr cast(RexCall call, DataType type) {
    ScalarExpr value = translate(call.getOperands().get(0));
    // Texts of other lengths are the same type to us.
    return value.type().equals(type) ? value : new ScalarExpr.Call("cast", List.of(value), type);
  }

  private ScalarExpr like(RexCall call) {
    SqlLikeOperator operator = (SqlLikeOperator) call.getOperator();
    String name =
        call.getKind() == SqlKind.RLIKE ? "regexp" : operator.isCaseSensitive() ? "like" : "ilike";
    ScalarExpr positive =
        new ScalarExpr.Call(name, translateAll(call.getOperands()), DataType.BOOLEAN);
    return operator.isNegated() ? not(positive) : positive;
  }

  private static ScalarExpr not(ScalarExpr expression) {
    return new ScalarExpr.Call("not", List.of(expression), DataType.BOOLEAN);
  }

  /** A tree of two-handed calls, as flat as may be: a list of a thousand is not a thousand deep. */
  private static ScalarExpr balanced(String name, List<ScalarExpr> operands) {
    if (operands.size() == 1) {
      return operands.get(0);
    }
    int middle = operands.size() / 2;
    return new ScalarExpr.Call(
        name,
        List.of(
            balanced(name, operands.subList(0, middle)),
            balanced(name, operands.subList(middle, operands.size()))),
        DataType.BOOLEAN);
  }

  /** A constant in the Java form of its type. */
  public static Datum datum(RexLiteral literal) {
    return datum(literal, TypeMapping.fromCalcite(literal.getType()));
  }

  /** The same where the type is known from the column the constant stands in. */
  public static Datum datum(RexLiteral literal, DataType type) {
    if (literal.isNull()) {
      return Datum.ofNull(type);
    }
    return switch (type.kind()) {
      case NULL -> Datum.NULL;
      case BOOLEAN -> new Datum(type, literal.getValueAs(Boolean.class));
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
          new Datum(type, literal.getValueAs(BigDecimal.class).longValue());
      case FLOAT32, FLOAT64 -> new Datum(type, literal.getValueAs(Double.class));
      case DECIMAL ->
          new Datum(
              type,
              literal.getValueAs(BigDecimal.class).setScale(type.scale(), RoundingMode.HALF_UP));
      case STRING -> new Datum(type, text(literal));
      case BINARY -> Datum.ofBytes(literal.getValueAs(ByteString.class).getBytes());
      case DATE -> new Datum(type, (long) literal.getValueAs(DateString.class).getDaysSinceEpoch());
      case TIME -> new Datum(type, micros(literal.getValueAs(TimeString.class)));
      case TIMESTAMP -> new Datum(type, units(literal.getValueAs(TimestampString.class), type));
    };
  }

  private static String text(RexLiteral literal) {
    return literal.getTypeName() == org.apache.calcite.sql.type.SqlTypeName.SYMBOL
        ? String.valueOf(literal.getValue())
        : literal.getValueAs(String.class);
  }

  private static long micros(TimeString time) {
    return Duration.ofNanos(LocalTime.parse(time.toString()).toNanoOfDay()).toNanos() / 1_000;
  }

  private static long units(TimestampString timestamp, DataType type) {
    LocalDateTime time = LocalDateTime.parse(timestamp.toString().replace(' ', 'T'));
    long unit = type.unitsPerSecond();
    return time.toEpochSecond(ZoneOffset.UTC) * unit + time.getNano() / (1_000_000_000L / unit);
  }
}
