package io.terrane.query.session;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/** MySQL's spellings of time zones: SYSTEM, an offset such as {@code +5:30}, a name. */
final class TimeZones {
  private static final int OFFSET_HOURS_MAX = 14;

  private TimeZones() {}

  /** The zone; UNKNOWN_TIME_ZONE if there is none of that name. SYSTEM is UTC on every node. */
  static ZoneId parse(String text) {
    String folded = text.strip().toUpperCase(Locale.ROOT);
    if (folded.equals("SYSTEM") || folded.equals("UTC") || folded.equals("GMT")) {
      return ZoneOffset.UTC;
    }
    try {
      if (folded.startsWith("+") || folded.startsWith("-")) {
        return offset(folded);
      }
      for (String id : ZoneId.getAvailableZoneIds()) {
        if (id.equalsIgnoreCase(text.strip())) {
          return ZoneId.of(id);
        }
      }
    } catch (DateTimeException | NumberFormatException malformed) {
      throw unknown(text, malformed);
    }
    throw unknown(text, null);
  }

  private static ZoneOffset offset(String text) {
    int colon = text.indexOf(':');
    if (colon < 2) {
      throw new DateTimeException("no minutes in " + text);
    }
    int hours = Integer.parseInt(text.substring(1, colon));
    int minutes = Integer.parseInt(text.substring(colon + 1));
    if (hours > OFFSET_HOURS_MAX || minutes > 59 || (hours == OFFSET_HOURS_MAX && minutes > 0)) {
      throw new DateTimeException("offset " + text + " is out of range");
    }
    int sign = text.charAt(0) == '-' ? -1 : 1;
    return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
  }

  private static TerraneException unknown(String text, Throwable cause) {
    return new TerraneException(
        ErrorCode.UNKNOWN_TIME_ZONE, "Unknown or incorrect time zone: '" + text + "'", cause);
  }
}
