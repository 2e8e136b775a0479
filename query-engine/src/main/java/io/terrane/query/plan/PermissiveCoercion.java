package io.terrane.query.plan;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;

/**
 * Lets values of any types meet: the registry's kernels compare and mix them as MySQL does, so
 * Calcite need not insert casts of its own (which would cut, round or refuse where MySQL does not).
 */
final class PermissiveCoercion extends TypeCoercionImpl {
  PermissiveCoercion(RelDataTypeFactory types, SqlValidator validator) {
    super(types, validator);
  }

  @Override
  public boolean binaryComparisonCoercion(SqlCallBinding binding) {
    return true;
  }

  @Override
  public boolean inOperationCoercion(SqlCallBinding binding) {
    return true;
  }

  @Override
  public boolean quantifyOperationCoercion(SqlCallBinding binding) {
    return true;
  }

  @Override
  public boolean binaryArithmeticCoercion(SqlCallBinding binding) {
    return true;
  }

  @Override
  public boolean caseWhenCoercion(SqlCallBinding binding) {
    return true;
  }

  @Override
  public boolean userDefinedFunctionCoercion(
      SqlValidatorScope scope, SqlCall call, SqlFunction function) {
    return true;
  }

  @Override
  public boolean rowTypeCoercion(
      SqlValidatorScope scope, SqlNode query, int column, RelDataType target) {
    return true;
  }
}
