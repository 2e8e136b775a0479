package io.terrane.benchmarks.tsbs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The rows of TSBS's devops table {@code cpu}: ten tags and ten metrics per host, one row per host
 * and ten seconds. A metric walks at random between 0 and 100 and is a whole number. The same seed
 * gives the same rows, and a host's rows do not depend on the others.
 *
 * @param seed of everything random
 * @param hosts how many
 * @param span of time, from {@link #START}
 */
public record CpuData(long seed, int hosts, Duration span) {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  public static final List<String> TAGS =
      List.of(
          "hostname",
          "region",
          "datacenter",
          "rack",
          "os",
          "arch",
          "team",
          "service",
          "service_version",
          "service_environment");

  public static final List<String> METRICS =
      List.of(
          "usage_user",
          "usage_system",
          "usage_idle",
          "usage_nice",
          "usage_iowait",
          "usage_irq",
          "usage_softirq",
          "usage_steal",
          "usage_guest",
          "usage_guest_nice");

  private static final List<String> REGIONS =
      List.of("us-east-1", "us-west-1", "us-west-2", "eu-west-1", "eu-central-1", "sa-east-1");
  private static final List<String> SYSTEMS = List.of("Ubuntu16.10", "Ubuntu16.04LTS");
  private static final List<String> ARCHITECTURES = List.of("x64", "x86");
  private static final List<String> TEAMS = List.of("SF", "NYC", "LON", "CHI");
  private static final List<String> ENVIRONMENTS = List.of("production", "staging", "test");

  /** Takes one row; the arrays are lent for the call. */
  @FunctionalInterface
  public interface RowSink {
    void row(String[] tags, long epochMillis, int[] metrics);
  }

  public long ticks() {
    return span.dividedBy(INTERVAL);
  }

  public long rows() {
    return ticks() * hosts;
  }

  public Instant end() {
    return START.plus(INTERVAL.multipliedBy(ticks()));
  }

  public static String hostname(int host) {
    return "host_" + host;
  }

  /** All rows in the order in which they would arrive: by time, then host. */
  public void forEach(RowSink sink) {
    forEach(0, 1, sink);
  }

  /**
   * The rows of one loader of several.
   *
   * @param share which loader, from 0
   * @param of how many loaders
   */
  public void forEach(int share, int of, RowSink sink) {
    int count = (hosts - share + of - 1) / of;
    SplittableRandom[] randoms = new SplittableRandom[count];
    String[][] tags = new String[count][];
    double[][] walks = new double[count][METRICS.size()];
    for (int i = 0; i < count; i++) {
      int host = share + i * of;
      randoms[i] = new SplittableRandom(seed * 1_000_003 + host);
      tags[i] = tags(host, randoms[i]);
      for (int m = 0; m < METRICS.size(); m++) {
        walks[i][m] = randoms[i].nextDouble() * 100;
      }
    }
    int[] metrics = new int[METRICS.size()];
    for (long tick = 0; tick < ticks(); tick++) {
      long time = START.toEpochMilli() + tick * INTERVAL.toMillis();
      for (int i = 0; i < count; i++) {
        for (int m = 0; m < metrics.length; m++) {
          walks[i][m] = Math.max(0, Math.min(100, walks[i][m] + randoms[i].nextGaussian()));
          metrics[m] = (int) walks[i][m];
        }
        sink.row(tags[i], time, metrics);
      }
    }
  }

  private static String[] tags(int host, SplittableRandom random) {
    String region = pick(REGIONS, random);
    return new String[] {
      hostname(host),
      region,
      region + (char) ('a' + random.nextInt(3)),
      Integer.toString(random.nextInt(100)),
      pick(SYSTEMS, random),
      pick(ARCHITECTURES, random),
      pick(TEAMS, random),
      Integer.toString(random.nextInt(20)),
      Integer.toString(random.nextInt(2)),
      pick(ENVIRONMENTS, random)
    };
  }

  private static String pick(List<String> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }
}
