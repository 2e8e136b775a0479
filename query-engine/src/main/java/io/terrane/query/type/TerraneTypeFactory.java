package io.terrane.query.type;

import io.terrane.api.table.DataType;
import io.terrane.query.expr.CommonType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Types as MySQL has them: texts without length or padding, UTF-8, and a common type for any two
 * values ({@link CommonType#toUnite}). One per statement, for Calcite interns types in it.
 */
public final class TerraneTypeFactory extends JavaTypeFactoryImpl {
  public TerraneTypeFactory() {
    super(new TerraneTypeSystem());
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public RelDataType createSqlType(SqlTypeName type) {
    return switch (type) {
      case CHAR, VARCHAR, BINARY, VARBINARY ->
          createSqlType(type, RelDataType.PRECISION_NOT_SPECIFIED);
      case FLOAT -> super.createSqlType(SqlTypeName.DOUBLE);
      default -> super.createSqlType(type);
    };
  }

  @Override
  public RelDataType createSqlType(SqlTypeName type, int precision) {
    return switch (type) {
      case CHAR, VARCHAR ->
          super.createSqlType(SqlTypeName.VARCHAR, RelDataType.PRECISION_NOT_SPECIFIED);
      case BINARY, VARBINARY ->
          super.createSqlType(SqlTypeName.VARBINARY, RelDataType.PRECISION_NOT_SPECIFIED);
      case FLOAT -> super.createSqlType(SqlTypeName.DOUBLE);
      case TIMESTAMP -> super.createSqlType(type, TypeMapping.fractionDigits(precision));
      default -> super.createSqlType(type, precision);
    };
  }

  @Override
  public RelDataType leastRestrictive(List<RelDataType> types) {
    return united(types) ? unite(types) : super.leastRestrictive(types);
  }

  @Override
  public RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule mappingRule) {
    return united(types) ? unite(types) : super.leastRestrictive(types, mappingRule);
  }

  private static boolean united(List<? extends RelDataType> types) {
    return types.stream().allMatch(TerraneTypeFactory::isScalar);
  }

  private static boolean isScalar(RelDataType type) {
    return !type.isStruct()
        && switch (type.getSqlTypeName()) {
          case NULL,
              BOOLEAN,
              TINYINT,
              SMALLINT,
              INTEGER,
              BIGINT,
              UTINYINT,
              USMALLINT,
              UINTEGER,
              UBIGINT,
              REAL,
              FLOAT,
              DOUBLE,
              DECIMAL,
              CHAR,
              VARCHAR,
              BINARY,
              VARBINARY,
              DATE,
              TIME,
              TIMESTAMP ->
              true;
          default -> false;
        };
  }

  private RelDataType unite(List<? extends RelDataType> types) {
    DataType common = DataType.NULL;
    boolean nullable = false;
    for (RelDataType type : types) {
      common = CommonType.toUnite(common, TypeMapping.ofSql(type));
      nullable |= type.isNullable() || type.getSqlTypeName() == SqlTypeName.NULL;
    }
    return TypeMapping.toSql(this, common, nullable);
  }
}
