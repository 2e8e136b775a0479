package io.terrane.query.plan;

import io.terrane.api.table.DataType;
import io.terrane.query.type.TypeMapping;
import io.terrane.query.type.TypeMapping.Nullability;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperatorBinding;

/** Asks the registry for a call's type. */
final class ResultTypes {
  private ResultTypes() {}

  static RelDataType of(SqlOperatorBinding binding, Function<List<DataType>, DataType> rule) {
    List<DataType> arguments = new ArrayList<>();
    for (RelDataType operand : binding.collectOperandTypes()) {
      arguments.add(TypeMapping.fromCalcite(operand));
    }
    return TypeMapping.toCalcite(
        binding.getTypeFactory(), rule.apply(arguments), Nullability.NULLABLE);
  }
}
