package io.terrane.query.type;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.type.SqlTypeName;

/** SQL types of the validator to and from {@link DataType}. */
public final class TypeMapping {
  private static final int DECIMAL_PRECISION = 10;
  private static final int DECIMAL_SCALE_MAX = 30;
  private static final int NANOS = 9;

  private TypeMapping() {}

  /** The validator's type for one of ours. */
  public static RelDataType toSql(RelDataTypeFactory factory, DataType type, boolean nullable) {
    RelDataType sql =
        switch (type.kind()) {
          case NULL -> factory.createSqlType(SqlTypeName.NULL);
          case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
          case INT8 -> factory.createSqlType(SqlTypeName.TINYINT);
          case INT16 -> factory.createSqlType(SqlTypeName.SMALLINT);
          case INT32 -> factory.createSqlType(SqlTypeName.INTEGER);
          case INT64 -> factory.createSqlType(SqlTypeName.BIGINT);
          case UINT8 -> factory.createSqlType(SqlTypeName.UTINYINT);
          case UINT16 -> factory.createSqlType(SqlTypeName.USMALLINT);
          case UINT32 -> factory.createSqlType(SqlTypeName.UINTEGER);
          case UINT64 -> factory.createSqlType(SqlTypeName.UBIGINT);
          case FLOAT32 -> factory.createSqlType(SqlTypeName.REAL);
          case FLOAT64 -> factory.createSqlType(SqlTypeName.DOUBLE);
          case DECIMAL ->
              factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
          case STRING -> factory.createSqlType(SqlTypeName.VARCHAR);
          case BINARY -> factory.createSqlType(SqlTypeName.VARBINARY);
          case DATE -> factory.createSqlType(SqlTypeName.DATE);
          case TIME -> factory.createSqlType(SqlTypeName.TIME, type.precision());
          case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, type.precision());
        };
    return factory.createTypeWithNullability(sql, nullable);
  }

  /** Ours for the validator's; UNSUPPORTED for a type that no column can have. */
  public static DataType ofSql(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case NULL, UNKNOWN -> DataType.NULL;
      case BOOLEAN -> DataType.BOOLEAN;
      case TINYINT -> DataType.INT8;
      case SMALLINT -> DataType.INT16;
      case INTEGER -> DataType.INT32;
      case BIGINT -> DataType.INT64;
      case UTINYINT -> DataType.UINT8;
      case USMALLINT -> DataType.UINT16;
      case UINTEGER -> DataType.UINT32;
      case UBIGINT -> DataType.UINT64;
      case REAL -> DataType.FLOAT32;
      case FLOAT, DOUBLE -> DataType.FLOAT64;
      case DECIMAL -> decimal(type.getPrecision(), type.getScale());
      case CHAR, VARCHAR -> DataType.STRING;
      case BINARY, VARBINARY -> DataType.BINARY;
      case DATE -> DataType.DATE;
      case TIME -> DataType.TIME;
      case TIMESTAMP -> DataType.timestamp(fractionDigits(type.getPrecision()));
      default ->
          throw new TerraneException(
              ErrorCode.UNSUPPORTED, "values of type " + type + " are not supported");
    };
  }

  /** The target of a cast as written. */
  public static DataType ofSpec(SqlDataTypeSpec spec) {
    SqlTypeNameSpec name = spec.getTypeNameSpec();
    String word = name.getTypeName().getSimple().toUpperCase(java.util.Locale.ROOT);
    SqlTypeName known = SqlTypeName.get(word);
    if (!(name instanceof SqlBasicTypeNameSpec basic) || known == null) {
      return switch (word) {
        case "SIGNED" -> DataType.INT64;
        case "UNSIGNED" -> DataType.UINT64;
        case "DATETIME" -> DataType.TIMESTAMP_MICROS;
        default -> throw new TerraneException(ErrorCode.UNSUPPORTED, "unknown type '" + word + "'");
      };
    }
    int precision = basic.getPrecision();
    return switch (known) {
      case DECIMAL ->
          decimal(
              precision < 0 ? DECIMAL_PRECISION : precision,
              basic.getScale() < 0 ? 0 : basic.getScale());
      case TIMESTAMP -> DataType.timestamp(precision < 0 ? 0 : fractionDigits(precision));
      case BOOLEAN -> DataType.BOOLEAN;
      case TINYINT -> DataType.INT8;
      case SMALLINT -> DataType.INT16;
      case INTEGER -> DataType.INT32;
      case BIGINT -> DataType.INT64;
      case UTINYINT -> DataType.UINT8;
      case USMALLINT -> DataType.UINT16;
      case UINTEGER -> DataType.UINT32;
      case UBIGINT -> DataType.UINT64;
      case REAL -> DataType.FLOAT32;
      case FLOAT, DOUBLE -> DataType.FLOAT64;
      case CHAR, VARCHAR -> DataType.STRING;
      case BINARY, VARBINARY -> DataType.BINARY;
      case DATE -> DataType.DATE;
      case TIME -> DataType.TIME;
      default ->
          throw new TerraneException(
              ErrorCode.UNSUPPORTED, "cast to " + word + " is not supported");
    };
  }

  private static DataType decimal(int precision, int scale) {
    int digits = Math.min(Math.max(precision, 1), DataType.DECIMAL_PRECISION_MAX);
    return DataType.decimal(
        digits, Math.min(Math.max(scale, 0), Math.min(digits, DECIMAL_SCALE_MAX)));
  }

  /** Timestamps have 0, 3, 6 or 9 digits: the next that keeps all of {@code digits}. */
  static int fractionDigits(int digits) {
    return digits <= 0 ? 0 : Math.min(NANOS, (digits + 2) / 3 * 3);
  }
}
