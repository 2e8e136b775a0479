package io.terrane.query.function.builtin;

import java.time.DayOfWeek;
import java.time.LocalDate;

/** Week numbers in MySQL's eight modes (8.4 manual, 14.7, WEEK). */
final class Weeks {
  private Weeks() {}

  /** The number of a week and the year it belongs to. */
  record Week(int year, int number) {}

  /**
   * @param mode bit 0: weeks start on Monday; bit 1: numbers 1 to 53 instead of 0 to 53; bit 2: the
   *     other rule for the first week (four days of the year, or its first weekday)
   */
  static Week of(LocalDate date, int mode) {
    boolean monday = (mode & 1) != 0;
    boolean oneBased = (mode & 2) != 0;
    boolean fourDays = monday != ((mode & 4) != 0);
    LocalDate first = firstWeek(date.getYear(), monday, fourDays);
    if (date.isBefore(first)) {
      if (!oneBased) {
        return new Week(date.getYear(), 0);
      }
      first = firstWeek(date.getYear() - 1, monday, fourDays);
      return new Week(date.getYear() - 1, number(date, first));
    }
    if (oneBased && !date.isBefore(firstWeek(date.getYear() + 1, monday, fourDays))) {
      return new Week(date.getYear() + 1, 1);
    }
    return new Week(date.getYear(), number(date, first));
  }

  private static int number(LocalDate date, LocalDate first) {
    return (int) ((date.toEpochDay() - first.toEpochDay()) / 7) + 1;
  }

  /** The first day of week 1. */
  private static LocalDate firstWeek(int year, boolean monday, boolean fourDays) {
    LocalDate newYear = LocalDate.of(year, 1, 1);
    DayOfWeek start = monday ? DayOfWeek.MONDAY : DayOfWeek.SUNDAY;
    int since = Math.floorMod(newYear.getDayOfWeek().getValue() - start.getValue(), 7);
    boolean counts = fourDays ? since <= 3 : since == 0;
    return newYear.plusDays(counts ? -since : 7L - since);
  }
}
