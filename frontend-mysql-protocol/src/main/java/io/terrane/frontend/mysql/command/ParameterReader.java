package io.terrane.frontend.mysql.command;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.frontend.mysql.message.ParameterType;
import io.terrane.frontend.mysql.packet.PayloadReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;

/**
 * Reads parameters in their binary form. Drivers send text and bytes under the same types, so what
 * is valid UTF-8 becomes a STRING and what is not a BINARY: a column of either kind takes the
 * first.
 *
 * <p>Source: MySQL manual, "Binary Protocol Value".
 */
final class ParameterReader {
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final ZoneId zone;

  /**
   * @param zone in which the client means dates with times
   */
  ParameterReader(ZoneId zone) {
    this.zone = zone;
  }

  Datum read(ParameterType parameter, PayloadReader in) {
    boolean unsigned = parameter.sign() == ParameterType.Sign.UNSIGNED;
    return switch (parameter.type()) {
      case NULL -> Datum.NULL;
      case TINY -> {
        int value = in.readUint8();
        yield unsigned
            ? new Datum(DataType.UINT8, (long) value)
            : new Datum(DataType.INT8, (long) (byte) value);
      }
      case SHORT, YEAR -> {
        int value = in.readUint16();
        yield unsigned
            ? new Datum(DataType.UINT16, (long) value)
            : new Datum(DataType.INT16, (long) (short) value);
      }
      case LONG, INT24 -> {
        long value = in.readUint32();
        yield unsigned
            ? new Datum(DataType.UINT32, value)
            : new Datum(DataType.INT32, (long) (int) value);
      }
      case LONGLONG -> new Datum(unsigned ? DataType.UINT64 : DataType.INT64, in.readInt64());
      case FLOAT -> new Datum(DataType.FLOAT32, (double) Float.intBitsToFloat(in.readInt32()));
      case DOUBLE -> Datum.of(Double.longBitsToDouble(in.readInt64()));
      case DECIMAL, NEWDECIMAL -> readDecimal(in);
      case DATE, NEWDATE ->
          new Datum(DataType.DATE, readDateAndTime(in).toLocalDate().toEpochDay());
      case DATETIME, TIMESTAMP -> readTimestamp(in);
      case TIME -> readTime(in);
      case BIT,
          VARCHAR,
          VAR_STRING,
          STRING,
          ENUM,
          SET,
          JSON,
          TINY_BLOB,
          MEDIUM_BLOB,
          LONG_BLOB,
          BLOB,
          GEOMETRY ->
          ofBytes(in.readLengthBytes());
    };
  }

  static Datum ofBytes(byte[] bytes) {
    try {
      return Datum.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Datum.ofBytes(bytes);
    }
  }

  private static Datum readDecimal(PayloadReader in) {
    String text = in.readLengthString();
    BigDecimal value;
    try {
      value = new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw new TerraneException(
          ErrorCode.INCORRECT_VALUE, "Incorrect decimal value: '" + text + "' for a parameter", e);
    }
    // Checked before any digit is written out: an exponent costs its reader memory.
    if (value.precision() - (long) value.scale() <= DataType.DECIMAL_PRECISION_MAX
        && value.scale() <= DataType.DECIMAL_PRECISION_MAX) {
      BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
      int precision = Math.max(plain.precision(), Math.max(1, plain.scale()));
      if (precision <= DataType.DECIMAL_PRECISION_MAX) {
        return new Datum(DataType.decimal(precision, plain.scale()), plain);
      }
    }
    throw new TerraneException(
        ErrorCode.VALUE_OUT_OF_RANGE, "Out of range decimal value '" + text + "' for a parameter");
  }

  private Datum readTimestamp(PayloadReader in) {
    Instant instant = readDateAndTime(in).atZone(zone).toInstant();
    long micros = instant.getEpochSecond() * MICROS_PER_SECOND + instant.getNano() / 1000;
    return new Datum(DataType.TIMESTAMP_MICROS, micros);
  }

  private static LocalDateTime readDateAndTime(PayloadReader in) {
    int length = in.readUint8();
    if (length != 0 && length != 4 && length != 7 && length != 11) {
      throw badLength("date", length);
    }
    int year = length >= 4 ? in.readUint16() : 0;
    int month = length >= 4 ? in.readUint8() : 0;
    int day = length >= 4 ? in.readUint8() : 0;
    int hour = length >= 7 ? in.readUint8() : 0;
    int minute = length >= 7 ? in.readUint8() : 0;
    int second = length >= 7 ? in.readUint8() : 0;
    long micros = length == 11 ? in.readUint32() : 0;
    try {
      return LocalDateTime.of(
          LocalDate.of(year, month, day),
          LocalTime.of(hour, minute, second, Math.toIntExact(micros * 1000)));
    } catch (DateTimeException | ArithmeticException e) {
      throw new TerraneException(
          ErrorCode.INCORRECT_TIME_VALUE,
          String.format(
              Locale.ROOT,
              "Incorrect datetime value: '%04d-%02d-%02d %02d:%02d:%02d.%06d' for a parameter",
              year,
              month,
              day,
              hour,
              minute,
              second,
              micros),
          e);
    }
  }

  private static Datum readTime(PayloadReader in) {
    int length = in.readUint8();
    if (length != 0 && length != 8 && length != 12) {
      throw badLength("time", length);
    }
    if (length == 0) {
      return new Datum(DataType.TIME, 0L);
    }
    boolean negative = in.readUint8() != 0;
    long days = in.readUint32();
    long hours = in.readUint8();
    long minutes = in.readUint8();
    long seconds = in.readUint8();
    long fraction = length == 12 ? in.readUint32() : 0;
    long micros =
        (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * MICROS_PER_SECOND + fraction;
    return new Datum(DataType.TIME, negative ? -micros : micros);
  }

  private static TerraneException badLength(String what, int length) {
    return new TerraneException(
        ErrorCode.MALFORMED_PACKET,
        "Malformed communication packet: a " + what + " of " + length + " bytes");
  }
}
