package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.type.TypeMapping;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The expressions of a query in MySQL's meaning: operators become functions of the registry, values
 * become conditions where one is wanted, intervals become arguments of date functions, parameters
 * and variables become constants. Gives new nodes.
 */
final class ExpressionRewriter {
  private static final Set<String> CONDITIONS =
      Set.of("=", "<>", "<", "<=", ">", ">=", "<=>", "like", "ilike", "regexp", "in", "xor");

  /** What the parser calls an INTERVAL whose units are in its text, or that it has no words for. */
  private static final String PERIOD = "period";

  private final OperatorTable operators;
  private final PlanContext context;
  private final UnaryOperator<SqlNode> queries;
  private final FunctionForms forms;

  ExpressionRewriter(OperatorTable operators, PlanContext context, UnaryOperator<SqlNode> queries) {
    this.operators = operators;
    this.context = context;
    this.queries = queries;
    this.forms = new FunctionForms(operators);
  }

  List<SqlNode> all(List<? extends SqlNode> nodes) {
    List<SqlNode> rewritten = new ArrayList<>();
    nodes.forEach(node -> rewritten.add(node == null ? null : expression(node)));
    return rewritten;
  }

  /** A count for LIMIT or OFFSET. */
  SqlNode limit(SqlNode node) {
    if (node instanceof SqlCall call && call.getOperator() instanceof SlotOperator slot) {
      // The only form, beside a literal, that Calcite takes here.
      return new SqlDynamicParam(slot.slot(), node.getParserPosition());
    }
    if (!(node instanceof SqlDynamicParam parameter)) {
      return node;
    }
    Object value = context.parameters().isEmpty() ? Long.valueOf(1) : parameter(parameter).value();
    String digits = String.valueOf(value);
    boolean isCount = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!isCount) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "LIMIT takes a number that is not negative, not " + digits);
    }
    return SqlLiteral.createExactNumeric(digits, node.getParserPosition());
  }

  private Datum parameter(SqlDynamicParam parameter) {
    List<Datum> values = context.parameters().orElseThrow();
    if (parameter.getIndex() >= values.size()) {
      throw new TerraneException(
          ErrorCode.WRONG_ARGUMENT_COUNT,
          "parameter " + (parameter.getIndex() + 1) + " is not given");
    }
    return values.get(parameter.getIndex());
  }

  /** An expression where true or false is wanted. */
  SqlNode condition(SqlNode node) {
    SqlNode rewritten = expression(node);
    if (isCondition(rewritten)) {
      return rewritten;
    }
    return TruthOperator.INSTANCE.createCall(node.getParserPosition(), rewritten);
  }

  private static boolean isCondition(SqlNode node) {
    if (node instanceof SqlLiteral literal) {
      return literal.getTypeName() == SqlTypeName.BOOLEAN;
    }
    if (!(node instanceof SqlCall call)) {
      return false;
    }
    if (call.getOperator() instanceof ScalarOperator scalar) {
      return CONDITIONS.contains(scalar.function().name());
    }
    return switch (call.getKind()) {
      case AND,
          OR,
          NOT,
          EXISTS,
          IN,
          NOT_IN,
          SOME,
          ALL,
          IS_NULL,
          IS_NOT_NULL,
          IS_TRUE,
          IS_NOT_TRUE,
          IS_FALSE,
          IS_NOT_FALSE ->
          true;
      default -> false;
    };
  }

  SqlNode expression(SqlNode node) {
    if (node instanceof SqlCall call) {
      return call(call);
    } else if (node instanceof SqlIdentifier identifier) {
      return identifier(identifier);
    } else if (node instanceof SqlDynamicParam parameter) {
      Datum value = context.parameters().isEmpty() ? Datum.NULL : parameter(parameter);
      return constant(value, node.getParserPosition());
    } else if (node instanceof SqlNodeList list) {
      return new SqlNodeList(all(list), list.getParserPosition());
    } else if (node instanceof SqlLiteral literal) {
      return literal(literal);
    }
    return node;
  }

  private static SqlNode constant(Datum value, SqlParserPos position) {
    return new ConstantOperator(value).createCall(position);
  }

  private SqlNode literal(SqlLiteral literal) {
    SqlParserPos position = literal.getParserPosition();
    if (literal instanceof SqlUnknownLiteral unknown) {
      return temporal(unknown.tag, unknown.getValue(), position);
    }
    if (literal instanceof SqlAbstractDateTimeLiteral temporal) {
      return temporal(temporal.getTypeName().getName(), temporal.toFormattedString(), position);
    }
    if (literal.getTypeName() == SqlTypeName.NULL) {
      // The validator takes a bare NULL only where it knows what type it should have.
      return constant(Datum.NULL, position);
    }
    if (literal.getTypeName() == SqlTypeName.CHAR && literal.getValue() != null) {
      return SqlLiteral.createCharString(literal.toValue(), position);
    }
    return literal;
  }

  private static SqlNode temporal(String tag, String text, SqlParserPos position) {
    DataType type =
        switch (tag.toUpperCase(Locale.ROOT)) {
          case "DATE" -> DataType.DATE;
          case "TIME" -> DataType.TIME;
          default ->
              DataType.timestamp(
                  text.indexOf('.') < 0 ? 0 : text.length() - text.indexOf('.') <= 4 ? 3 : 6);
        };
    return new CastOperator("cast", type)
        .createCall(position, SqlLiteral.createCharString(text, position));
  }

  private SqlNode identifier(SqlIdentifier identifier) {
    Optional<Datum> variable = context.variables().apply(identifier);
    if (variable.isPresent()) {
      return constant(variable.get(), identifier.getParserPosition());
    }
    if (identifier.isSimple() && !identifier.isComponentQuoted(0)) {
      Optional<SqlOperator> niladic = forms.niladic(identifier.getSimple());
      if (niladic.isPresent()) {
        return niladic.get().createCall(identifier.getParserPosition());
      }
    }
    int size = identifier.names.size();
    return size > 2 ? identifier.getComponent(size - 2, size) : identifier;
  }

  private SqlNode named(String name, SqlParserPos position, SqlNode... operands) {
    return operators.scalar(name).createCall(position, operands);
  }

  private SqlNode call(SqlCall call) {
    SqlParserPos position = call.getParserPosition();
    if (call.getOperator() instanceof SlotOperator) {
      return call;
    }
    return switch (call.getKind()) {
      case SELECT, ORDER_BY, WITH, UNION, INTERSECT, EXCEPT, VALUES ->
          SqlStdOperatorTable.SCALAR_QUERY.createCall(position, queries.apply(call));
      case SCALAR_QUERY, EXISTS, CURSOR ->
          call.getOperator().createCall(position, queries.apply(call.operand(0)));
      case AND, OR, NOT ->
          call.getOperator()
              .createCall(position, call.getOperandList().stream().map(this::condition).toList());
      case IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
          call.getOperator().createCall(position, condition(call.operand(0)));
      case IN, NOT_IN -> in(call);
      case SOME, ALL ->
          call.getOperator()
              .createCall(position, expression(call.operand(0)), queryOperand(call.operand(1)));
      case BETWEEN -> between(call);
      case LIKE, RLIKE, SIMILAR -> like(call);
      case CASE -> caseOf((SqlCase) call);
      case CAST, SAFE_CAST -> cast(call);
      case PLUS, MINUS -> plusOrMinus(call);
      case PLUS_PREFIX -> expression(call.operand(0));
      case MINUS_PREFIX -> negated(call);
      // IS UNKNOWN is of these kinds too, and takes conditions only.
      case IS_NULL -> SqlStdOperatorTable.IS_NULL.createCall(position, all(call.getOperandList()));
      case IS_NOT_NULL ->
          SqlStdOperatorTable.IS_NOT_NULL.createCall(position, all(call.getOperandList()));
      case DESCENDING,
          NULLS_FIRST,
          NULLS_LAST,
          ROW,
          ROLLUP,
          CUBE,
          GROUPING_SETS,
          GROUPING,
          FILTER,
          RESPECT_NULLS,
          IGNORE_NULLS ->
          filterCondition(call);
      case WITHIN_GROUP -> forms.orderedSet(call, this).orElseGet(() -> filterCondition(call));
      case AS -> {
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        operands.set(0, expression(operands.get(0)));
        yield call.getOperator().createCall(position, operands);
      }
      case OVER -> over(call);
      case WINDOW -> window((SqlWindow) call);
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          comparison(call);
      case INTERVAL -> throw strayInterval();
      default -> {
        if (isPeriod(call)) {
          throw strayInterval();
        }
        yield forms.call(call, this);
      }
    };
  }

  private static TerraneException strayInterval() {
    return new TerraneException(
        ErrorCode.SYNTAX_ERROR, "an INTERVAL stands only beside + and - and in date functions");
  }

  private SqlNode queryOperand(SqlNode node) {
    return node.isA(SqlKind.QUERY) ? queries.apply(node) : expression(node);
  }

  private SqlNode filterCondition(SqlCall call) {
    List<SqlNode> operands = all(call.getOperandList());
    if (call.getKind() == SqlKind.FILTER) {
      operands.set(1, condition(call.operand(1)));
    }
    return call.getOperator().createCall(call.getParserPosition(), operands);
  }

  private SqlNode comparison(SqlCall call) {
    SqlNode left = expression(call.operand(0));
    SqlNode right = expression(call.operand(1));
    if (left.getKind() == SqlKind.ROW && right.getKind() == SqlKind.ROW) {
      return rows(call, ((SqlCall) left).getOperandList(), ((SqlCall) right).getOperandList());
    }
    String name =
        switch (call.getKind()) {
          case EQUALS -> "=";
          case NOT_EQUALS -> "<>";
          case LESS_THAN -> "<";
          case LESS_THAN_OR_EQUAL -> "<=";
          case GREATER_THAN -> ">";
          default -> ">=";
        };
    return named(name, call.getParserPosition(), left, right);
  }

  private SqlNode rows(SqlCall call, List<SqlNode> left, List<SqlNode> right) {
    SqlParserPos position = call.getParserPosition();
    if (left.size() != right.size()) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "Operand should contain " + left.size() + " column(s)");
    }
    return switch (call.getKind()) {
      case EQUALS -> equalities(left, right, position);
      case NOT_EQUALS ->
          SqlStdOperatorTable.NOT.createCall(position, equalities(left, right, position));
      case LESS_THAN -> ordered("<", "<", left, right, position);
      case LESS_THAN_OR_EQUAL -> ordered("<", "<=", left, right, position);
      case GREATER_THAN -> ordered(">", ">", left, right, position);
      default -> ordered(">", ">=", left, right, position);
    };
  }

  /** The first columns that differ decide: {@code a < x OR (a = x AND b < y)}. */
  private SqlNode ordered(
      String strict, String last, List<SqlNode> left, List<SqlNode> right, SqlParserPos position) {
    int columns = left.size();
    SqlNode test = named(last, position, left.get(columns - 1), right.get(columns - 1));
    for (int i = columns - 2; i >= 0; i--) {
      SqlNode same = named("=", position, left.get(i), right.get(i));
      test =
          SqlStdOperatorTable.OR.createCall(
              position,
              named(strict, position, left.get(i), right.get(i)),
              SqlStdOperatorTable.AND.createCall(position, same, test));
    }
    return test;
  }

  private SqlNode equalities(List<SqlNode> left, List<SqlNode> right, SqlParserPos position) {
    SqlNode all = null;
    for (int i = 0; i < left.size(); i++) {
      SqlNode one = named("=", position, left.get(i), right.get(i));
      all = all == null ? one : SqlStdOperatorTable.AND.createCall(position, all, one);
    }
    return all;
  }

  private SqlNode in(SqlCall call) {
    SqlParserPos position = call.getParserPosition();
    SqlNode value = expression(call.operand(0));
    SqlNode right = call.operand(1);
    if (!(right instanceof SqlNodeList list)) {
      return call.getOperator().createCall(position, value, queries.apply(right));
    }
    List<SqlNode> candidates = all(list);
    SqlNode test;
    if (value.getKind() == SqlKind.ROW) {
      test = null;
      for (SqlNode candidate : candidates) {
        SqlNode one =
            equalities(
                ((SqlCall) value).getOperandList(),
                ((SqlCall) candidate).getOperandList(),
                position);
        test = test == null ? one : SqlStdOperatorTable.OR.createCall(position, test, one);
      }
    } else {
      candidates.add(0, value);
      test = named("in", position, candidates.toArray(SqlNode[]::new));
    }
    return call.getKind() == SqlKind.IN ? test : SqlStdOperatorTable.NOT.createCall(position, test);
  }

  private SqlNode between(SqlCall call) {
    SqlParserPos position = call.getParserPosition();
    SqlNode value = expression(call.operand(0));
    forms.refuseVolatile(value, "BETWEEN");
    SqlNode test =
        SqlStdOperatorTable.AND.createCall(
            position,
            named(">=", position, value, expression(call.operand(1))),
            named("<=", position, value, expression(call.operand(2))));
    return call.getOperator().getName().startsWith("NOT")
        ? SqlStdOperatorTable.NOT.createCall(position, test)
        : test;
  }

  private SqlNode like(SqlCall call) {
    SqlLikeOperator like = (SqlLikeOperator) call.getOperator();
    String name =
        call.getKind() == SqlKind.LIKE
            ? (like.getName().contains("ILIKE") ? "ilike" : "like")
            : "regexp";
    SqlNode test =
        named(name, call.getParserPosition(), all(call.getOperandList()).toArray(SqlNode[]::new));
    return like.isNegated()
        ? SqlStdOperatorTable.NOT.createCall(call.getParserPosition(), test)
        : test;
  }

  private SqlNode caseOf(SqlCase call) {
    SqlParserPos position = call.getParserPosition();
    SqlNode value = call.getValueOperand() == null ? null : expression(call.getValueOperand());
    if (value != null) {
      forms.refuseVolatile(value, "CASE");
    }
    SqlNodeList whens = new SqlNodeList(position);
    for (SqlNode when : call.getWhenOperands()) {
      whens.add(value == null ? condition(when) : named("=", position, value, expression(when)));
    }
    SqlNode otherwise =
        call.getElseOperand() == null
            ? constant(Datum.NULL, position)
            : expression(call.getElseOperand());
    return new SqlCase(
        position, null, whens, new SqlNodeList(all(call.getThenOperands()), position), otherwise);
  }

  private SqlNode cast(SqlCall call) {
    DataType target = TypeMapping.ofSpec((SqlDataTypeSpec) call.operand(1));
    // The colons are GreptimeDB's, and so is their meaning: what cannot be cast is an error.
    String function =
        call.getOperator().equals(SqlLibraryOperators.INFIX_CAST)
            ? "strict_cast"
            : call.getKind() == SqlKind.CAST ? "cast" : "try_cast";
    SqlNode value = forms.typedJson(expression(call.operand(0)), target);
    int length =
        ((SqlDataTypeSpec) call.operand(1)).getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
            ? basic.getPrecision()
            : -1;
    SqlNode cast = new CastOperator(function, target).createCall(call.getParserPosition(), value);
    return target.kind() == DataType.Kind.STRING && length >= 0
        ? named(
            "left",
            call.getParserPosition(),
            cast,
            SqlLiteral.createExactNumeric(Integer.toString(length), call.getParserPosition()))
        : cast;
  }

  private SqlNode plusOrMinus(SqlCall call) {
    boolean plus = call.getKind() == SqlKind.PLUS;
    SqlNode left = call.operand(0);
    SqlNode right = call.operand(1);
    if (isInterval(right)) {
      return dated(plus ? "date_add" : "date_sub", left, right, call.getParserPosition());
    }
    if (plus && isInterval(left)) {
      return dated("date_add", right, left, call.getParserPosition());
    }
    return named(
        plus ? "+" : "-",
        call.getParserPosition(),
        FunctionForms.number(expression(left)),
        FunctionForms.number(expression(right)));
  }

  static boolean isInterval(SqlNode node) {
    return node instanceof SqlIntervalLiteral
        || node.getKind() == SqlKind.INTERVAL
        || isPeriod(node);
  }

  /** {@code INTERVAL '1 day 2 hours'}, as the parser writes it. */
  private static boolean isPeriod(SqlNode node) {
    return node instanceof SqlCall call
        && (call.operandCount() == 1 || call.operandCount() == 2)
        && call.getOperator() instanceof SqlUnresolvedFunction
        && call.getOperator().getName().equals(PERIOD);
  }

  /** The text of an interval with constant amount, or of a literal that may be one. */
  static Optional<String> periodText(SqlNode node) {
    if (isPeriod(node)) {
      SqlCall period = (SqlCall) node;
      return period.operandCount() == 1 ? periodText(period.operand(0)) : Optional.empty();
    }
    if (node instanceof SqlIntervalLiteral literal) {
      SqlIntervalLiteral.IntervalValue given =
          (SqlIntervalLiteral.IntervalValue) literal.getValue();
      SqlLiteral unit = (SqlLiteral) FunctionForms.unit(given.getIntervalQualifier());
      return Optional.of(
          (given.getSign() < 0 ? "-" : "") + given.getIntervalLiteral() + " " + unit.toValue());
    }
    return node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR
        ? Optional.of(literal.toValue())
        : Optional.empty();
  }

  /** {@code function(value, unit, amount)}. */
  SqlNode dated(String function, SqlNode value, SqlNode interval, SqlParserPos position) {
    SqlIntervalQualifier unit;
    SqlNode amount;
    if (isPeriod(interval)) {
      SqlCall period = (SqlCall) interval;
      SqlNode unitName =
          period.operandCount() == 2
              ? period.operand(1)
              : SqlLiteral.createCharString("PERIOD", position);
      return named(function, position, expression(value), unitName, expression(period.operand(0)));
    }
    if (interval instanceof SqlIntervalLiteral literal) {
      SqlIntervalLiteral.IntervalValue given =
          (SqlIntervalLiteral.IntervalValue) literal.getValue();
      unit = given.getIntervalQualifier();
      amount =
          SqlLiteral.createCharString(
              (given.getSign() < 0 ? "-" : "") + given.getIntervalLiteral(), position);
    } else {
      SqlCall call = (SqlCall) interval;
      amount = expression(call.operand(0));
      unit = call.operand(1);
    }
    return named(function, position, expression(value), FunctionForms.unit(unit), amount);
  }

  private SqlNode negated(SqlCall call) {
    SqlNode operand = expression(call.operand(0));
    if (operand instanceof SqlNumericLiteral number && number.getValue() instanceof BigDecimal n) {
      String text = number.toValue();
      SqlParserPos position = call.getParserPosition();
      String opposite = text.startsWith("-") ? text.substring(1) : "-" + text;
      return number.getTypeName() == SqlTypeName.DECIMAL && n.signum() != 0
          ? SqlLiteral.createExactNumeric(opposite, position)
          : named("neg", position, operand);
    }
    return named("neg", call.getParserPosition(), operand);
  }

  private SqlNode over(SqlCall call) {
    SqlNode window = call.operand(1);
    return SqlStdOperatorTable.OVER.createCall(
        call.getParserPosition(),
        expression(call.operand(0)),
        window instanceof SqlWindow inline ? window(inline) : window);
  }

  private SqlNode window(SqlWindow window) {
    return new SqlWindow(
        window.getParserPosition(),
        window.getDeclName(),
        window.getRefName(),
        new SqlNodeList(all(window.getPartitionList()), SqlParserPos.ZERO),
        new SqlNodeList(all(window.getOrderList()), SqlParserPos.ZERO),
        SqlLiteral.createBoolean(window.isRows(), SqlParserPos.ZERO),
        window.getLowerBound(),
        window.getUpperBound(),
        null,
        window.getExclude());
  }
}
