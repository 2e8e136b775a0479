package io.terrane.query.type;

import io.terrane.api.table.DataType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** MySQL's limits (8.4 manual, 13.1.3): 65 decimal digits; our timestamps go to nanoseconds. */
final class TerraneTypeSystem extends RelDataTypeSystemImpl {
  private static final int DECIMAL_SCALE_MAX = 30;
  private static final int TIMESTAMP_PRECISION_MAX = 9;
  private static final int TIME_PRECISION = 6;

  @Override
  public int getMaxPrecision(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> DataType.DECIMAL_PRECISION_MAX;
      case TIMESTAMP -> TIMESTAMP_PRECISION_MAX;
      case TIME -> TIME_PRECISION;
      case VARCHAR, CHAR, VARBINARY, BINARY -> RelDataType.PRECISION_NOT_SPECIFIED;
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
      case DECIMAL -> DataType.DECIMAL_PRECISION_MAX;
      case VARCHAR, CHAR, VARBINARY, BINARY -> RelDataType.PRECISION_NOT_SPECIFIED;
      default -> super.getDefaultPrecision(type);
    };
  }
}
