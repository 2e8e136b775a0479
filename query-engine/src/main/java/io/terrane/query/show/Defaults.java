package io.terrane.query.show;

import io.terrane.api.table.ColumnDefault;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;

/** Column defaults as text. */
final class Defaults {
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  private Defaults() {}

  /** As DESC prints it. */
  static String shown(ColumnDefault value) {
    return switch (value.kind()) {
      case CURRENT_TIMESTAMP -> "current_timestamp()";
      case VALUE -> text(value.value());
    };
  }

  /** As CREATE TABLE reads it. */
  static String ddl(ColumnDefault value) {
    if (value.kind() == ColumnDefault.Kind.CURRENT_TIMESTAMP) {
      return "current_timestamp()";
    }
    DataType type = value.value().type();
    boolean bare = type.isNumeric() || type.kind() == DataType.Kind.BOOLEAN;
    String text = text(value.value());
    return bare ? text : "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static String text(Datum datum) {
    return switch (datum.type().kind()) {
      case UINT64 -> Long.toUnsignedString((Long) datum.value());
      case DATE -> LocalDate.ofEpochDay((Long) datum.value()).toString();
      case TIME -> LocalTime.ofNanoOfDay((Long) datum.value() * 1_000).toString();
      case TIMESTAMP -> TIMESTAMP.format(instant(datum));
      case BINARY -> {
        ByteBuffer view = ((ByteBuffer) datum.value()).duplicate();
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        yield "0x" + HexFormat.of().formatHex(bytes);
      }
      case NULL,
          BOOLEAN,
          INT8,
          INT16,
          INT32,
          INT64,
          UINT8,
          UINT16,
          UINT32,
          FLOAT32,
          FLOAT64,
          DECIMAL,
          STRING ->
          String.valueOf(datum.value());
    };
  }

  private static Instant instant(Datum datum) {
    long units = datum.type().unitsPerSecond();
    long value = (Long) datum.value();
    return Instant.ofEpochSecond(
        Math.floorDiv(value, units), Math.floorMod(value, units) * (1_000_000_000L / units));
  }
}
