package io.terrane.query.function.builtin;

import static io.terrane.query.function.Param.TEMPORAL;
import static io.terrane.query.function.Param.TEXT;
import static io.terrane.query.function.Param.TIME;

import io.terrane.api.table.DataType;
import io.terrane.query.expr.Temporals;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** DATE_FORMAT and TIME_FORMAT with MySQL's specifiers (8.4 manual, 14.7, DATE_FORMAT). */
final class DateFormats {
  private DateFormats() {}

  static List<ScalarFunction> all() {
    return List.of(
        RowFunction.named("date_format")
            .takes(TEMPORAL, TEXT)
            .returns(DataType.STRING)
            .zoned()
            .kernel(
                (context, a, row, out) ->
                    out.setString(
                        row, format(WallClock.read(context, a[0], row), a[1].stringAt(row)))),
        RowFunction.named("time_format")
            .takes(TIME, TEXT)
            .returns(DataType.STRING)
            .kernel(
                (context, a, row, out) -> {
                  long micros = Math.floorMod(a[0].longAt(row), Temporals.MICROS_PER_DAY);
                  LocalDateTime time =
                      WallClock.today(context).atStartOfDay().plusNanos(micros * 1000);
                  out.setString(row, format(time, a[1].stringAt(row)));
                }));
  }

  static String format(LocalDateTime time, String format) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char each = format.charAt(i);
      if (each != '%' || i + 1 == format.length()) {
        text.append(each);
      } else {
        append(text, time, format.charAt(++i));
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, LocalDateTime time, char specifier) {
    int hour12 = (time.getHour() + 11) % 12 + 1;
    switch (specifier) {
      case 'a' -> text.append(time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
      case 'b' -> text.append(time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
      case 'c' -> text.append(time.getMonthValue());
      case 'D' -> text.append(time.getDayOfMonth()).append(ordinal(time.getDayOfMonth()));
      case 'd' -> pad(text, time.getDayOfMonth(), 2);
      case 'e' -> text.append(time.getDayOfMonth());
      case 'f' -> pad(text, time.getNano() / 1000, 6);
      case 'H' -> pad(text, time.getHour(), 2);
      case 'h', 'I' -> pad(text, hour12, 2);
      case 'i' -> pad(text, time.getMinute(), 2);
      case 'j' -> pad(text, time.getDayOfYear(), 3);
      case 'k' -> text.append(time.getHour());
      case 'l' -> text.append(hour12);
      case 'M' -> text.append(time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
      case 'm' -> pad(text, time.getMonthValue(), 2);
      case 'p' -> text.append(time.getHour() < 12 ? "AM" : "PM");
      case 'r' -> {
        clock(text, hour12, time);
        text.append(time.getHour() < 12 ? " AM" : " PM");
      }
      case 'S', 's' -> pad(text, time.getSecond(), 2);
      case 'T' -> clock(text, time.getHour(), time);
      case 'U' -> pad(text, Weeks.of(time.toLocalDate(), 0).number(), 2);
      case 'u' -> pad(text, Weeks.of(time.toLocalDate(), 1).number(), 2);
      case 'V' -> pad(text, Weeks.of(time.toLocalDate(), 2).number(), 2);
      case 'v' -> pad(text, Weeks.of(time.toLocalDate(), 3).number(), 2);
      case 'W' -> text.append(time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
      case 'w' -> text.append(time.getDayOfWeek().getValue() % 7);
      case 'X' -> pad(text, Weeks.of(time.toLocalDate(), 2).year(), 4);
      case 'x' -> pad(text, Weeks.of(time.toLocalDate(), 3).year(), 4);
      case 'Y' -> pad(text, time.getYear(), 4);
      case 'y' -> pad(text, time.getYear() % 100, 2);
      default -> text.append(specifier);
    }
  }

  private static void clock(StringBuilder text, int hour, LocalDateTime time) {
    pad(text, hour, 2).append(':');
    pad(text, time.getMinute(), 2).append(':');
    pad(text, time.getSecond(), 2);
  }

  private static String ordinal(int day) {
    if (day / 10 == 1) {
      return "th";
    }
    return switch (day % 10) {
      case 1 -> "st";
      case 2 -> "nd";
      case 3 -> "rd";
      default -> "th";
    };
  }

  private static StringBuilder pad(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    return text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
  }
}
