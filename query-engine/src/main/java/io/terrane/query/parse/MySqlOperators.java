package io.terrane.query.parse;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;

/**
 * Infix operators that only live while an expression is read (for their precedence, MySQL manual
 * "Operator Precedence"); {@link OperatorNames} then turns them into calls of the functions of the
 * same name.
 */
final class MySqlOperators {
  static final SqlBinaryOperator NULL_SAFE_EQUAL = operator("<=>", 30);
  static final SqlBinaryOperator SHIFT_RIGHT = operator(">>", 36);
  static final SqlBinaryOperator BIT_OR = operator("|", 32);
  static final SqlBinaryOperator INT_DIVIDE = operator("div", 60);
  static final SqlBinaryOperator XOR = new Xor();

  static final SqlBinaryOperator COLLATE = operator("collate", 94);

  private MySqlOperators() {}

  private static SqlBinaryOperator operator(String name, int precedence) {
    return new SqlBinaryOperator(name, SqlKind.OTHER, precedence, true, null, null, null);
  }

  /** Stands between OR and AND, whose precedences, 22 and 24, are as near as even numbers are. */
  private static final class Xor extends SqlBinaryOperator {
    private static final int PRECEDENCE = 23;

    Xor() {
      super("xor", SqlKind.OTHER, PRECEDENCE - 1, true, null, null, null);
    }

    @Override
    public int getLeftPrec() {
      return PRECEDENCE;
    }

    @Override
    public int getRightPrec() {
      return PRECEDENCE + 1;
    }
  }
}
