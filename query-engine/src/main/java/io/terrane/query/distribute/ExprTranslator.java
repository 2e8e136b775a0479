package io.terrane.query.distribute;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.plan.CastOperator;
import io.terrane.query.plan.CollationOperator;
import io.terrane.query.plan.ConstantOperator;
import io.terrane.query.plan.ScalarOperator;
import io.terrane.query.plan.SlotOperator;
import io.terrane.query.plan.TruthOperator;
import io.terrane.query.type.TypeMapping;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimestampString;

/**
 * The only reader of Calcite's expressions: gives the language that operators and datanodes run.
 * Types are derived anew from what is really there; where the validator promised another type, a
 * cast keeps the promise.
 */
public final class ExprTranslator {
  private static final int NANO_DIGITS = 9;

  private final FunctionRegistry functions;
  private final RexBuilder rexBuilder;
  private final List<Datum> constants;
  private final Map<String, List<Datum>> outerRows;

  /**
   * @param constants what is in the slots of the plan
   * @param outerRows values of correlation variables, by their names
   */
  public ExprTranslator(
      FunctionRegistry functions,
      RexBuilder rexBuilder,
      List<Datum> constants,
      Map<String, List<Datum>> outerRows) {
    this.functions = functions;
    this.rexBuilder = rexBuilder;
    this.constants = List.copyOf(constants);
    this.outerRows = Map.copyOf(outerRows);
  }

  /** With one more correlation variable known. */
  public ExprTranslator with(String variable, List<Datum> row) {
    Map<String, List<Datum>> rows = new java.util.HashMap<>(outerRows);
    rows.put(variable, row);
    return new ExprTranslator(functions, rexBuilder, constants, rows);
  }

  public List<ScalarExpr> all(List<? extends RexNode> nodes, List<DataType> inputs) {
    List<ScalarExpr> translated = new ArrayList<>();
    nodes.forEach(node -> translated.add(translate(node, inputs)));
    return translated;
  }

  /**
   * @param inputs types of the columns that the expression reads
   */
  public ScalarExpr translate(RexNode node, List<DataType> inputs) {
    if (node instanceof RexInputRef ref) {
      return new ScalarExpr.ColumnRef(ref.getIndex(), inputs.get(ref.getIndex()));
    } else if (node instanceof RexLiteral literal) {
      return new ScalarExpr.Literal(datum(literal));
    } else if (node instanceof RexFieldAccess access
        && access.getReferenceExpr() instanceof RexCorrelVariable variable) {
      List<Datum> row = outerRows.get(variable.getName());
      if (row == null) {
        throw new TerraneException(
            ErrorCode.UNSUPPORTED, "this kind of correlated sub-query is not supported");
      }
      return new ScalarExpr.Literal(row.get(access.getField().getIndex()));
    } else if (node instanceof RexCall call) {
      return call(call, inputs);
    }
    throw new TerraneException(
        ErrorCode.UNSUPPORTED, "expression " + node + " is not supported here");
  }

  /**
   * The count of a LIMIT or OFFSET; INVALID_ARGUMENT if a parameter gives a negative one.
   *
   * @param none what stands for no node
   */
  public long count(RexNode node, long none) {
    if (node instanceof RexDynamicParam slot) {
      long count = (Long) constants.get(slot.getIndex()).value();
      if (count < 0) {
        throw new TerraneException(
            ErrorCode.INVALID_ARGUMENT, "LIMIT takes a number that is not negative, not " + count);
      }
      return count;
    }
    return node == null ? none : RexLiteral.bigDecimalValue(node).longValueExact();
  }

  private ScalarExpr call(RexCall call, List<DataType> inputs) {
    if (call.getOperator() instanceof ConstantOperator constant) {
      return new ScalarExpr.Literal(constant.value());
    }
    if (call.getOperator() instanceof SlotOperator slot) {
      return new ScalarExpr.Literal(constants.get(slot.slot()));
    }
    if (call.isA(org.apache.calcite.sql.SqlKind.SEARCH)) {
      return translate(RexUtil.expandSearch(rexBuilder, null, call), inputs);
    }
    List<ScalarExpr> arguments = all(call.getOperands(), inputs);
    if (call.getOperator() instanceof CastOperator cast) {
      return new ScalarExpr.Call(cast.function(), arguments, cast.target());
    }
    if (call.getOperator() instanceof CollationOperator) {
      return cast(arguments.get(0), DataType.STRING);
    }
    if (call.getOperator() instanceof TruthOperator) {
      ScalarExpr value = arguments.get(0);
      return value.type().kind() == DataType.Kind.BOOLEAN
          ? value
          : function("<>", List.of(value, new ScalarExpr.Literal(Datum.of(0))));
    }
    DataType promised = TypeMapping.ofSql(call.getType());
    ScalarExpr translated =
        switch (call.getKind()) {
          case CAST, SAFE_CAST -> cast(arguments.get(0), promised);
          case REINTERPRET -> arguments.get(0);
          case IS_NOT_DISTINCT_FROM -> function("<=>", arguments);
          case IS_DISTINCT_FROM -> function("not", List.of(function("<=>", arguments)));
          case IS_UNKNOWN -> function("is_null", arguments);
          case AND, OR ->
              arguments.size() == 1 ? arguments.get(0) : function(name(call), arguments);
          default -> FoldedComparison.of(name(call), call, arguments, this::function);
        };
    return cast(translated, promised);
  }

  private static String name(RexCall call) {
    if (call.getOperator() instanceof ScalarOperator scalar) {
      return scalar.function().name();
    }
    return switch (call.getKind()) {
      case EQUALS -> "=";
      case NOT_EQUALS -> "<>";
      case LESS_THAN -> "<";
      case LESS_THAN_OR_EQUAL -> "<=";
      case GREATER_THAN -> ">";
      case GREATER_THAN_OR_EQUAL -> ">=";
      case PLUS -> "+";
      case MINUS -> "-";
      case TIMES -> "*";
      case DIVIDE -> "/";
      case MINUS_PREFIX -> "neg";
      case AND,
          OR,
          NOT,
          CASE,
          COALESCE,
          IS_NULL,
          IS_NOT_NULL,
          IS_TRUE,
          IS_NOT_TRUE,
          IS_FALSE,
          IS_NOT_FALSE ->
          call.getKind().name().toLowerCase(Locale.ROOT);
      default -> call.getOperator().getName().toLowerCase(Locale.ROOT);
    };
  }

  private ScalarExpr function(String name, List<ScalarExpr> arguments) {
    ScalarFunction function =
        functions
            .findScalar(name)
            .orElseThrow(
                () ->
                    new TerraneException(
                        ErrorCode.FUNCTION_NOT_FOUND, "FUNCTION " + name + " does not exist"));
    List<DataType> types = arguments.stream().map(ScalarExpr::type).toList();
    List<Optional<Datum>> constants = new ArrayList<>();
    for (ScalarExpr argument : arguments) {
      constants.add(
          argument instanceof ScalarExpr.Literal literal
              ? Optional.of(literal.value())
              : Optional.empty());
    }
    return new ScalarExpr.Call(function.name(), arguments, function.resultType(types, constants));
  }

  /** {@code value} as {@code type}; nothing if it is of that type or has none. */
  public static ScalarExpr cast(ScalarExpr value, DataType type) {
    if (value.type().equals(type) || type.kind() == DataType.Kind.NULL) {
      return value;
    }
    if (value instanceof ScalarExpr.Literal literal && literal.value().isNull()) {
      return new ScalarExpr.Literal(Datum.ofNull(type));
    }
    return new ScalarExpr.Call("cast", List.of(value), type);
  }

  /** A literal's value. */
  public static Datum datum(RexLiteral literal) {
    DataType type = TypeMapping.ofSql(literal.getType());
    Object value = literal.getValue();
    if (value == null) {
      return Datum.ofNull(type);
    }
    return switch (type.kind()) {
      case NULL -> Datum.NULL;
      case BOOLEAN -> Datum.of((Boolean) value);
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
          new Datum(
              type,
              literal
                  .getValueAs(BigDecimal.class)
                  .setScale(0, RoundingMode.HALF_UP)
                  .toBigInteger()
                  .longValue());
      case FLOAT32, FLOAT64 -> new Datum(type, literal.getValueAs(Double.class));
      case DECIMAL -> decimal(literal.getValueAs(BigDecimal.class));
      case STRING -> Datum.of(text(value));
      case BINARY -> Datum.ofBytes(((ByteString) value).getBytes());
      case DATE -> new Datum(type, literal.getValueAs(Integer.class).longValue());
      case TIME -> new Datum(type, literal.getValueAs(Integer.class) * 1000L);
      case TIMESTAMP -> timestamp(type, literal.getValueAs(TimestampString.class));
    };
  }

  private static String text(Object value) {
    return value instanceof NlsString nls ? nls.getValue() : value.toString();
  }

  private static Datum decimal(BigDecimal value) {
    BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
    int digits = Math.max(1, Math.max(plain.precision(), plain.scale()));
    return digits > DataType.DECIMAL_PRECISION_MAX
        ? Datum.of(plain.doubleValue())
        : new Datum(DataType.decimal(digits, plain.scale()), plain);
  }

  private static Datum timestamp(DataType type, TimestampString value) {
    long millis = value.getMillisSinceEpoch();
    String text = value.toString();
    int dot = text.indexOf('.');
    StringBuilder fraction = new StringBuilder(dot < 0 ? "" : text.substring(dot + 1));
    while (fraction.length() < NANO_DIGITS) {
      fraction.append('0');
    }
    long seconds = Math.floorDiv(millis, 1000L);
    long nanos = Long.parseLong(fraction.toString());
    long perUnit = 1_000_000_000L / type.unitsPerSecond();
    return new Datum(type, seconds * type.unitsPerSecond() + nanos / perUnit);
  }
}
