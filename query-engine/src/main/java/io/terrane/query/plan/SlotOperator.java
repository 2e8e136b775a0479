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
 * A constant of known type, which is not NULL, and of a value that each execution of the plan
 * brings along. Called without arguments.
 */
public final class SlotOperator extends SqlFunction {
  private final int slot;
  private final DataType type;

  SlotOperator(int slot, DataType type) {
    // Operators are equal when their names are.
    super(
        "slot " + slot + " " + type,
        SqlKind.OTHER_FUNCTION,
        null,
        null,
        OperandTypes.NILADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.slot = slot;
    this.type = type;
  }

  public int slot() {
    return slot;
  }

  DataType type() {
    return type;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    return validateOperands(validator, scope, call);
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    return TypeMapping.toSql(binding.getTypeFactory(), type, false);
  }
}
