package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.type.FoldedText;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * {@code text COLLATE name}: the text itself, which compares without regard to case if the name
 * ends with {@code _ci}, else by its bytes.
 */
public final class CollationOperator extends SqlFunction {
  private static final CollationOperator FOLDED = new CollationOperator("COLLATE_CI");
  private static final CollationOperator BYTES = new CollationOperator("COLLATE_BIN");

  private CollationOperator(String name) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        null,
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }

  /** The operator of a collation's name; INVALID_ARGUMENT if no collation is called so. */
  static CollationOperator of(SqlNode name) {
    String collation = ((SqlLiteral) name).toValue().toLowerCase(Locale.ROOT);
    if (collation.endsWith("_ci")) {
      return FOLDED;
    }
    if (collation.endsWith("_bin") || collation.endsWith("_cs") || collation.equals("binary")) {
      return BYTES;
    }
    throw new TerraneException(
        ErrorCode.INVALID_ARGUMENT, "Unknown collation: '" + collation + "'");
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    return validateOperands(validator, scope, call);
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    binding.getOperandType(0);
    RelDataType text =
        binding
            .getTypeFactory()
            .createTypeWithNullability(
                binding.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), true);
    return equals(FOLDED) ? FoldedText.of(binding.getTypeFactory(), text) : text;
  }
}
