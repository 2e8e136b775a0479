package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.function.Volatility;
import io.terrane.query.function.json.DocumentEdits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.BitString;

/** Calls by name: finds the registry's function and undoes the grammar's special forms. */
final class FunctionForms {
  private static final Set<String> NILADIC =
      Set.of(
          "current_timestamp",
          "current_date",
          "current_time",
          "current_user",
          "session_user",
          "localtime",
          "localtimestamp",
          "utc_date",
          "utc_time",
          "utc_timestamp");

  private static final Map<String, String> RENAMED =
      Map.of(
          "||", "concat",
          "mod", "%",
          "timestampdiff", "timestampdiff",
          "ceil", "ceil",
          "listagg", "group_concat",
          "string_agg", "group_concat");

  /** Aggregates of a key in WITHIN GROUP, and where their share stands behind that key. */
  private static final Map<String, Integer> ORDERED_SETS =
      Map.of(
          "percentile_cont", 1,
          "percentile_disc", 1,
          "approx_percentile_cont", 1,
          "approx_percentile_cont_with_weight", 2);

  private static final Set<String> ARITHMETIC =
      Set.of("*", "/", "%", "div", "&", "|", "^", "~", "<<", ">>", "neg");

  /** Functions whose result has the fraction of their first argument. */
  private static final Set<String> READS_TIMESTAMP =
      Set.of("unix_timestamp", "timestamp", "convert_tz");

  private final OperatorTable operators;

  FunctionForms(OperatorTable operators) {
    this.operators = operators;
  }

  /** A function that the language calls without parentheses. */
  Optional<SqlOperator> niladic(String name) {
    return NILADIC.contains(name.toLowerCase(Locale.ROOT))
        ? operators.findScalar(name)
        : Optional.empty();
  }

  /** An interval's unit as the date functions take it. */
  static SqlNode unit(SqlIntervalQualifier qualifier) {
    String name = qualifier.timeFrameName;
    if (name == null) {
      name = qualifier.timeUnitRange.name().replace("_TO_", "_");
    }
    return SqlLiteral.createCharString(
        name.toUpperCase(Locale.ROOT), qualifier.getParserPosition());
  }

  /** DATABASE.FUNCTION or FUNCTION; the last part counts. */
  private static String name(SqlCall call) {
    SqlOperator operator = call.getOperator();
    SqlIdentifier identifier =
        operator instanceof SqlUnresolvedFunction function ? function.getSqlIdentifier() : null;
    String name =
        identifier == null ? operator.getName() : identifier.names.get(identifier.names.size() - 1);
    String folded = name.toLowerCase(Locale.ROOT);
    return RENAMED.getOrDefault(folded, folded);
  }

  SqlNode call(SqlCall call, ExpressionRewriter expressions) {
    String name = name(call);
    SqlParserPos position = call.getParserPosition();
    if (call.getOperator() instanceof ScalarOperator
        || call.getOperator() instanceof ConstantOperator
        || call.getOperator() instanceof CastOperator
        || call.getOperator() instanceof TruthOperator) {
      return call;
    }
    if (name.equals(RangeSelect.RANGE)) {
      throw new TerraneException(ErrorCode.SYNTAX_ERROR, "RANGE without ALIGN behind FROM");
    }
    Optional<DataType> target = NamedCasts.target(name, call);
    if (target.isPresent()) {
      return new CastOperator("cast", target.get())
          .createCall(position, expressions.expression(call.operand(0)));
    }
    Optional<SqlOperator> aggregate = operators.findAggregate(name);
    if (aggregate.isPresent()) {
      return aggregate(aggregate.get(), call, expressions);
    }
    if (OperatorTable.isWindowFunction(name)) {
      SqlOperator standard = windowFunction(name);
      return standard.createCall(
          call.getFunctionQuantifier(), position, arguments(call, expressions));
    }
    if (name.equals("grouping")) {
      return SqlStdOperatorTable.GROUPING.createCall(position, arguments(call, expressions));
    }
    if (isDateFunction(name) && call.operandCount() == 2) {
      SqlNode interval = call.operand(1);
      if (ExpressionRewriter.isInterval(interval)) {
        String function = name.equals("adddate") ? "date_add" : name;
        return expressions.dated(
            function.equals("subdate") ? "date_sub" : function,
            call.operand(0),
            interval,
            position);
      }
      // GreptimeDB's date_add takes a period as text, MySQL's adddate a number of days.
      boolean isPeriod = name.startsWith("date_");
      return operators
          .scalar(name.equals("date_sub") || name.equals("subdate") ? "date_sub" : "date_add")
          .createCall(
              position,
              expressions.expression(call.operand(0)),
              SqlLiteral.createCharString(isPeriod ? "PERIOD" : "DAY", position),
              expressions.expression(interval));
    }
    if (name.equals("collate")) {
      return CollationOperator.of(call.operand(1))
          .createCall(position, expressions.expression(call.operand(0)));
    }
    if (call.getKind() == SqlKind.TRIM) {
      return trim(call, expressions);
    }
    SqlOperator operator =
        operators
            .findScalar(name)
            .orElseThrow(
                () ->
                    new TerraneException(
                        ErrorCode.FUNCTION_NOT_FOUND, "FUNCTION " + name + " does not exist"));
    List<SqlNode> arguments = documents(name, arguments(call, expressions));
    if (ARITHMETIC.contains(name)) {
      arguments.replaceAll(FunctionForms::number);
    } else if (READS_TIMESTAMP.contains(name) && !arguments.isEmpty()) {
      arguments.set(0, wholeSeconds(arguments.get(0)));
    }
    return operator.createCall(position, arguments);
  }

  /** A binary literal among numbers is the number of its bits. */
  static SqlNode number(SqlNode operand) {
    return operand instanceof SqlLiteral literal
            && literal.getValue() instanceof BitString bits
            && bits.getBitCount() <= Long.SIZE
        ? SqlLiteral.createExactNumeric(
            new BigInteger(1, bits.getAsByteArray()).toString(), operand.getParserPosition())
        : operand;
  }

  /** A time that is written without a fraction has none. */
  private static SqlNode wholeSeconds(SqlNode time) {
    boolean isWhole =
        time instanceof SqlLiteral literal
            && literal.getTypeName() == SqlTypeName.CHAR
            && literal.toValue().indexOf('.') < 0;
    return isWhole
        ? new CastOperator("cast", DataType.TIMESTAMP_SECOND)
            .createCall(time.getParserPosition(), time)
        : time;
  }

  /** Values that go into a document as documents. */
  private List<SqlNode> documents(String function, List<SqlNode> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      SqlNode argument = arguments.get(i);
      boolean isDocument =
          argument instanceof SqlCall call
              && DocumentEdits.givesDocument(call.getOperator().getName().toLowerCase(Locale.ROOT));
      if (DocumentEdits.takesValue(function, i) && !isDocument) {
        arguments.set(
            i,
            operators
                .scalar(DocumentEdits.LITERAL)
                .createCall(argument.getParserPosition(), argument, argument));
      }
    }
    return arguments;
  }

  /** {@code json_get(…)} that is cast at once asks for that type: {@code true} is 1 as a number. */
  SqlNode typedJson(SqlNode value, DataType target) {
    if (!(value instanceof SqlCall call)
        || !call.getOperator().getName().equalsIgnoreCase("json_get")) {
      return value;
    }
    String getter =
        switch (target.kind()) {
          case BOOLEAN -> "json_get_bool";
          case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> "json_get_int";
          case FLOAT32, FLOAT64, DECIMAL -> "json_get_float";
          case NULL, STRING, BINARY, DATE, TIME, TIMESTAMP -> "json_get";
        };
    return operators.scalar(getter).createCall(call.getParserPosition(), call.getOperandList());
  }

  private static boolean isDateFunction(String name) {
    return name.equals("date_add")
        || name.equals("date_sub")
        || name.equals("adddate")
        || name.equals("subdate");
  }

  private static SqlOperator windowFunction(String name) {
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
      default -> SqlStdOperatorTable.NTH_VALUE;
    };
  }

  private static List<SqlNode> arguments(SqlCall call, ExpressionRewriter expressions) {
    List<SqlNode> arguments = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      if (operand == null) {
        continue;
      }
      if (operand instanceof SqlIntervalQualifier unit) {
        arguments.add(unit(unit));
      } else if (operand instanceof SqlLiteral literal && literal.getValue() instanceof Enum<?> e) {
        arguments.add(SqlLiteral.createCharString(e.name(), operand.getParserPosition()));
      } else if (ExpressionRewriter.isInterval(operand)
          && ExpressionRewriter.periodText(operand).isPresent()
          && name(call).equals("date_bin")) {
        arguments.add(
            SqlLiteral.createCharString(
                ExpressionRewriter.periodText(operand).get(), operand.getParserPosition()));
      } else {
        arguments.add(expressions.expression(operand));
      }
    }
    return arguments;
  }

  private SqlNode aggregate(SqlOperator operator, SqlCall call, ExpressionRewriter expressions) {
    List<SqlNode> arguments = new ArrayList<>();
    int values = 0;
    SqlNodeList order = null;
    for (SqlNode operand : call.getOperandList()) {
      if (operand instanceof SqlNodeList list) {
        order = list;
      } else if (operand.getKind() == SqlKind.SEPARATOR) {
        arguments.add(((SqlCall) operand).operand(0));
      } else if (operand instanceof SqlIdentifier star && star.isStar()) {
        arguments.add(star);
      } else {
        arguments.add(expressions.expression(operand));
        values++;
      }
    }
    if (values > 1 && call.getOperator().getName().equalsIgnoreCase("group_concat")) {
      List<SqlNode> parts = arguments.subList(0, values);
      SqlNode joined = operators.scalar("concat").createCall(call.getParserPosition(), parts);
      parts.clear();
      arguments.add(0, joined);
    }
    SqlCall made =
        new SqlBasicCall(
            operator,
            documents(name(call), arguments),
            call.getParserPosition(),
            call.getFunctionQuantifier());
    return order == null
        ? made
        : SqlStdOperatorTable.WITHIN_GROUP.createCall(
            call.getParserPosition(),
            made,
            new SqlNodeList(expressions.all(order), order.getParserPosition()));
  }

  /**
   * {@code PERCENTILE_CONT(share) WITHIN GROUP (ORDER BY x)}, whose key is the first argument here.
   */
  Optional<SqlNode> orderedSet(SqlCall withinGroup, ExpressionRewriter expressions) {
    SqlCall call = withinGroup.operand(0);
    String name = name(call);
    SqlNodeList order = withinGroup.operand(1);
    if (!ORDERED_SETS.containsKey(name)) {
      return Optional.empty();
    }
    if (order.size() != 1) {
      throw new TerraneException(ErrorCode.SYNTAX_ERROR, name + " wants one key of order");
    }
    SqlNode key = order.get(0);
    boolean isDescending = false;
    while (key.getKind() == SqlKind.DESCENDING
        || key.getKind() == SqlKind.NULLS_FIRST
        || key.getKind() == SqlKind.NULLS_LAST) {
      isDescending |= key.getKind() == SqlKind.DESCENDING;
      key = ((SqlCall) key).operand(0);
    }
    List<SqlNode> arguments = new ArrayList<>(List.of(expressions.expression(key)));
    call.getOperandList().forEach(operand -> arguments.add(expressions.expression(operand)));
    int share = ORDERED_SETS.get(name);
    SqlParserPos position = call.getParserPosition();
    if (isDescending && share < arguments.size()) {
      SqlNode one = SqlLiteral.createExactNumeric("1", position);
      arguments.set(share, operators.scalar("-").createCall(position, one, arguments.get(share)));
    }
    return Optional.of(
        new SqlBasicCall(operators.findAggregate(name).orElseThrow(), arguments, position));
  }

  /** {@code TRIM(BOTH 'x' FROM y)}: the registry has trim, ltrim and rtrim of (text, what). */
  private SqlNode trim(SqlCall call, ExpressionRewriter expressions) {
    if (call.operandCount() < 3) {
      return operators
          .scalar("trim")
          .createCall(call.getParserPosition(), arguments(call, expressions));
    }
    String side = ((SqlLiteral) call.operand(0)).getValue().toString().toLowerCase(Locale.ROOT);
    String function =
        switch (side) {
          case "leading" -> "ltrim";
          case "trailing" -> "rtrim";
          default -> "trim";
        };
    return operators
        .scalar(function)
        .createCall(
            call.getParserPosition(),
            expressions.expression(call.operand(2)),
            expressions.expression(call.operand(1)));
  }

  /** An expression that a form evaluates several times must give the same each time. */
  void refuseVolatile(SqlNode expression, String form) {
    expression.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call.getOperator() instanceof ScalarOperator scalar
                && scalar.function().volatility() == Volatility.VOLATILE) {
              throw new TerraneException(
                  ErrorCode.UNSUPPORTED,
                  "function " + scalar.function().name() + " cannot be tested by " + form);
            }
            return super.visit(call);
          }
        });
  }
}
