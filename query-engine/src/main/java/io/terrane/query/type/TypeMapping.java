package io.terrane.query.type;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/** The engine's types as Calcite sees them, both ways, in one place. */
public final class TypeMapping {
  private TypeMapping() {}

  public static RelDataType toCalcite(
      RelDataTypeFactory factory, DataType type, Nullability nullability) {
    RelDataType plain =
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
    return factory.createTypeWithNullability(plain, nullability == Nullability.NULLABLE);
  }

  /** Whether a value may be NULL. */
  public enum Nullability {
    NULLABLE,
    NOT_NULL
  }

  /** UNSUPPORTED for what the engine has no type for, such as arrays and intervals. */
  public static DataType fromCalcite(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case NULL, UNKNOWN, ANY -> DataType.NULL;
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
      case CHAR, VARCHAR, SYMBOL -> DataType.STRING;
      case BINARY, VARBINARY -> DataType.BINARY;
      case DATE -> DataType.DATE;
      case TIME -> DataType.TIME;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamp(type.getPrecision());
      default ->
          throw new TerraneException(
              ErrorCode.UNSUPPORTED, "values of type " + type + " are not supported");
    };
  }

  private static DataType decimal(int precision, int scale) {
    int digits = Math.min(Math.max(precision, 1), DataType.DECIMAL_PRECISION_MAX);
    return DataType.decimal(digits, Math.min(Math.max(scale, 0), digits));
  }

  private static DataType timestamp(int precision) {
    if (precision <= 0) {
      return DataType.TIMESTAMP_SECOND;
    }
    return DataType.timestamp(precision <= 3 ? 3 : precision <= 6 ? 6 : 9);
  }
}
