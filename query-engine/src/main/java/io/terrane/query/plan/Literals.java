package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;

/** Values as nodes of a query's text. */
final class Literals {
  private Literals() {}

  static SqlNode zero(SqlParserPos position) {
    return SqlLiteral.createExactNumeric("0", position);
  }

  static SqlDataTypeSpec booleanType(SqlParserPos position) {
    return type(SqlTypeName.BOOLEAN, -1, position);
  }

  /** Numbers of more digits than a DECIMAL has are read as doubles, as MySQL does. */
  static SqlNode normalized(SqlNumericLiteral literal) {
    if (literal.isInteger() || !(literal.getValue() instanceof BigDecimal value)) {
      return literal;
    }
    boolean fits = value.precision() <= DataType.DECIMAL_PRECISION_MAX && value.scale() <= 30;
    return fits
        ? literal
        : SqlLiteral.createApproxNumeric(value.toString(), literal.getParserPosition());
  }

  static SqlNode count(Datum value, SqlParserPos position) {
    try {
      long count = Long.parseLong(String.valueOf(value.text()));
      if (count >= 0) {
        return SqlLiteral.createExactNumeric(Long.toString(count), position);
      }
    } catch (NumberFormatException notANumber) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "LIMIT takes a whole number, not " + value, notANumber);
    }
    throw new TerraneException(ErrorCode.INVALID_ARGUMENT, "LIMIT is negative: " + value.text());
  }

  static SqlNode of(Datum datum, SqlParserPos position) {
    if (datum.isNull()) {
      return SqlLiteral.createNull(position);
    }
    return switch (datum.type().kind()) {
      case NULL -> SqlLiteral.createNull(position);
      case BOOLEAN -> SqlLiteral.createBoolean((Boolean) datum.value(), position);
      case UINT64 ->
          SqlLiteral.createExactNumeric(Long.toUnsignedString((Long) datum.value()), position);
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, DECIMAL ->
          SqlLiteral.createExactNumeric(datum.text(), position);
      case FLOAT32, FLOAT64 -> SqlLiteral.createApproxNumeric(datum.text(), position);
      case STRING -> SqlLiteral.createCharString((String) datum.value(), "UTF-8", position);
      case BINARY -> SqlLiteral.createBinaryString(bytes((ByteBuffer) datum.value()), position);
      case DATE ->
          cast(
              LocalDate.ofEpochDay((Long) datum.value()).toString(),
              type(SqlTypeName.DATE, -1, position),
              position);
      case TIME -> cast(time((Long) datum.value()), type(SqlTypeName.TIME, 6, position), position);
      case TIMESTAMP -> timestamp(datum, position);
    };
  }

  /** An instant does not depend on the session's zone, so it is not written as a cast of text. */
  private static SqlNode timestamp(Datum datum, SqlParserPos position) {
    long unit = datum.type().unitsPerSecond();
    long value = (Long) datum.value();
    long second = Math.floorDiv(value, unit);
    long nanos = Math.floorMod(value, unit) * (1_000_000_000L / unit);
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, (int) nanos, ZoneOffset.UTC);
    TimestampString text =
        new TimestampString(
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond())
            .withNanos(time.getNano());
    return SqlLiteral.createTimestamp(
        SqlTypeName.TIMESTAMP, text, datum.type().precision(), position);
  }

  /** {@code TIMESTAMP '…'} and its like are read in the session's time zone: casts of text. */
  static SqlNode temporal(String kind, String text, SqlParserPos position) {
    SqlDataTypeSpec type =
        switch (kind.toUpperCase(Locale.ROOT)) {
          case "DATE" -> type(SqlTypeName.DATE, -1, position);
          case "TIME" -> type(SqlTypeName.TIME, 6, position);
          default -> type(SqlTypeName.TIMESTAMP, fractionDigits(text), position);
        };
    return cast(text, type, position);
  }

  private static int fractionDigits(String text) {
    int point = text.lastIndexOf('.');
    return point >= 0 && text.length() - point - 1 > 6 ? 9 : 6;
  }

  private static String time(long micros) {
    long absolute = Math.abs(micros);
    return "%s%02d:%02d:%02d.%06d"
        .formatted(
            micros < 0 ? "-" : "",
            absolute / 3_600_000_000L,
            absolute / 60_000_000L % 60,
            absolute / 1_000_000L % 60,
            absolute % 1_000_000L);
  }

  private static SqlNode cast(String text, SqlDataTypeSpec type, SqlParserPos position) {
    return SqlStdOperatorTable.CAST.createCall(
        position, SqlLiteral.createCharString(text, position), type);
  }

  private static SqlDataTypeSpec type(SqlTypeName name, int precision, SqlParserPos position) {
    return new SqlDataTypeSpec(new SqlBasicTypeNameSpec(name, precision, position), position);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return copy;
  }
}
