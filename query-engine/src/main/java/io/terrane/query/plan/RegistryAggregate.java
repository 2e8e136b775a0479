package io.terrane.query.plan;

import io.terrane.query.function.AggregateFunction;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;

/** An aggregate of the registry as Calcite sees it, typed by the registry. */
final class RegistryAggregate extends SqlAggFunction {
  private final AggregateFunction function;

  RegistryAggregate(AggregateFunction function) {
    super(
        function.name().toUpperCase(Locale.ROOT),
        null,
        SqlKind.OTHER_FUNCTION,
        binding -> ResultTypes.of(binding, function::resultType),
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        false,
        Optionality.OPTIONAL);
    this.function = function;
  }

  AggregateFunction function() {
    return function;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    if (call.isCountStar()) {
      return validator.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    }
    for (SqlNode operand : call.getOperandList()) {
      validator.setValidatedNodeType(operand, validator.deriveType(scope, operand));
    }
    return validateOperands(validator, scope, call);
  }
}
