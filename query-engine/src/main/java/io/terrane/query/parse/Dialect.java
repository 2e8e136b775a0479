package io.terrane.query.parse;

import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** How far the grammar is MySQL's; the validator uses the same. */
public final class Dialect {
  public static final SqlConformance CONFORMANCE =
      new SqlDelegatingConformance(SqlConformanceEnum.MYSQL_5) {
        @Override
        public boolean isLimitStartCountAllowed() {
          return true;
        }

        @Override
        public boolean isOffsetLimitAllowed() {
          return true;
        }

        @Override
        public boolean supportsUnsignedTypes() {
          return true;
        }

        @Override
        public boolean isPercentRemainderAllowed() {
          return true;
        }

        @Override
        public boolean isBangEqualAllowed() {
          return true;
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

        @Override
        public boolean isInsertSubsetColumnsAllowed() {
          return true;
        }

        @Override
        public boolean allowExplicitRowValueConstructor() {
          return true;
        }

        @Override
        public boolean allowNiladicParentheses() {
          return true;
        }

        @Override
        public boolean isValueAllowed() {
          return true;
        }
      };

  private Dialect() {}
}
