package io.terrane.benchmarks.tsbs;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The fifteen devops queries of TSBS. {@code single-groupby-m-h-t}: m metrics of h hosts by the
 * minute, over t hours.
 */
public enum QueryType {
  SINGLE_GROUPBY_1_1_1("single-groupby-1-1-1", Shape.BY_MINUTE, 1, 1, 1),
  SINGLE_GROUPBY_1_1_12("single-groupby-1-1-12", Shape.BY_MINUTE, 1, 1, 12),
  SINGLE_GROUPBY_1_8_1("single-groupby-1-8-1", Shape.BY_MINUTE, 1, 8, 1),
  SINGLE_GROUPBY_5_1_1("single-groupby-5-1-1", Shape.BY_MINUTE, 5, 1, 1),
  SINGLE_GROUPBY_5_1_12("single-groupby-5-1-12", Shape.BY_MINUTE, 5, 1, 12),
  SINGLE_GROUPBY_5_8_1("single-groupby-5-8-1", Shape.BY_MINUTE, 5, 8, 1),
  CPU_MAX_ALL_1("cpu-max-all-1", Shape.BY_HOUR, 10, 1, 8),
  CPU_MAX_ALL_8("cpu-max-all-8", Shape.BY_HOUR, 10, 8, 8),
  DOUBLE_GROUPBY_1("double-groupby-1", Shape.BY_HOUR_AND_HOST, 1, 0, 12),
  DOUBLE_GROUPBY_5("double-groupby-5", Shape.BY_HOUR_AND_HOST, 5, 0, 12),
  DOUBLE_GROUPBY_ALL("double-groupby-all", Shape.BY_HOUR_AND_HOST, 10, 0, 12),
  HIGH_CPU_1("high-cpu-1", Shape.HIGH, 10, 1, 12),
  HIGH_CPU_ALL("high-cpu-all", Shape.HIGH, 10, 0, 12),
  LASTPOINT("lastpoint", Shape.LAST, 10, 0, 0),
  GROUPBY_ORDERBY_LIMIT("groupby-orderby-limit", Shape.NEWEST_MINUTES, 1, 0, 1);

  private enum Shape {
    BY_MINUTE,
    BY_HOUR,
    BY_HOUR_AND_HOST,
    HIGH,
    LAST,
    NEWEST_MINUTES
  }

  private final String title;
  private final Shape shape;
  private final int metrics;
  private final int hosts;
  private final Duration window;

  /**
   * @param hosts 0 for all
   */
  QueryType(String title, Shape shape, int metrics, int hosts, int hours) {
    this.title = title;
    this.shape = shape;
    this.metrics = metrics;
    this.hosts = hosts;
    this.window = Duration.ofHours(hours);
  }

  public String title() {
    return title;
  }

  /** One instance, its hosts and window drawn from {@code random}: the same in each dialect. */
  public String sql(Dialect dialect, CpuData data, RandomGenerator random) {
    Instant from = from(data, random);
    Instant to = min(from.plus(window), data.end());
    String times = "ts >= " + dialect.time(from) + " AND ts < " + dialect.time(to);
    String where = " FROM cpu WHERE " + hosts(data, random) + times;
    return switch (shape) {
      case BY_MINUTE ->
          "SELECT "
              + dialect.minute()
              + " AS minute, "
              + aggregates("max")
              + where
              + " GROUP BY minute ORDER BY minute";
      case BY_HOUR ->
          "SELECT "
              + dialect.hour()
              + " AS hour, "
              + aggregates("max")
              + where
              + " GROUP BY hour ORDER BY hour";
      case BY_HOUR_AND_HOST ->
          "SELECT "
              + dialect.hour()
              + " AS hour, hostname, "
              + aggregates("avg")
              + where
              + " GROUP BY hour, hostname ORDER BY hour, hostname";
      case HIGH -> "SELECT *" + where + " AND usage_user > 90.0";
      case LAST -> dialect.lastPoint();
      case NEWEST_MINUTES ->
          "SELECT "
              + dialect.minute()
              + " AS minute, max(usage_user) AS top FROM cpu WHERE ts < "
              + dialect.time(to)
              + " GROUP BY minute ORDER BY minute DESC LIMIT 5";
    };
  }

  private Instant from(CpuData data, RandomGenerator random) {
    Duration slack = data.span().minus(window);
    return slack.compareTo(Duration.ZERO) <= 0
        ? CpuData.START
        : CpuData.START.plusMillis(random.nextLong(slack.toMillis()));
  }

  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private String hosts(CpuData data, RandomGenerator random) {
    if (hosts == 0) {
      return "";
    }
    TreeSet<String> names = new TreeSet<>();
    while (names.size() < Math.min(hosts, data.hosts())) {
      names.add(CpuData.hostname(random.nextInt(data.hosts())));
    }
    return "hostname IN ('" + String.join("', '", names) + "') AND ";
  }

  private String aggregates(String function) {
    return CpuData.METRICS.stream()
        .limit(metrics)
        .map(metric -> function + "(" + metric + ") AS " + function + "_" + metric)
        .collect(Collectors.joining(", "));
  }
}
