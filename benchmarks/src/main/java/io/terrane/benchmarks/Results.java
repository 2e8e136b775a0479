package io.terrane.benchmarks;

import io.terrane.benchmarks.tsbs.QueryType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, as tables of Markdown. The first peer is the one that ratios are of. */
final class Results {
  private final List<String> peers = new ArrayList<>();
  private final Map<String, Double> loads = new LinkedHashMap<>();
  private final Map<String, Double> loadCpu = new LinkedHashMap<>();
  private final Map<QueryType, Map<String, Double>> medians = new LinkedHashMap<>();
  private final Map<QueryType, Long> rows = new LinkedHashMap<>();
  private final List<String> differences = new ArrayList<>();

  /**
   * @param cpuMicrosPerRow of the database's process; with the generator's if that is the same
   */
  void loaded(String peer, double rowsPerSecond, double cpuMicrosPerRow) {
    peers.add(peer);
    loads.put(peer, rowsPerSecond);
    loadCpu.put(peer, cpuMicrosPerRow);
  }

  void queried(QueryType type, String peer, double medianMillis) {
    medians.computeIfAbsent(type, any -> new LinkedHashMap<>()).put(peer, medianMillis);
  }

  void rows(QueryType type, long count) {
    rows.put(type, count);
  }

  void differs(QueryType type, String peer, String sql) {
    differences.add(type.title() + ": " + peer + " answers otherwise: " + sql);
  }

  List<String> differences() {
    return differences;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    line(text, "load", "", peer -> String.format(Locale.ROOT, "%,.0f rows/s", loads.get(peer)));
    line(
        text,
        "CPU of load",
        "",
        peer -> String.format(Locale.ROOT, "%.1f µs/row", loadCpu.get(peer)));
    text.insert(0, header());
    List<Double> logs = new ArrayList<>();
    medians.forEach(
        (type, times) -> {
          line(
              text,
              type.title(),
              Long.toString(rows.get(type)),
              peer -> String.format(Locale.ROOT, "%.2f", times.get(peer)));
          ratio(text, times, logs);
        });
    if (peers.size() > 1) {
      double mean = logs.stream().mapToDouble(Math::log).average().orElse(0);
      text.append(
          String.format(Locale.ROOT, "%nGeometric mean of the ratios: %.2f%n", Math.exp(mean)));
    }
    differences.forEach(difference -> text.append(difference).append('\n'));
    return text.toString();
  }

  private String header() {
    StringBuilder text = new StringBuilder("| ms, median | rows |");
    StringBuilder rule = new StringBuilder("| --- | ---: |");
    peers.forEach(
        peer -> {
          text.append(' ').append(peer).append(" |");
          rule.append(" ---: |");
        });
    if (peers.size() > 1) {
      text.append(" best peer / ").append(peers.get(0)).append(" |");
      rule.append(" ---: |");
    }
    return text.append('\n').append(rule).append('\n').toString();
  }

  private void line(
      StringBuilder text,
      String first,
      String second,
      java.util.function.Function<String, String> cell) {
    text.append("| ").append(first).append(" | ").append(second).append(" |");
    peers.forEach(peer -> text.append(' ').append(cell.apply(peer)).append(" |"));
    text.append('\n');
  }

  /** Adds how much longer the best of the others takes; above 1 means that the first is ahead. */
  private void ratio(StringBuilder text, Map<String, Double> times, List<Double> ratios) {
    if (peers.size() < 2) {
      return;
    }
    double best = peers.stream().skip(1).mapToDouble(times::get).min().orElseThrow();
    double ratio = best / times.get(peers.get(0));
    ratios.add(ratio);
    text.setLength(text.length() - 1);
    text.append(String.format(Locale.ROOT, " %.2f |%n", ratio));
  }
}
