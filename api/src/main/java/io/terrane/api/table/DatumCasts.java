package io.terrane.api.table;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Values brought into another type as ALTER TABLE does with those that are stored: numbers lose the
 * fraction that does not fit, texts are read, and what the new type cannot hold becomes NULL.
 */
public final class DatumCasts {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(Long.SIZE);

  /** Before the point; more fit no exact type, and are not written out to find that. */
  private static final int DIGITS_MAX = 100;

  private static final long SECONDS_PER_DAY = 86_400;

  private DatumCasts() {}

  /** Whether values of {@code from} can be brought into {@code to} at all. */
  public static boolean isPossible(DataType from, DataType to) {
    if (from.equals(to) || to.kind() == DataType.Kind.STRING) {
      return true;
    }
    boolean simple = to.isNumeric() || to.kind() == DataType.Kind.BOOLEAN;
    return switch (from.kind()) {
      case STRING -> simple || to.kind() == DataType.Kind.BINARY;
      case TIMESTAMP ->
          to.kind() == DataType.Kind.TIMESTAMP
              || to.kind() == DataType.Kind.DATE
              || to.kind() == DataType.Kind.INT64;
      case DATE -> to.kind() == DataType.Kind.TIMESTAMP;
      case TIME, BINARY, NULL -> false;
      default -> simple;
    };
  }

  /** Whether every value of {@code from} has one in {@code to}, if not always the very same. */
  public static boolean isTotal(DataType from, DataType to) {
    if (from.equals(to) || !isPossible(from, to)) {
      return from.equals(to);
    }
    return switch (to.kind()) {
      case STRING, BINARY, DATE -> true;
      case FLOAT32, FLOAT64 -> from.kind() != DataType.Kind.STRING;
      case TIMESTAMP ->
          from.kind() == DataType.Kind.TIMESTAMP && to.unitsPerSecond() <= from.unitsPerSecond();
      case BOOLEAN -> isExact(from);
      default ->
          from.kind() == DataType.Kind.TIMESTAMP
              || from.kind() == DataType.Kind.BOOLEAN
              || (isExact(from) && fits(from, to));
    };
  }

  /** Among integers and decimals; a decimal that loses digits may gain one by rounding. */
  private static boolean fits(DataType from, DataType to) {
    if (from.isInteger() && to.isInteger()) {
      return from.isUnsigned() == to.isUnsigned()
          ? bits(to) >= bits(from)
          : from.isUnsigned() && bits(to) > bits(from);
    }
    int spare = to.isInteger() || from.scale() > to.scale() ? 1 : 0;
    return !to.isUnsigned() && wholeDigits(from) + spare <= wholeDigits(to);
  }

  private static int bits(DataType integer) {
    return switch (integer.kind()) {
      case INT8, UINT8 -> 8;
      case INT16, UINT16 -> 16;
      case INT32, UINT32 -> 32;
      default -> 64;
    };
  }

  private static int wholeDigits(DataType exact) {
    if (exact.kind() == DataType.Kind.DECIMAL) {
      return exact.precision() - exact.scale();
    }
    return BigInteger.ONE.shiftLeft(bits(exact)).toString().length();
  }

  /** The value in {@code to}; NULL if it has none there. */
  public static Datum cast(Datum value, DataType to) {
    if (value.isNull() || value.type().equals(to)) {
      return value.isNull() ? Datum.ofNull(to) : value;
    }
    if (to.kind() == DataType.Kind.STRING) {
      return new Datum(to, display(value));
    }
    if (to.kind() == DataType.Kind.BINARY && value.value() instanceof String text) {
      return Datum.ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }
    if (isTemporal(value.type()) || isTemporal(to)) {
      return temporal(value, to);
    }
    if (value.type().isFloating() && to.isFloating()) { // infinities are kept
      double number = (Double) value.value();
      return new Datum(to, to.kind() == DataType.Kind.FLOAT32 ? (double) (float) number : number);
    }
    return number(value)
        .filter(number -> !isExact(to) || number.precision() - number.scale() <= DIGITS_MAX)
        .flatMap(number -> ofNumber(number, to))
        .orElseGet(() -> Datum.ofNull(to));
  }

  private static String display(Datum value) {
    return value.type().kind() == DataType.Kind.FLOAT32
        ? Float.toString(((Double) value.value()).floatValue())
        : value.display();
  }

  private static boolean isTemporal(DataType type) {
    return type.kind() == DataType.Kind.TIMESTAMP || type.kind() == DataType.Kind.DATE;
  }

  private static Datum temporal(Datum value, DataType to) {
    if (!isPossible(value.type(), to)) {
      return Datum.ofNull(to);
    }
    long count = (Long) value.value();
    if (to.kind() == DataType.Kind.INT64) {
      return new Datum(to, count);
    }
    try {
      if (value.type().kind() == DataType.Kind.DATE) {
        long perDay = Math.multiplyExact(to.unitsPerSecond(), SECONDS_PER_DAY);
        return new Datum(to, Math.multiplyExact(count, perDay));
      }
      long units = value.type().unitsPerSecond();
      if (to.kind() == DataType.Kind.DATE) {
        return new Datum(to, Math.floorDiv(count, units * SECONDS_PER_DAY));
      }
      long wanted = to.unitsPerSecond();
      return new Datum(
          to,
          wanted >= units
              ? Math.multiplyExact(count, wanted / units)
              : Math.floorDiv(count, units / wanted));
    } catch (ArithmeticException overflow) {
      return Datum.ofNull(to);
    }
  }

  private static boolean isExact(DataType type) {
    return type.isInteger() || type.kind() == DataType.Kind.DECIMAL;
  }

  private static Optional<BigDecimal> number(Datum value) {
    Object held = value.value();
    if (held instanceof Boolean truth) {
      return Optional.of(truth ? BigDecimal.ONE : BigDecimal.ZERO);
    } else if (held instanceof Long whole) {
      boolean wraps = value.type().kind() == DataType.Kind.UINT64 && whole < 0;
      BigInteger big = BigInteger.valueOf(whole);
      return Optional.of(new BigDecimal(wraps ? big.add(TWO_TO_64) : big));
    } else if (held instanceof Double floating) {
      return Double.isFinite(floating)
          ? Optional.of(new BigDecimal(floating.toString()))
          : Optional.empty();
    } else if (held instanceof BigDecimal decimal) {
      return Optional.of(decimal);
    } else if (held instanceof String text) {
      return parsed(text.strip());
    }
    return Optional.empty();
  }

  private static Optional<BigDecimal> parsed(String text) {
    if (text.equalsIgnoreCase("true")) {
      return Optional.of(BigDecimal.ONE);
    } else if (text.equalsIgnoreCase("false")) {
      return Optional.of(BigDecimal.ZERO);
    }
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  private static Optional<Datum> ofNumber(BigDecimal number, DataType to) {
    switch (to.kind()) {
      case BOOLEAN:
        return Optional.of(new Datum(to, number.signum() != 0));
      case FLOAT64:
        return Optional.of(new Datum(to, number.doubleValue()));
      case FLOAT32:
        return Optional.of(new Datum(to, (double) number.floatValue()));
      case DECIMAL:
        BigDecimal scaled = number.setScale(to.scale(), RoundingMode.HALF_UP);
        return scaled.precision() > to.precision()
            ? Optional.empty()
            : Optional.of(new Datum(to, scaled));
      default:
        return integer(number, to);
    }
  }

  private static Optional<Datum> integer(BigDecimal number, DataType to) {
    // A floating value loses its fraction, as CAST in GreptimeDB does.
    BigInteger whole = number.setScale(0, RoundingMode.DOWN).toBigInteger();
    int bits = bits(to);
    BigInteger low =
        to.isUnsigned() ? BigInteger.ZERO : BigInteger.ONE.shiftLeft(bits - 1).negate();
    BigInteger high = low.add(BigInteger.ONE.shiftLeft(bits)).subtract(BigInteger.ONE);
    boolean fits = whole.compareTo(low) >= 0 && whole.compareTo(high) <= 0;
    return fits ? Optional.of(new Datum(to, whole.longValue())) : Optional.empty();
  }
}
