package io.terrane.query.plan;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.Volatility;
import io.terrane.query.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * A function of the registry as the validator sees it: the registry alone decides arguments and
 * type. The language's operators are such functions too, so that {@code +} or {@code =} mean here
 * what they mean in MySQL.
 */
public final class ScalarOperator extends SqlFunction {
  private static final Map<String, SqlKind> KINDS =
      Map.of(
          "=", SqlKind.EQUALS,
          "<>", SqlKind.NOT_EQUALS,
          "<", SqlKind.LESS_THAN,
          "<=", SqlKind.LESS_THAN_OR_EQUAL,
          ">", SqlKind.GREATER_THAN,
          ">=", SqlKind.GREATER_THAN_OR_EQUAL,
          "coalesce", SqlKind.COALESCE);

  /** Give NULL for NULL arguments only, when these are numbers of any kind. */
  private static final Set<String> STRICT = Set.of("=", "<>", "<", "<=", ">", ">=", "+", "-", "*");

  private final ScalarFunction function;

  ScalarOperator(ScalarFunction function) {
    super(
        function.name().toUpperCase(Locale.ROOT),
        KINDS.getOrDefault(function.name(), SqlKind.OTHER_FUNCTION),
        null,
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.function = function;
  }

  public ScalarFunction function() {
    return function;
  }

  /** Calcite compares calls with their operands in one order, whichever way they were written. */
  @Override
  public SqlOperator reverse() {
    return switch (getKind()) {
      case EQUALS, NOT_EQUALS -> this;
      case LESS_THAN -> SqlStdOperatorTable.GREATER_THAN;
      case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
      case GREATER_THAN -> SqlStdOperatorTable.LESS_THAN;
      case GREATER_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
      default -> null;
    };
  }

  @Override
  public boolean isDeterministic() {
    return function.volatility() != Volatility.VOLATILE;
  }

  @Override
  public boolean isDynamicFunction() {
    return function.volatility() != Volatility.IMMUTABLE;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    return validateOperands(validator, scope, call);
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    List<DataType> types = new ArrayList<>();
    List<Optional<Datum>> constants = new ArrayList<>();
    boolean nullable = !STRICT.contains(function.name());
    for (int i = 0; i < binding.getOperandCount(); i++) {
      RelDataType type = binding.getOperandType(i);
      if (type.isStruct() && type.getFieldCount() == 1) {
        type = type.getFieldList().get(0).getType();
        nullable = true;
      }
      types.add(TypeMapping.ofSql(type));
      constants.add(constant(binding, i));
      nullable |= type.isNullable() || !SqlTypeName.NUMERIC_TYPES.contains(type.getSqlTypeName());
    }
    if (getKind() == SqlKind.COALESCE) {
      nullable = true;
      for (int i = 0; i < binding.getOperandCount(); i++) {
        nullable &= binding.getOperandType(i).isNullable();
      }
    }
    DataType result = function.resultType(types, constants);
    return TypeMapping.toSql(binding.getTypeFactory(), result, nullable);
  }

  private static Optional<Datum> constant(SqlOperatorBinding binding, int operand) {
    if (!binding.isOperandLiteral(operand, false)) {
      return Optional.empty();
    }
    Object value = binding.getOperandLiteralValue(operand, Object.class);
    if (value instanceof org.apache.calcite.util.NlsString text) {
      return Optional.of(Datum.of(text.getValue()));
    }
    if (value instanceof java.math.BigDecimal number && number.stripTrailingZeros().scale() <= 0) {
      return number.abs().compareTo(java.math.BigDecimal.valueOf(Long.MAX_VALUE)) > 0
          ? Optional.empty()
          : Optional.of(Datum.of(number.longValue()));
    }
    return Optional.empty();
  }
}
