package io.terrane.query.type;

import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.type.TypeMapping.Nullability;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Mixes types as COALESCE of the registry does, so that UNION, CASE and VALUES agree with it. */
public final class TerraneTypeFactory extends SqlTypeFactoryImpl {
  private final ScalarFunction mixing;

  public TerraneTypeFactory(FunctionRegistry functions) {
    super(new TerraneTypeSystem());
    this.mixing = functions.findScalar("coalesce").orElseThrow();
  }

  @Override
  public RelDataType leastRestrictive(List<RelDataType> types) {
    if (types.isEmpty() || types.stream().anyMatch(type -> !isScalar(type))) {
      return super.leastRestrictive(types);
    }
    boolean nullable = types.stream().anyMatch(RelDataType::isNullable);
    List<DataType> known = types.stream().map(TypeMapping::fromCalcite).toList();
    DataType common;
    if (known.stream().distinct().count() == 1) {
      common = known.get(0);
    } else {
      try {
        common = mixing.resultType(known);
      } catch (TerraneException noCommonType) {
        // Calcite asks for null here and then words the error with the statement's position.
        return null;
      }
    }
    return TypeMapping.toCalcite(
        this, common, nullable ? Nullability.NULLABLE : Nullability.NOT_NULL);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  private static boolean isScalar(RelDataType type) {
    return type.getSqlTypeName() != null
        && !type.isStruct()
        && !SqlTypeUtil.isInterval(type)
        && type.getComponentType() == null
        && switch (type.getSqlTypeName()) {
          case ANY, MAP, OTHER, SARG, ROW, MULTISET, ARRAY, GEOMETRY, SYMBOL -> false;
          default -> true;
        };
  }
}
