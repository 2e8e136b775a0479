package io.terrane.query.parse;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.BitString;
import org.apache.calcite.util.NlsString;

/** Constants as written: literals with an optional sign. */
public final class Literals {
  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);

  private Literals() {}

  /** The value of a node that is a constant; empty for anything else. */
  public static Optional<Datum> datum(SqlNode node) {
    if (node.getKind() == SqlKind.MINUS_PREFIX || node.getKind() == SqlKind.PLUS_PREFIX) {
      Optional<Datum> operand = datum(((SqlCall) node).operand(0));
      return node.getKind() == SqlKind.PLUS_PREFIX ? operand : operand.flatMap(Literals::negated);
    }
    if (!(node instanceof SqlLiteral literal)) {
      return Optional.empty();
    }
    Object value = literal.getValue();
    if (value == null) {
      return literal.getTypeName() == SqlTypeName.NULL ? Optional.of(Datum.NULL) : Optional.empty();
    }
    if (value instanceof Boolean flag) {
      return Optional.of(Datum.of(flag));
    }
    if (value instanceof BigDecimal number) {
      boolean exact = ((SqlNumericLiteral) literal).isInteger() || isExact(literal);
      return Optional.of(exact ? exact(number) : Datum.of(number.doubleValue()));
    }
    if (value instanceof NlsString text) {
      return Optional.of(Datum.of(text.getValue()));
    }
    if (value instanceof BitString bits) {
      return Optional.of(Datum.ofBytes(bits.getAsByteArray()));
    }
    if (value instanceof ByteString bytes) {
      return Optional.of(Datum.ofBytes(bytes.getBytes()));
    }
    if (literal instanceof SqlAbstractDateTimeLiteral temporal) {
      return Optional.of(Datum.of(temporal.toFormattedString()));
    }
    return Optional.empty();
  }

  private static boolean isExact(SqlLiteral literal) {
    return literal.getTypeName() == SqlTypeName.DECIMAL;
  }

  private static Datum exact(BigDecimal number) {
    if (number.scale() <= 0 && number.compareTo(LONG_MAX) <= 0 && number.compareTo(LONG_MIN) >= 0) {
      return Datum.of(number.longValueExact());
    }
    BigDecimal plain = number.scale() < 0 ? number.setScale(0) : number;
    int precision = Math.max(plain.precision(), plain.scale());
    if (precision > DataType.DECIMAL_PRECISION_MAX) {
      return Datum.of(plain.doubleValue());
    }
    return new Datum(DataType.decimal(Math.max(1, precision), plain.scale()), plain);
  }

  private static Optional<Datum> negated(Datum value) {
    if (value.value() instanceof Long number) {
      return number == Long.MIN_VALUE ? Optional.empty() : Optional.of(Datum.of(-number));
    }
    if (value.value() instanceof Double number) {
      return Optional.of(Datum.of(-number));
    }
    if (value.value() instanceof BigDecimal number) {
      return Optional.of(exact(number.negate()));
    }
    return value.isNull() ? Optional.of(value) : Optional.empty();
  }
}
