package io.terrane.api.table;

import java.util.function.Function;

/** A region's condition on the partition columns, in SQL's three-valued logic. */
public sealed interface PartitionExpr {
  /** How a column is compared with a bound. The names are persisted. */
  enum Op {
    EQ("="),
    NE("<>"),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">=");

    private final String sql;

    Op(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }

    boolean holds(int comparison) {
      return switch (this) {
        case EQ -> comparison == 0;
        case NE -> comparison != 0;
        case LT -> comparison < 0;
        case LE -> comparison <= 0;
        case GT -> comparison > 0;
        case GE -> comparison >= 0;
      };
    }
  }

  /** Whether a row with these column values belongs to the region; NULL answers false. */
  boolean matches(Function<String, Datum> row);

  /** {@code column op bound}; the bound has the column's type. */
  record Compare(String column, Op op, Datum bound) implements PartitionExpr {
    @Override
    public boolean matches(Function<String, Datum> row) {
      Datum value = row.apply(column);
      return !value.isNull() && op.holds(Datums.compare(value, bound));
    }
  }

  /** Both hold. */
  record And(PartitionExpr left, PartitionExpr right) implements PartitionExpr {
    @Override
    public boolean matches(Function<String, Datum> row) {
      return left.matches(row) && right.matches(row);
    }
  }

  /** One holds. */
  record Or(PartitionExpr left, PartitionExpr right) implements PartitionExpr {
    @Override
    public boolean matches(Function<String, Datum> row) {
      return left.matches(row) || right.matches(row);
    }
  }
}
