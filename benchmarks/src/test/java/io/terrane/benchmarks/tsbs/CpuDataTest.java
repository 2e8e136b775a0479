package io.terrane.benchmarks.tsbs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuDataTest {
  private static final CpuData DATA = new CpuData(7, 5, Duration.ofMinutes(2));

  @Test
  void aSeedGivesTheSameRows() {
    assertThat(rows(0, 1)).hasSize(60).isEqualTo(rows(0, 1));
    assertThat(rows(0, 1).get(0)).isNotEqualTo(rows(new CpuData(8, 5, DATA.span()), 0, 1).get(0));
  }

  @Test
  void loadersShareTheRowsAmongThem() {
    List<String> shared = new ArrayList<>(rows(0, 2));
    shared.addAll(rows(1, 2));
    assertThat(shared).containsExactlyInAnyOrderElementsOf(rows(0, 1));
  }

  @Test
  void metricsStayBetweenNoneAndAll() {
    DATA.forEach(
        (tags, time, metrics) ->
            assertThat(Arrays.stream(metrics)).allMatch(metric -> metric >= 0 && metric <= 100));
  }

  private static List<String> rows(int share, int of) {
    return rows(DATA, share, of);
  }

  private static List<String> rows(CpuData data, int share, int of) {
    List<String> rows = new ArrayList<>();
    data.forEach(
        share,
        of,
        (tags, time, metrics) ->
            rows.add(String.join(",", tags) + " " + time + " " + Arrays.toString(metrics)));
    return rows;
  }
}
