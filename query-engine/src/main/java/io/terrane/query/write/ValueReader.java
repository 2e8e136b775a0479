package io.terrane.query.write;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.plan.PlanContext;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.util.NlsString;

/** Reads the constants of a VALUES list without planning them. */
final class ValueReader {
  private final PlanContext context;

  ValueReader(PlanContext context) {
    this.context = context;
  }

  /** The value, or empty if the node is an expression that must be computed. */
  Optional<Datum> read(SqlNode node) {
    if (node instanceof SqlDynamicParam param && context.parameters().isPresent()) {
      return Optional.of(context.parameters().get().get(param.getIndex()));
    } else if (node instanceof SqlNumericLiteral number) {
      return Optional.of(number(number));
    } else if (node.getKind() == SqlKind.MINUS_PREFIX
        && ((SqlCall) node).operand(0) instanceof SqlNumericLiteral number) {
      return Optional.of(negated(number(number)));
    } else if (node instanceof SqlUnknownLiteral temporal) {
      return Optional.of(Datum.of(temporal.getValue()));
    } else if (node instanceof SqlLiteral literal) {
      return literal(literal);
    }
    return Optional.empty();
  }

  private static Optional<Datum> literal(SqlLiteral literal) {
    Object value = literal.getValue();
    if (value == null) {
      return Optional.of(Datum.NULL);
    } else if (value instanceof Boolean flag) {
      return Optional.of(Datum.of(flag));
    } else if (value instanceof NlsString text) {
      return Optional.of(Datum.of(text.getValue()));
    }
    return Optional.empty();
  }

  private static Datum number(SqlNumericLiteral literal) {
    if (literal.getValue() instanceof Double approximate) {
      return Datum.of(approximate);
    }
    BigDecimal value = literal.bigDecimalValue();
    return literal.isExact() ? exact(value) : Datum.of(value.doubleValue());
  }

  /** A number without exponent. */
  static Datum exact(BigDecimal value) {
    if (value.scale() <= 0 && value.toBigInteger().bitLength() < Long.SIZE) {
      return Datum.of(value.longValueExact());
    }
    int scale = Math.max(0, value.scale());
    int precision = Math.max(value.precision(), scale);
    return precision > DataType.DECIMAL_PRECISION_MAX
        ? Datum.of(value.doubleValue())
        : new Datum(DataType.decimal(Math.max(1, precision), scale), value.setScale(scale));
  }

  static Datum negated(Datum number) {
    if (number.value() instanceof Long value) {
      return Datum.of(-value);
    } else if (number.value() instanceof Double value) {
      return Datum.of(-value);
    }
    return new Datum(number.type(), ((BigDecimal) number.value()).negate());
  }
}
