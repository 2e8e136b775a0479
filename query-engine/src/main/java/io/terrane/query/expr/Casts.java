package io.terrane.query.expr;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;

/** Builds conversions between any two types. */
public final class Casts {
  private Casts() {}

  /** {@code input} as {@code type}, leniently; {@code input} itself if it is of that type. */
  public static VectorExpr implicit(ExecutionContext context, VectorExpr input, DataType type) {
    return compile(context, input, type, CastMode.LENIENT);
  }

  public static VectorExpr compile(
      ExecutionContext context, VectorExpr input, DataType type, CastMode mode) {
    if (input.type().equals(type)) {
      return input;
    }
    if (input.constant().isPresent() && input.constant().get().isNull()) {
      return new ConstantExpr(io.terrane.api.table.Datum.ofNull(type));
    }
    VectorExpr cast = new CastExpr(input, type, converter(context, input.type(), type, mode));
    if (input.constant().isPresent() && mode != CastMode.STRICT) {
      try {
        return new ConstantExpr(cast.evaluate(Batch.ofRows(1)).datumAt(0));
      } catch (TerraneException onlyIfARowNeedsIt) {
        return cast;
      }
    }
    return cast;
  }

  /** A column's values as {@code type}, leniently; the column itself if it is of that type. */
  public static Column column(ExecutionContext context, Column column, DataType type) {
    if (column.type().equals(type)) {
      return column;
    }
    Converter converter = converter(context, column.type(), type, CastMode.LENIENT);
    return convert(column, converter, new Column(type), column.rows());
  }

  /** Whether the conversion depends on the session's time zone. */
  public static boolean readsTimeZone(DataType from, DataType to) {
    return (from.kind() == DataType.Kind.TIMESTAMP && isWallClock(to))
        || (to.kind() == DataType.Kind.TIMESTAMP && isWallClock(from));
  }

  private static boolean isWallClock(DataType type) {
    return switch (type.kind()) {
      case STRING, BINARY, DATE, TIME -> true;
      case NULL,
          BOOLEAN,
          INT8,
          INT16,
          INT32,
          INT64,
          UINT8,
          UINT16,
          UINT32,
          UINT64,
          FLOAT32,
          FLOAT64,
          DECIMAL,
          TIMESTAMP ->
          false;
    };
  }

  private static Converter converter(
      ExecutionContext context, DataType from, DataType to, CastMode mode) {
    return switch (to.kind()) {
      case NULL -> (in, row, out) -> out.setNull(row);
      case BOOLEAN -> NumberCasts.toBoolean(from, mode);
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
          NumberCasts.toInteger(from, to, mode);
      case FLOAT32, FLOAT64 -> NumberCasts.toDouble(from, to, mode);
      case DECIMAL -> NumberCasts.toDecimal(from, to, mode);
      case STRING, BINARY -> TextCasts.toText(from, to, context.timeZone());
      case DATE -> TemporalCasts.toDate(from, mode, context);
      case TIME -> TemporalCasts.toTime(from, mode, context);
      case TIMESTAMP -> TemporalCasts.toTimestamp(from, to, mode, context);
    };
  }

  /** Converts one row that is not NULL. */
  interface Converter {
    void convert(Column in, int row, Column out);
  }

  /** Called where lenient casts give up too, or where the mode is not lenient. */
  static void refuse(
      CastMode mode, ErrorCode code, String kind, String value, Column out, int row) {
    if (mode == CastMode.TRY
        || (mode == CastMode.LENIENT && code != ErrorCode.VALUE_OUT_OF_RANGE)) {
      out.setNull(row);
      return;
    }
    String what = code == ErrorCode.VALUE_OUT_OF_RANGE ? "Out of range" : "Incorrect";
    throw new TerraneException(code, what + " " + kind + " value: '" + value + "'");
  }

  private static Column convert(Column in, Converter converter, Column out, int rows) {
    out.reset(rows);
    for (int i = 0; i < rows; i++) {
      if (in.isNull(i)) {
        out.setNull(i);
      } else {
        converter.convert(in, i, out);
      }
    }
    return out;
  }

  private static final class CastExpr implements VectorExpr {
    private final VectorExpr input;
    private final Converter converter;
    private final Column out;

    CastExpr(VectorExpr input, DataType type, Converter converter) {
      this.input = input;
      this.converter = converter;
      this.out = new Column(type);
    }

    @Override
    public DataType type() {
      return out.type();
    }

    @Override
    public Column evaluate(Batch batch) {
      return convert(input.evaluate(batch), converter, out, batch.rows());
    }
  }
}
