package io.terrane.query.plan;

import io.terrane.api.table.DataType;
import io.terrane.query.type.TypeMapping;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * CAST or TRY_CAST to one type. Not Calcite's own, whose literals cut off where MySQL rounds and
 * which refuses casts that MySQL takes.
 */
public final class CastOperator extends SqlFunction {
  private final String function;
  private final DataType target;

  /**
   * @param function {@code cast} or {@code try_cast}
   */
  CastOperator(String function, DataType target) {
    super(
        function + " to " + target,
        SqlKind.OTHER_FUNCTION,
        null,
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.function = function;
    this.target = target;
  }

  public String function() {
    return function;
  }

  public DataType target() {
    return target;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    return validateOperands(validator, scope, call);
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    binding.getOperandType(0);
    return TypeMapping.toSql(binding.getTypeFactory(), target, true);
  }
}
