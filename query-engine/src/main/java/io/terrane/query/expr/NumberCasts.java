package io.terrane.query.expr;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Casts.Converter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Conversions to numbers. */
final class NumberCasts {
  private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal UNSIGNED_MAX =
      new BigDecimal(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE));

  private NumberCasts() {}

  static Converter toBoolean(DataType from, CastMode mode) {
    return switch (Column.Storage.of(from)) {
      case LONG -> (in, row, out) -> out.setBoolean(row, in.longAt(row) != 0);
      case DOUBLE -> (in, row, out) -> out.setBoolean(row, in.doubleAt(row) != 0);
      case DECIMAL -> (in, row, out) -> out.setBoolean(row, in.decimalAt(row).signum() != 0);
      case BYTES -> (in, row, out) -> textToBoolean(in.stringAt(row), row, out, mode);
    };
  }

  private static void textToBoolean(String text, int row, Column out, CastMode mode) {
    switch (text.trim().toLowerCase(java.util.Locale.ROOT)) {
      case "true", "t", "yes" -> out.setBoolean(row, true);
      case "false", "f", "no" -> out.setBoolean(row, false);
      default -> {
        NumberText number = NumberText.of(text);
        if (number.complete() || mode == CastMode.LENIENT) {
          out.setBoolean(row, number.toDouble() != 0);
        } else {
          Casts.refuse(mode, ErrorCode.INCORRECT_VALUE, "BOOLEAN", text, out, row);
        }
      }
    }
  }

  static Converter toInteger(DataType from, DataType to, CastMode mode) {
    return switch (Column.Storage.of(from)) {
      case LONG -> longToInteger(from, to, mode);
      case DOUBLE ->
          (in, row, out) -> {
            double value = in.doubleAt(row);
            if (!Double.isFinite(value)) {
              refuseNotFinite(value, to, mode, out, row);
            } else if (Math.abs(value) < 9e15) {
              bounded((long) Math.rint(value), to, mode, out, row);
            } else {
              double capped = Math.max(-1e30, Math.min(1e30, value));
              bounded(new BigDecimal(capped), to, mode, out, row);
            }
          };
      case DECIMAL -> (in, row, out) -> bounded(in.decimalAt(row), to, mode, out, row);
      case BYTES ->
          (in, row, out) -> {
            NumberText number = NumberText.of(in.stringAt(row));
            if (mode == CastMode.LENIENT) {
              bounded(number.toInteger(), to, mode, out, row);
            } else if (number.complete()) {
              bounded(number.toDecimal(), to, mode, out, row);
            } else {
              Casts.refuse(mode, ErrorCode.INCORRECT_VALUE, "integer", in.stringAt(row), out, row);
            }
          };
    };
  }

  private static void refuseNotFinite(
      double value, DataType to, CastMode mode, Column out, int row) {
    Casts.refuse(mode, ErrorCode.VALUE_OUT_OF_RANGE, to.toString(), NumberText.of(value), out, row);
  }

  private static Converter longToInteger(DataType from, DataType to, CastMode mode) {
    boolean fromUnsigned = from.kind() == DataType.Kind.UINT64;
    if (mode == CastMode.LENIENT
        && (to.kind() == DataType.Kind.UINT64 || to.kind() == DataType.Kind.INT64)) {
      // CAST(-1 AS UNSIGNED) keeps the bits.
      return (in, row, out) -> out.setLong(row, in.longAt(row));
    }
    return (in, row, out) -> {
      long value = in.longAt(row);
      if (fromUnsigned && value < 0) {
        bounded(Decimals.ofLong(value, from), to, mode, out, row);
      } else {
        bounded(value, to, mode, out, row);
      }
    };
  }

  private static void bounded(long value, DataType to, CastMode mode, Column out, int row) {
    boolean fits =
        switch (to.kind()) {
          case INT8 -> value == (byte) value;
          case INT16 -> value == (short) value;
          case INT32 -> value == (int) value;
          case UINT8 -> value == (value & 0xff);
          case UINT16 -> value == (value & 0xffff);
          case UINT32 -> value == (value & 0xffffffffL);
          case UINT64 -> value >= 0 || mode == CastMode.LENIENT;
          case INT64 -> true;
          case NULL, BOOLEAN, FLOAT32, FLOAT64, DECIMAL, STRING, BINARY, DATE, TIME, TIMESTAMP ->
              false;
        };
    if (fits) {
      out.setLong(row, value);
    } else {
      Casts.refuse(
          mode, ErrorCode.VALUE_OUT_OF_RANGE, to.toString(), Long.toString(value), out, row);
    }
  }

  private static void bounded(BigDecimal value, DataType to, CastMode mode, Column out, int row) {
    BigDecimal rounded = value.setScale(0, RoundingMode.HALF_UP);
    boolean unsigned = to.kind() == DataType.Kind.UINT64;
    BigDecimal max = unsigned ? UNSIGNED_MAX : LONG_MAX;
    if (rounded.compareTo(max) <= 0 && rounded.compareTo(LONG_MIN) >= 0) {
      if (unsigned && rounded.compareTo(LONG_MAX) > 0) {
        out.setLong(row, rounded.toBigInteger().longValue());
      } else {
        bounded(rounded.longValueExact(), to, mode, out, row);
      }
    } else if (mode == CastMode.LENIENT) {
      bounded(
          rounded.signum() < 0 ? Long.MIN_VALUE : unsigned ? -1 : Long.MAX_VALUE,
          to,
          mode,
          out,
          row);
    } else {
      Casts.refuse(
          mode, ErrorCode.VALUE_OUT_OF_RANGE, to.toString(), value.toPlainString(), out, row);
    }
  }

  static Converter toDouble(DataType from, DataType to, CastMode mode) {
    boolean single = to.kind() == DataType.Kind.FLOAT32;
    return switch (Column.Storage.of(from)) {
      case LONG -> {
        boolean unsigned = from.kind() == DataType.Kind.UINT64;
        yield (in, row, out) -> {
          long value = in.longAt(row);
          double number =
              unsigned && value < 0 ? Decimals.ofLong(value, from).doubleValue() : value;
          out.setDouble(row, single ? (float) number : number);
        };
      }
      case DOUBLE ->
          (in, row, out) ->
              out.setDouble(row, single ? (float) in.doubleAt(row) : in.doubleAt(row));
      case DECIMAL ->
          (in, row, out) ->
              out.setDouble(
                  row, single ? in.decimalAt(row).floatValue() : in.decimalAt(row).doubleValue());
      case BYTES ->
          (in, row, out) -> {
            NumberText number = NumberText.of(in.stringAt(row));
            double special = number.text().isEmpty() ? NumberText.notFinite(in.stringAt(row)) : 0;
            if (number.complete() || special != 0 || mode == CastMode.LENIENT) {
              double value = special != 0 ? special : number.toDouble();
              out.setDouble(row, single ? (float) value : value);
            } else {
              Casts.refuse(mode, ErrorCode.INCORRECT_VALUE, "DOUBLE", in.stringAt(row), out, row);
            }
          };
    };
  }

  static Converter toDecimal(DataType from, DataType to, CastMode mode) {
    return switch (Column.Storage.of(from)) {
      case LONG -> (in, row, out) -> fit(Decimals.ofLong(in.longAt(row), from), to, mode, out, row);
      case DOUBLE ->
          (in, row, out) -> {
            double value = in.doubleAt(row);
            if (!Double.isFinite(value)) {
              refuseNotFinite(value, to, mode, out, row);
            } else {
              String text =
                  from.kind() == DataType.Kind.FLOAT32
                      ? Float.toString((float) value)
                      : Double.toString(Math.max(-1e80, Math.min(1e80, value)));
              fit(NumberText.of(text).toDecimal(), to, mode, out, row);
            }
          };
      case DECIMAL -> (in, row, out) -> fit(in.decimalAt(row), to, mode, out, row);
      case BYTES ->
          (in, row, out) -> {
            NumberText number = NumberText.of(in.stringAt(row));
            if (number.complete() || mode == CastMode.LENIENT) {
              fit(number.toDecimal(), to, mode, out, row);
            } else {
              Casts.refuse(mode, ErrorCode.INCORRECT_VALUE, "DECIMAL", in.stringAt(row), out, row);
            }
          };
    };
  }

  private static void fit(BigDecimal value, DataType to, CastMode mode, Column out, int row) {
    BigDecimal scaled = value.setScale(to.scale(), RoundingMode.HALF_UP);
    if (scaled.precision() <= to.precision() || scaled.signum() == 0) {
      out.setDecimal(row, scaled);
    } else if (mode == CastMode.LENIENT) {
      BigDecimal most =
          new BigDecimal(BigInteger.TEN.pow(to.precision()).subtract(BigInteger.ONE), to.scale());
      out.setDecimal(row, scaled.signum() < 0 ? most.negate() : most);
    } else {
      Casts.refuse(
          mode, ErrorCode.VALUE_OUT_OF_RANGE, to.toString(), value.toPlainString(), out, row);
    }
  }
}
