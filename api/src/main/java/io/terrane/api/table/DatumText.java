package io.terrane.api.table;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;

/** Values as people write them. */
final class DatumText {
  private static final long MICROS = 1_000_000;

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private DatumText() {}

  static String of(Datum datum) {
    if (datum.isNull()) {
      return null;
    }
    return switch (datum.type().kind()) {
      case UINT64 -> Long.toUnsignedString((Long) datum.value());
      case DATE -> LocalDate.ofEpochDay((Long) datum.value()).toString();
      case TIME -> time((Long) datum.value());
      case TIMESTAMP -> TIMESTAMP.format(instant(datum));
      case BINARY -> {
        ByteBuffer view = ((ByteBuffer) datum.value()).duplicate();
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        yield "0x" + HexFormat.of().formatHex(bytes);
      }
      default -> datum.text();
    };
  }

  private static String time(long micros) {
    long seconds = Math.abs(micros) / MICROS;
    String whole =
        String.format(
            Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    long fraction = Math.abs(micros) % MICROS;
    String digits = fraction == 0 ? "" : String.format(Locale.ROOT, ".%06d", fraction);
    return (micros < 0 ? "-" : "") + whole + digits;
  }

  private static Instant instant(Datum datum) {
    long units = datum.type().unitsPerSecond();
    long count = (Long) datum.value();
    return Instant.ofEpochSecond(
        Math.floorDiv(count, units), Math.floorMod(count, units) * (1_000_000_000L / units));
  }
}
