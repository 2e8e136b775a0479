package io.terrane.query.plan;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.type.TypeMapping;
import io.terrane.query.type.TypeMapping.Nullability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperatorBinding;

/** Asks the registry for a call's type. */
final class ResultTypes {
  private ResultTypes() {}

  /** For an aggregate: by the types of its arguments. */
  static RelDataType of(SqlOperatorBinding binding, Function<List<DataType>, DataType> rule) {
    return nullable(binding, rule.apply(types(binding)));
  }

  /** For a function: by types and by constants, such as a unit or a number of digits. */
  static RelDataType of(SqlOperatorBinding binding, ScalarFunction function) {
    List<Optional<Datum>> constants = new ArrayList<>();
    for (int i = 0; i < binding.getOperandCount(); i++) {
      constants.add(constant(binding, i));
    }
    return nullable(binding, function.resultType(types(binding), constants));
  }

  private static Optional<Datum> constant(SqlOperatorBinding binding, int operand) {
    if (!binding.isOperandLiteral(operand, false)) {
      return Optional.empty();
    }
    return switch (binding.getOperandType(operand).getSqlTypeName()) {
      case CHAR, VARCHAR ->
          Optional.ofNullable(binding.getOperandLiteralValue(operand, String.class)).map(Datum::of);
      case TINYINT, SMALLINT, INTEGER, BIGINT ->
          Optional.ofNullable(binding.getOperandLiteralValue(operand, Long.class)).map(Datum::of);
      default -> Optional.empty();
    };
  }

  private static List<DataType> types(SqlOperatorBinding binding) {
    List<DataType> arguments = new ArrayList<>();
    for (RelDataType operand : binding.collectOperandTypes()) {
      arguments.add(TypeMapping.fromCalcite(operand));
    }
    return arguments;
  }

  private static RelDataType nullable(SqlOperatorBinding binding, DataType type) {
    return TypeMapping.toCalcite(binding.getTypeFactory(), type, Nullability.NULLABLE);
  }
}
