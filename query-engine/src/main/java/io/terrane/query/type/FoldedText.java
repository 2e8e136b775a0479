package io.terrane.query.type;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.SqlCollation.Coercibility;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Text that compares without regard to case, as MySQL's system tables and SHOW results do: a
 * VARCHAR with a collation of its own. The mark stays with a column through sub-queries and joins;
 * what a function makes of it is plain text again.
 */
public final class FoldedText {
  private static final SqlCollation COLLATION =
      new SqlCollation(Coercibility.IMPLICIT, Locale.ROOT, StandardCharsets.UTF_8, "ci");

  private FoldedText() {}

  /** {@code type} with the mark, if it is a text. */
  public static RelDataType of(RelDataTypeFactory factory, RelDataType type) {
    if (!SqlTypeUtil.inCharFamily(type)) {
      return type;
    }
    return factory.createTypeWithNullability(
        factory.createTypeWithCharsetAndCollation(type, StandardCharsets.UTF_8, COLLATION),
        type.isNullable());
  }

  public static boolean is(RelDataType type) {
    return SqlTypeUtil.inCharFamily(type) && COLLATION.equals(type.getCollation());
  }
}
