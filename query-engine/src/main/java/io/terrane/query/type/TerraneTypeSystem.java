package io.terrane.query.type;

import io.terrane.api.table.DataType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** Limits of types: decimals of 65 digits, times of nine fraction digits. */
public final class TerraneTypeSystem extends RelDataTypeSystemImpl {
  private static final int FRACTION_DIGITS_MAX = 9;
  private static final int DECIMAL_SCALE_MAX = 30;

  @Override
  public int getMaxPrecision(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> DataType.DECIMAL_PRECISION_MAX;
      case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> FRACTION_DIGITS_MAX;
      default -> super.getMaxPrecision(type);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? DECIMAL_SCALE_MAX : super.getMaxScale(type);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName type) {
    return switch (type) {
      case VARCHAR, VARBINARY -> RelDataType.PRECISION_NOT_SPECIFIED;
      case TIME, TIMESTAMP -> 6;
      default -> super.getDefaultPrecision(type);
    };
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }
}
