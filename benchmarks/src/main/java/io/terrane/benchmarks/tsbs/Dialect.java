package io.terrane.benchmarks.tsbs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where the SQL of the peers differs. */
public enum Dialect {
  TERRANE,
  DUCKDB,
  QUESTDB,
  MARIADB;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Start of the minute of {@code ts}. */
  String minute() {
    return switch (this) {
      case TERRANE, DUCKDB, QUESTDB -> "date_trunc('minute', ts)";
      case MARIADB -> "CAST(date_format(ts, '%Y-%m-%d %H:%i:00') AS DATETIME)";
    };
  }

  /** Start of the hour of {@code ts}. */
  String hour() {
    return switch (this) {
      case TERRANE, DUCKDB, QUESTDB -> "date_trunc('hour', ts)";
      case MARIADB -> "CAST(date_format(ts, '%Y-%m-%d %H:00:00') AS DATETIME)";
    };
  }

  String time(Instant instant) {
    String text = "'" + TIME.format(instant) + "'";
    return this == QUESTDB ? text.replace(' ', 'T') : text;
  }

  /** The newest row of each host, by host. */
  String lastPoint() {
    return switch (this) {
      case DUCKDB -> "SELECT DISTINCT ON (hostname) * FROM cpu ORDER BY hostname, ts DESC";
      case QUESTDB -> "SELECT * FROM (cpu LATEST ON ts PARTITION BY hostname) ORDER BY hostname";
      case TERRANE, MARIADB ->
          "SELECT c.* FROM cpu c JOIN (SELECT hostname, max(ts) AS newest FROM cpu GROUP BY"
              + " hostname) l ON c.hostname = l.hostname AND c.ts = l.newest ORDER BY c.hostname";
    };
  }
}
