package io.terrane.query.plan;

import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.Volatility;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * A function of the registry as Calcite sees it. The registry types it; one that is volatile is
 * neither deterministic nor constant to any rule.
 */
final class RegistryFunction extends SqlFunction {
  private final ScalarFunction function;

  RegistryFunction(ScalarFunction function) {
    super(
        function.name().toUpperCase(Locale.ROOT),
        SqlKind.OTHER_FUNCTION,
        binding -> ResultTypes.of(binding, function),
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.function = function;
  }

  ScalarFunction function() {
    return function;
  }

  /** Already resolved: no look-up by name and operand types. */
  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      validator.setValidatedNodeType(operand, validator.deriveType(scope, operand));
    }
    return validateOperands(validator, scope, call);
  }

  @Override
  public boolean isDeterministic() {
    return function.volatility() != Volatility.VOLATILE;
  }

  @Override
  public boolean isDynamicFunction() {
    return function.volatility() != Volatility.IMMUTABLE;
  }
}
