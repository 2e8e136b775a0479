package io.terrane.query.function.builtin;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Locale;

/** Reads a text by the format of STR_TO_DATE. For one text. */
final class DateReader {
  private final String text;
  private int at;
  private int year;
  private int month = 1;
  private int day = 1;
  private int hour;
  private int minute;
  private int second;
  private int nanos;
  private int dayOfYear = -1;
  private int week = -1;
  private boolean weekFromMonday;
  private int weekday = -1;
  private boolean afternoon;
  private boolean halfDay;

  private DateReader(String text) {
    this.text = text;
  }

  /** The date and time, missing parts as in 0-01-01 00:00:00; null if the text does not fit. */
  static LocalDateTime read(String text, String format) {
    DateReader reader = new DateReader(text);
    try {
      return reader.follow(format) ? reader.result() : null;
    } catch (DateTimeException | NumberFormatException impossible) {
      return null;
    }
  }

  private boolean follow(String format) {
    for (int i = 0; i < format.length(); i++) {
      char each = format.charAt(i);
      if (Character.isWhitespace(each)) {
        skipBlanks();
      } else if (each == '%' && i + 1 < format.length()) {
        if (!take(format.charAt(++i))) {
          return false;
        }
      } else {
        skipBlanks();
        if (at >= text.length() || text.charAt(at++) != each) {
          return false;
        }
      }
    }
    return true;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean take(char specifier) {
    if (specifier != 'f') {
      skipBlanks();
    }
    switch (specifier) {
      case 'Y', 'X', 'x' -> year = number(4);
      case 'y' -> {
        int digits = number(2);
        year = digits < 70 ? 2000 + digits : 1900 + digits;
      }
      case 'm', 'c' -> month = number(2);
      case 'd', 'e' -> day = number(2);
      case 'D' -> {
        day = number(2);
        at += 2;
      }
      case 'H', 'k' -> hour = number(2);
      case 'h', 'I', 'l' -> {
        hour = number(2);
        halfDay = true;
      }
      case 'i' -> minute = number(2);
      case 's', 'S' -> second = number(2);
      case 'f' -> {
        int from = at;
        int digits = number(6);
        nanos = digits * (int) Math.pow(10, 9 - (at - from));
      }
      case 'j' -> dayOfYear = number(3);
      case 'U', 'V', 'u', 'v' -> {
        week = number(2);
        weekFromMonday = specifier == 'u' || specifier == 'v';
      }
      case 'w' -> weekday = number(1);
      case 'p' -> {
        afternoon = text.regionMatches(true, at, "PM", 0, 2);
        halfDay = true;
        at += 2;
      }
      case 'b', 'M' -> month = name(specifier == 'b' ? TextStyle.SHORT : TextStyle.FULL);
      case 'a', 'W' -> weekday = weekdayName(specifier == 'a' ? TextStyle.SHORT : TextStyle.FULL);
      case 'T' -> {
        return follow("%H:%i:%S");
      }
      case 'r' -> {
        return follow("%h:%i:%S %p");
      }
      case '%' -> {
        return at < text.length() && text.charAt(at++) == '%';
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private int number(int digitsMax) {
    int from = at;
    while (at < text.length() && at - from < digitsMax && Character.isDigit(text.charAt(at))) {
      at++;
    }
    return Integer.parseInt(text.substring(from, at));
  }

  private int name(TextStyle style) {
    for (Month each : Month.values()) {
      String name = each.getDisplayName(style, Locale.ENGLISH);
      if (text.regionMatches(true, at, name, 0, name.length())) {
        at += name.length();
        return each.getValue();
      }
    }
    throw new DateTimeException("no month at " + at + " of " + text);
  }

  private int weekdayName(TextStyle style) {
    for (DayOfWeek each : DayOfWeek.values()) {
      String name = each.getDisplayName(style, Locale.ENGLISH);
      if (text.regionMatches(true, at, name, 0, name.length())) {
        at += name.length();
        return each.getValue() % 7;
      }
    }
    throw new DateTimeException("no day of week at " + at + " of " + text);
  }

  private LocalDateTime result() {
    int hourOfDay = halfDay ? hour % 12 + (afternoon ? 12 : 0) : hour;
    return date().atTime(LocalTime.of(hourOfDay, minute, second, nanos));
  }

  private LocalDate date() {
    if (dayOfYear >= 0) {
      return LocalDate.ofYearDay(year, dayOfYear);
    }
    if (week < 0 || weekday < 0) {
      return LocalDate.of(year, month, day);
    }
    int mode = weekFromMonday ? 3 : 2;
    LocalDate guess = LocalDate.of(year, 1, 4).plusWeeks(week - 1L);
    for (int shift = -10; shift <= 10; shift++) {
      LocalDate date = guess.plusDays(shift);
      boolean fits =
          date.getDayOfWeek().getValue() % 7 == weekday
              && Weeks.of(date, mode).equals(new Weeks.Week(year, week));
      if (fits) {
        return date;
      }
    }
    throw new DateTimeException("year " + year + " has no week " + week);
  }
}
