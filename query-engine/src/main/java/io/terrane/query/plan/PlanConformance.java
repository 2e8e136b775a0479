package io.terrane.query.plan;

import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** Which of the validator's liberties are MySQL's: names of the select list are seen elsewhere. */
final class PlanConformance extends SqlDelegatingConformance {
  static final PlanConformance INSTANCE = new PlanConformance();

  private PlanConformance() {
    super(SqlConformanceEnum.MYSQL_5);
  }

  @Override
  public boolean isGroupByAlias() {
    return true;
  }

  @Override
  public boolean isGroupByOrdinal() {
    return true;
  }

  @Override
  public boolean isHavingAlias() {
    return true;
  }

  /** {@link LooseGrouping} has seen to it, column by column. */
  @Override
  public boolean isNonStrictGroupBy() {
    return false;
  }

  @Override
  public boolean allowExplicitRowValueConstructor() {
    return true;
  }

  @Override
  public boolean isValueAllowed() {
    return true;
  }

  @Override
  public boolean supportsUnsignedTypes() {
    return true;
  }

  @Override
  public boolean allowQualifyingCommonColumn() {
    return true;
  }
}
