package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.Datum;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Gives a parsed query MySQL's meaning before Calcite validates it: arithmetic and functions become
 * the registry's, conditions become truth values, parameters become their values, HAVING without
 * groups becomes a WHERE. Comparisons and AND, OR, NOT stay Calcite's, for its rules reason about
 * them.
 */
final class DialectRewriter extends SqlShuttle {
  private static final Map<SqlKind, String> ARITHMETIC =
      Map.of(
          SqlKind.PLUS, "+",
          SqlKind.MINUS, "-",
          SqlKind.TIMES, "*",
          SqlKind.DIVIDE, "/",
          SqlKind.MOD, "%",
          SqlKind.MINUS_PREFIX, "neg");

  private static final Set<SqlKind> TRUTH_VALUED =
      Set.of(
          SqlKind.AND,
          SqlKind.OR,
          SqlKind.NOT,
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.IS_TRUE,
          SqlKind.IS_NOT_TRUE,
          SqlKind.IS_FALSE,
          SqlKind.IS_NOT_FALSE,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM,
          SqlKind.IN,
          SqlKind.NOT_IN,
          SqlKind.EXISTS,
          SqlKind.LIKE,
          SqlKind.RLIKE,
          SqlKind.BETWEEN,
          SqlKind.SOME,
          SqlKind.ALL);

  private final FunctionOperators operators;
  private final Parameters parameters;

  DialectRewriter(FunctionOperators operators, Parameters parameters) {
    this.operators = operators;
    this.parameters = parameters;
  }

  SqlNode rewrite(SqlNode query) {
    return query.accept(this);
  }

  @Override
  public SqlNode visit(SqlDynamicParam param) {
    return parameters.literal(param.getIndex(), param.getParserPosition());
  }

  @Override
  public SqlNode visit(SqlLiteral literal) {
    if (literal instanceof SqlNumericLiteral number) {
      return Literals.normalized(number);
    } else if (literal instanceof SqlUnknownLiteral unknown) {
      return Literals.temporal(unknown.tag, unknown.getValue(), literal.getParserPosition());
    } else if (literal instanceof SqlAbstractDateTimeLiteral temporal) {
      return Literals.temporal(
          temporal.getTypeName().name(), temporal.toFormattedString(), literal.getParserPosition());
    }
    return literal;
  }

  @Override
  public SqlNode visit(SqlCall call) {
    if (call.getKind() == SqlKind.OVER) {
      return over(call);
    }
    if (call instanceof SqlOrderBy orderBy) {
      return orderBy(orderBy);
    }
    if (call.getKind() == SqlKind.GROUP_CONCAT
        || call.getKind() == SqlKind.LISTAGG
        || call.getKind() == SqlKind.STRING_AGG
        || call.getKind() == SqlKind.ARRAY_AGG) {
      return orderedAggregate(call);
    }
    SqlNode copy = super.visit(call);
    if (!(copy instanceof SqlCall visited)) {
      return copy;
    }
    if (visited instanceof SqlSelect select) {
      return select(select);
    } else if (visited instanceof SqlJoin join) {
      return join(join);
    }
    return expression(visited);
  }

  private SqlNode expression(SqlCall call) {
    SqlParserPos position = call.getParserPosition();
    List<SqlNode> operands = call.getOperandList();
    switch (call.getKind()) {
      case AND, OR, NOT:
        return call.getOperator().createCall(position, conditions(operands));
      case PLUS_PREFIX:
        return operators
            .operator("+")
            .createCall(position, Literals.zero(position), operands.get(0));
      case PLUS, MINUS:
        if (operands.stream().anyMatch(DialectRewriter::isInterval)) {
          return intervalArithmetic(call);
        }
        return arithmetic(call);
      case TIMES, DIVIDE, MOD, MINUS_PREFIX:
        return arithmetic(call);
      case IN, NOT_IN:
        return in(call);
      case BETWEEN:
        return between(call);
      case RLIKE:
        return rlike(call);
      case CASE:
        return caseOf((SqlCase) call);
      case EXTRACT, TIMESTAMP_ADD, TIMESTAMP_DIFF:
        return function(call, unitsAsText(operands));
      case TRIM:
        return trim(call);
      case CAST, SAFE_CAST, AS, ROW, VALUES, DEFAULT, COUNT, GROUPING, WITHIN_GROUP, FILTER:
        return call;
      default:
        return call.getOperator() instanceof SqlFunction ? function(call, operands) : call;
    }
  }

  private SqlNode arithmetic(SqlCall call) {
    return operators
        .operator(ARITHMETIC.get(call.getKind()))
        .createCall(call.getParserPosition(), call.getOperandList());
  }

  /** {@code x + INTERVAL n UNIT}, {@code INTERVAL n UNIT + x}, {@code x - INTERVAL n UNIT}. */
  private SqlNode intervalArithmetic(SqlCall call) {
    SqlNode left = call.operand(0);
    SqlNode right = call.operand(1);
    SqlNode interval = isInterval(right) ? right : left;
    SqlNode value = interval == right ? left : right;
    String name = call.getKind() == SqlKind.PLUS ? "date_add" : "date_sub";
    List<SqlNode> parts = intervalParts(interval);
    return operators
        .operator(name)
        .createCall(call.getParserPosition(), value, parts.get(0), parts.get(1));
  }

  private static boolean isInterval(SqlNode node) {
    return node instanceof SqlIntervalLiteral || node.getKind() == SqlKind.INTERVAL;
  }

  /** Unit as text, then the amount. */
  private static List<SqlNode> intervalParts(SqlNode interval) {
    SqlParserPos position = interval.getParserPosition();
    if (interval instanceof SqlIntervalLiteral literal) {
      SqlIntervalLiteral.IntervalValue value =
          literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
      String amount = (value.getSign() < 0 ? "-" : "") + value.getIntervalLiteral();
      return List.of(
          unit(value.getIntervalQualifier(), position),
          SqlLiteral.createCharString(amount, position));
    }
    SqlCall call = (SqlCall) interval;
    return List.of(unit(call.operand(1), position), call.operand(0));
  }

  private static SqlNode unit(SqlIntervalQualifier qualifier, SqlParserPos position) {
    String name =
        qualifier.timeFrameName != null
            ? qualifier.timeFrameName
            : qualifier.timeUnitRange.name().replace("_TO_", "_");
    return SqlLiteral.createCharString(name.toUpperCase(Locale.ROOT), position);
  }

  private static List<SqlNode> unitsAsText(List<SqlNode> operands) {
    List<SqlNode> texts = new ArrayList<>();
    for (SqlNode operand : operands) {
      texts.add(
          operand instanceof SqlIntervalQualifier qualifier
              ? unit(qualifier, operand.getParserPosition())
              : operand);
    }
    return texts;
  }

  /** Intervals among a function's arguments, as in DATE_ADD(x, INTERVAL n UNIT), are spread out. */
  private SqlNode function(SqlCall call, List<SqlNode> operands) {
    String name = call.getOperator().getName();
    SqlParserPos position = call.getParserPosition();
    List<SqlNode> arguments = new ArrayList<>();
    for (SqlNode operand : operands) {
      if (operand == null) {
        continue;
      }
      if (isInterval(operand)) {
        arguments.addAll(intervalParts(operand));
      } else if (operand instanceof SqlIntervalQualifier qualifier) {
        arguments.add(unit(qualifier, position));
      } else {
        arguments.add(operand);
      }
    }
    if (name.equalsIgnoreCase("count")) {
      return new SqlBasicCall(
          SqlStdOperatorTable.COUNT, arguments, position, call.getFunctionQuantifier());
    }
    if (operators.aggregate(name).isPresent()) {
      SqlLiteral quantifier = call.getFunctionQuantifier();
      return new SqlBasicCall(operators.aggregate(name).get(), arguments, position, quantifier);
    }
    if (operators.scalar(name).isPresent()) {
      return operators.scalar(name).get().createCall(position, arguments);
    }
    if (FunctionOperators.WINDOW_FUNCTIONS.contains(name.toLowerCase(Locale.ROOT))) {
      return call;
    }
    throw new TerraneException(
        ErrorCode.FUNCTION_NOT_FOUND,
        "FUNCTION "
            + name.toLowerCase(Locale.ROOT)
            + " does not exist"
            + NearNames.suggestion(name, operators.scalarNames()));
  }

  /**
   * A list of constants is looked up as it is; Calcite would first cast it to the left side's type.
   */
  private SqlNode in(SqlCall call) {
    SqlParserPos position = call.getParserPosition();
    if (!(call.operand(1) instanceof SqlNodeList list)
        || ((SqlNode) call.operand(0)).getKind() == SqlKind.ROW) {
      return call;
    }
    SqlNode value = call.operand(0);
    SqlNode found;
    if (list.stream().allMatch(item -> item instanceof SqlLiteral)) {
      List<SqlNode> arguments = new ArrayList<>();
      arguments.add(value);
      arguments.addAll(list.getList());
      found = operators.operator("in").createCall(position, arguments);
    } else {
      found =
          list.stream()
              .map(item -> (SqlNode) SqlStdOperatorTable.EQUALS.createCall(position, value, item))
              .reduce((left, right) -> SqlStdOperatorTable.OR.createCall(position, left, right))
              .orElseThrow();
    }
    return call.getKind() == SqlKind.IN
        ? found
        : SqlStdOperatorTable.NOT.createCall(position, condition(found));
  }

  private static SqlNode between(SqlCall call) {
    SqlParserPos position = call.getParserPosition();
    SqlNode value = call.operand(0);
    SqlNode inside =
        SqlStdOperatorTable.AND.createCall(
            position,
            SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(position, value, call.operand(1)),
            SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(position, value, call.operand(2)));
    return ((SqlBetweenOperator) call.getOperator()).isNegated()
        ? SqlStdOperatorTable.NOT.createCall(position, inside)
        : inside;
  }

  private SqlNode rlike(SqlCall call) {
    SqlNode matched =
        operators.operator("regexp").createCall(call.getParserPosition(), call.getOperandList());
    return ((SqlLikeOperator) call.getOperator()).isNegated()
        ? SqlStdOperatorTable.NOT.createCall(call.getParserPosition(), matched)
        : matched;
  }

  private SqlNode trim(SqlCall call) {
    List<SqlNode> operands = call.getOperandList();
    if (operands.size() != 3 || !(operands.get(0) instanceof SqlLiteral flag)) {
      return function(call, operands);
    }
    String name =
        switch (flag.getValueAs(SqlTrimFunction.Flag.class)) {
          case BOTH -> "trim";
          case LEADING -> "ltrim";
          case TRAILING -> "rtrim";
        };
    SqlNode characters = operands.get(1);
    boolean blank =
        characters == null
            || (characters instanceof SqlLiteral literal && " ".equals(literal.toValue()));
    List<SqlNode> arguments =
        blank ? List.of(operands.get(2)) : List.of(operands.get(2), characters);
    return operators.operator(name).createCall(call.getParserPosition(), arguments);
  }

  /** As the registry's function, whose conditions and values are plain arguments. */
  private SqlNode caseOf(SqlCase call) {
    List<SqlNode> arguments = new ArrayList<>();
    for (int i = 0; i < call.getWhenOperands().size(); i++) {
      arguments.add(condition(call.getWhenOperands().get(i)));
      arguments.add(call.getThenOperands().get(i));
    }
    arguments.add(
        call.getElseOperand() == null
            ? SqlLiteral.createNull(call.getParserPosition())
            : call.getElseOperand());
    return operators.operator("case").createCall(call.getParserPosition(), arguments);
  }

  private SqlNode over(SqlCall call) {
    SqlCall function = call.operand(0);
    SqlNode window = ((SqlNode) call.operand(1)).accept(this);
    String name = function.getOperator().getName().toLowerCase(Locale.ROOT);
    SqlNode rewritten;
    if (FunctionOperators.WINDOW_FUNCTIONS.contains(name)) {
      List<SqlNode> arguments = new ArrayList<>();
      function.getOperandList().forEach(operand -> arguments.add(operand.accept(this)));
      rewritten = new SqlBasicCall(windowOperator(name), arguments, function.getParserPosition());
    } else {
      rewritten = function.accept(this);
    }
    return SqlStdOperatorTable.OVER.createCall(call.getParserPosition(), rewritten, window);
  }

  private static SqlAggFunction windowOperator(String name) {
    return switch (name) {
      case "row_number" -> SqlStdOperatorTable.ROW_NUMBER;
      case "rank" -> SqlStdOperatorTable.RANK;
      case "dense_rank" -> SqlStdOperatorTable.DENSE_RANK;
      case "percent_rank" -> SqlStdOperatorTable.PERCENT_RANK;
      case "cume_dist" -> SqlStdOperatorTable.CUME_DIST;
      case "ntile" -> SqlStdOperatorTable.NTILE;
      case "lag" -> SqlStdOperatorTable.LAG;
      case "lead" -> SqlStdOperatorTable.LEAD;
      case "first_value" -> SqlStdOperatorTable.FIRST_VALUE;
      case "last_value" -> SqlStdOperatorTable.LAST_VALUE;
      case "nth_value" -> SqlStdOperatorTable.NTH_VALUE;
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** {@code GROUP_CONCAT(x ORDER BY y SEPARATOR s)}: the order goes into WITHIN GROUP. */
  private SqlNode orderedAggregate(SqlCall call) {
    List<SqlNode> arguments = new ArrayList<>();
    SqlNodeList order = SqlNodeList.EMPTY;
    for (SqlNode operand : call.getOperandList()) {
      SqlNode rewritten = operand.accept(this);
      if (rewritten instanceof SqlNodeList list) {
        order = list;
      } else if (rewritten.getKind() == SqlKind.SEPARATOR) {
        arguments.add(((SqlCall) rewritten).operand(0));
      } else {
        arguments.add(rewritten);
      }
    }
    SqlOperator aggregate =
        operators
            .aggregate(call.getOperator().getName())
            .orElseThrow(
                () ->
                    new TerraneException(
                        ErrorCode.FUNCTION_NOT_FOUND,
                        "FUNCTION " + call.getOperator().getName() + " does not exist"));
    SqlNode plain =
        new SqlBasicCall(
            aggregate, arguments, call.getParserPosition(), call.getFunctionQuantifier());
    return order.isEmpty()
        ? plain
        : SqlStdOperatorTable.WITHIN_GROUP.createCall(call.getParserPosition(), plain, order);
  }

  private SqlNode orderBy(SqlOrderBy orderBy) {
    return new SqlOrderBy(
        orderBy.getParserPosition(),
        orderBy.query.accept(this),
        (SqlNodeList) orderBy.orderList.accept(this),
        count(orderBy.offset),
        count(orderBy.fetch));
  }

  /** LIMIT takes a number only. */
  private SqlNode count(SqlNode node) {
    if (node == null) {
      return null;
    }
    if (node instanceof SqlDynamicParam param) {
      return parameters.count(param.getIndex(), param.getParserPosition());
    }
    if (node instanceof SqlNumericLiteral number && number.isInteger()) {
      return number;
    }
    throw new TerraneException(
        ErrorCode.SYNTAX_ERROR, "LIMIT and OFFSET take whole numbers, not " + node);
  }

  private SqlNode select(SqlSelect select) {
    if (select.getWhere() != null) {
      select.setWhere(condition(select.getWhere()));
    }
    if (select.getHaving() != null) {
      SqlNode having = condition(select.getHaving());
      boolean grouped =
          select.getGroup() != null
              || Aggregation.anyIn(select.getSelectList())
              || Aggregation.anyIn(having);
      if (grouped) {
        select.setHaving(having);
      } else {
        SqlNode filter = having.accept(new AliasReplacement(select.getSelectList()));
        select.setHaving(null);
        select.setWhere(
            select.getWhere() == null
                ? filter
                : SqlStdOperatorTable.AND.createCall(
                    filter.getParserPosition(), select.getWhere(), filter));
      }
    }
    return select;
  }

  private SqlNode join(SqlJoin join) {
    if (join.getCondition() != null
        && join.getConditionType() == org.apache.calcite.sql.JoinConditionType.ON) {
      join.setOperand(5, condition(join.getCondition()));
    }
    return join;
  }

  private List<SqlNode> conditions(List<SqlNode> operands) {
    return operands.stream().map(this::condition).toList();
  }

  /** A number or text as a truth value: not zero. */
  private SqlNode condition(SqlNode node) {
    boolean isTruth =
        TRUTH_VALUED.contains(node.getKind())
            || (node instanceof SqlLiteral literal
                && literal.getTypeName() == org.apache.calcite.sql.type.SqlTypeName.BOOLEAN);
    return isTruth
        ? node
        : SqlStdOperatorTable.CAST.createCall(
            node.getParserPosition(), node, Literals.booleanType(node.getParserPosition()));
  }

  /** What stands for the parameter markers of a statement. */
  interface Parameters {
    SqlNode literal(int index, SqlParserPos position);

    /** The same where only a row count may stand. */
    SqlNode count(int index, SqlParserPos position);

    /** Values in order. */
    static Parameters of(List<Datum> values) {
      return new Parameters() {
        @Override
        public SqlNode literal(int index, SqlParserPos position) {
          if (index >= values.size()) {
            throw new TerraneException(
                ErrorCode.WRONG_ARGUMENT_COUNT,
                "parameter " + (index + 1) + " of the statement has no value");
          }
          return Literals.of(values.get(index), position);
        }

        @Override
        public SqlNode count(int index, SqlParserPos position) {
          return Literals.count(values.get(index), position);
        }
      };
    }

    /** Values that are not known yet: the statement is only being described. */
    static Parameters unknown() {
      return new Parameters() {
        @Override
        public SqlNode literal(int index, SqlParserPos position) {
          return SqlLiteral.createNull(position);
        }

        @Override
        public SqlNode count(int index, SqlParserPos position) {
          return SqlLiteral.createExactNumeric("1", position);
        }
      };
    }
  }
}
