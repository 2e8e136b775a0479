package io.terrane.query.plan;

import io.terrane.api.table.DataType;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.util.Optionality;

/** An aggregate of the registry as the validator sees it. */
public final class AggregateOperator extends SqlAggFunction {
  private static final Map<String, SqlKind> KINDS =
      Map.of(
          "sum", SqlKind.SUM,
          "avg", SqlKind.AVG,
          "min", SqlKind.MIN,
          "max", SqlKind.MAX,
          "any_value", SqlKind.ANY_VALUE);

  private final AggregateFunction function;

  AggregateOperator(AggregateFunction function) {
    super(
        function.name().toUpperCase(Locale.ROOT),
        null,
        KINDS.getOrDefault(function.name(), SqlKind.OTHER_FUNCTION),
        AggregateOperator::inferred,
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        false,
        Optionality.OPTIONAL);
    this.function = function;
  }

  public AggregateFunction function() {
    return function;
  }

  private static RelDataType inferred(SqlOperatorBinding binding) {
    AggregateFunction function = ((AggregateOperator) binding.getOperator()).function;
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < binding.getOperandCount(); i++) {
      types.add(TypeMapping.ofSql(binding.getOperandType(i)));
    }
    return TypeMapping.toSql(binding.getTypeFactory(), function.resultType(types), true);
  }

  @Override
  public boolean allowsFraming() {
    return true;
  }
}
