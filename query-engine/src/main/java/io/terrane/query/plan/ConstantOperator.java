package io.terrane.query.plan;

import io.terrane.api.table.Datum;
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

/** A value that did not come as text: a parameter or a variable. Called without arguments. */
public final class ConstantOperator extends SqlFunction {
  private final Datum value;

  ConstantOperator(Datum value) {
    // Operators are equal when their names are, and so must be constants of equal value only.
    super(
        value.type() + " " + (value.isNull() ? "NULL" : "'" + value.text() + "'"),
        SqlKind.OTHER_FUNCTION,
        null,
        null,
        OperandTypes.NILADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.value = value;
  }

  public Datum value() {
    return value;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    return validateOperands(validator, scope, call);
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    return TypeMapping.toSql(binding.getTypeFactory(), value.type(), value.isNull());
  }
}
