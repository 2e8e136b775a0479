package io.terrane.api.table;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time as table options give them: {@code 7d}, {@code 90 days}, {@code 1h 30m}; {@code
 * instant} is none; {@code forever}, {@code 0s} and nothing at all mean no end. A month is 30.44
 * days and a year 365.25, as in the Rust crate humantime, whose texts GreptimeDB takes.
 */
public final class DurationText {
  private static final Pattern PART = Pattern.compile("\\G\\s*(\\d{1,18})\\s*([A-Za-z]+)\\s*");

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MONTH = Duration.ofSeconds(2_630_016);
  private static final Duration YEAR = Duration.ofSeconds(31_557_600);

  /** {@code M} alone is a month, {@code m} a minute; otherwise case does not matter. */
  private static final Map<String, Duration> UNITS =
      Map.ofEntries(
          Map.entry("ns", Duration.ofNanos(1)),
          Map.entry("nsec", Duration.ofNanos(1)),
          Map.entry("us", Duration.ofNanos(1_000)),
          Map.entry("usec", Duration.ofNanos(1_000)),
          Map.entry("ms", Duration.ofMillis(1)),
          Map.entry("msec", Duration.ofMillis(1)),
          Map.entry("s", Duration.ofSeconds(1)),
          Map.entry("sec", Duration.ofSeconds(1)),
          Map.entry("second", Duration.ofSeconds(1)),
          Map.entry("m", Duration.ofMinutes(1)),
          Map.entry("min", Duration.ofMinutes(1)),
          Map.entry("minute", Duration.ofMinutes(1)),
          Map.entry("h", Duration.ofHours(1)),
          Map.entry("hr", Duration.ofHours(1)),
          Map.entry("hour", Duration.ofHours(1)),
          Map.entry("d", DAY),
          Map.entry("day", DAY),
          Map.entry("w", DAY.multipliedBy(7)),
          Map.entry("week", DAY.multipliedBy(7)),
          Map.entry("month", MONTH),
          Map.entry("y", YEAR),
          Map.entry("year", YEAR));

  /**
   * What {@link #normal} writes, the longest first; the first three take an s if there are more.
   */
  private static final List<Map.Entry<String, Duration>> WRITTEN =
      List.of(
          Map.entry("year", YEAR),
          Map.entry("month", MONTH),
          Map.entry("day", DAY),
          Map.entry("h", Duration.ofHours(1)),
          Map.entry("m", Duration.ofMinutes(1)),
          Map.entry("s", Duration.ofSeconds(1)),
          Map.entry("ms", Duration.ofMillis(1)),
          Map.entry("us", Duration.ofNanos(1_000)),
          Map.entry("ns", Duration.ofNanos(1)));

  private DurationText() {}

  /**
   * The usual text of a valid length: {@code 7days}, {@code 1h 30m}, {@code instant}, {@code
   * forever}.
   */
  public static String normal(String text) {
    if (isInstant(text)) {
      return "instant";
    }
    Duration rest = parse(text).orElse(Duration.ZERO);
    if (rest.isZero()) {
      return "forever";
    }
    StringJoiner parts = new StringJoiner(" ");
    for (Map.Entry<String, Duration> unit : WRITTEN) {
      long count = rest.dividedBy(unit.getValue());
      if (count > 0) {
        boolean plural = count > 1 && unit.getValue().compareTo(DAY) >= 0;
        parts.add(count + unit.getKey() + (plural ? "s" : ""));
        rest = rest.minus(unit.getValue().multipliedBy(count));
      }
    }
    return parts.toString();
  }

  /** Whether {@link #parse} understands the text. */
  public static boolean isValid(String text) {
    return isEndless(text) || isInstant(text) || sum(text).isPresent();
  }

  /** The length; empty for one without end, and for a text that is none. */
  public static Optional<Duration> parse(String text) {
    if (isInstant(text)) {
      return Optional.of(Duration.ZERO);
    }
    return isEndless(text) ? Optional.empty() : sum(text).filter(sum -> !sum.isZero());
  }

  private static boolean isInstant(String text) {
    return text.strip().equalsIgnoreCase("instant");
  }

  private static boolean isEndless(String text) {
    return text.isBlank() || text.strip().equalsIgnoreCase("forever");
  }

  private static Optional<Duration> sum(String text) {
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    try {
      while (part.find()) {
        Optional<Duration> unit = unit(part.group(2));
        if (unit.isEmpty()) {
          return Optional.empty();
        }
        sum = sum.plus(unit.get().multipliedBy(Long.parseLong(part.group(1))));
        end = part.end();
      }
    } catch (ArithmeticException tooLong) {
      return Optional.empty();
    }
    return end > 0 && end == text.length() ? Optional.of(sum) : Optional.empty();
  }

  private static Optional<Duration> unit(String name) {
    if (name.equals("M")) {
      return Optional.of(MONTH);
    }
    String folded = name.toLowerCase(Locale.ROOT);
    boolean plural = folded.length() > 2 && folded.endsWith("s") && !folded.equals("hrs");
    Duration exact = UNITS.get(folded);
    return Optional.ofNullable(
        exact != null || !plural ? exact : UNITS.get(folded.substring(0, folded.length() - 1)));
  }
}
