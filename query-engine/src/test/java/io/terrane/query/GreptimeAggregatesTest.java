package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Aggregates that MySQL does not have: arrays as texts, percentiles, sketches. */
final class GreptimeAggregatesTest {
  private final EngineFixture engine = new EngineFixture();

  @BeforeEach
  void makeTable() {
    engine.run(
        "CREATE TABLE load (ts TIMESTAMP TIME INDEX, host STRING, v BIGINT, d DOUBLE, w INT)");
    engine.run(
        "INSERT INTO load VALUES (1, 'a', 10, 1.5, 1), (2, 'a', 20, 2.5, 2), (3, 'b', 30, 3.5, 3),"
            + " (4, 'b', 40, 4.5, 4), (5, 'b', 50, NULL, 1), (6, NULL, NULL, -0.5, NULL)");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void arraysAreTexts() {
    assertThat(
            engine.run(
                "SELECT array_agg(v ORDER BY ts), array_agg(d ORDER BY d DESC),"
                    + " array_agg(DISTINCT host ORDER BY host DESC) FROM load"))
        .isEqualTo("[10, 20, 30, 40, 50, ]|[, 4.5, 3.5, 2.5, 1.5, -0.5]|[b, a]");
    assertThat(
            engine.run("SELECT host, array_agg(v ORDER BY v) FROM load GROUP BY host ORDER BY 1"))
        .isEqualTo("null|[]\na|[10, 20]\nb|[30, 40, 50]");
    assertThat(engine.run("SELECT array_agg(v) FROM load WHERE v > 100")).isEqualTo("null");
  }

  @Test
  void percentilesOfDigests() {
    assertThat(
            engine.run(
                "SELECT approx_percentile_cont(0.5) WITHIN GROUP (ORDER BY v),"
                    + " approx_percentile_cont(v, 0.25), approx_percentile_cont(d, 0.25, 200),"
                    + " approx_percentile_cont(0.2) WITHIN GROUP (ORDER BY v DESC),"
                    + " approx_percentile_cont(v, 0), approx_percentile_cont(v, 1) FROM load"))
        .isEqualTo("30|17|1.125|45|10|50");
    assertThat(
            engine.run(
                "SELECT approx_percentile_cont_with_weight(w, 0.5) WITHIN GROUP (ORDER BY v),"
                    + " approx_percentile_cont_with_weight(w, 0.9) WITHIN GROUP (ORDER BY d)"
                    + " FROM load"))
        .isEqualTo("33|4.5");
    assertThat(
            engine.run(
                "SELECT approx_percentile_cont(0.5) WITHIN GROUP (ORDER BY v) FROM load"
                    + " WHERE v > 100"))
        .isEqualTo("null");
  }

  @Test
  void percentilesOfTheStandard() {
    assertThat(
            engine.run(
                "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY v),"
                    + " percentile_cont(0.25) WITHIN GROUP (ORDER BY d),"
                    + " percentile_disc(0.5) WITHIN GROUP (ORDER BY d),"
                    + " percentile_disc(0.2) WITHIN GROUP (ORDER BY v) FROM load"))
        .isEqualTo("30.0|1.5|2.5|10");
    assertThatThrownBy(
            () -> engine.run("SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY v, d) FROM load"))
        .hasMessageContaining("one key");
  }

  @Test
  void countsOfDistinctValuesAreStoredAndMerged() {
    assertThat(engine.run("SELECT hll_count(hll(host)), approx_distinct(v) FROM load"))
        .isEqualTo("2|5");
    engine.run("CREATE TABLE states (ts TIMESTAMP TIME INDEX, s VARBINARY)");
    engine.run("INSERT INTO states SELECT min(ts), hll(v % 40) FROM load GROUP BY host");
    assertThat(engine.run("SELECT hll_count(hll_merge(s)) FROM states")).isEqualTo("4");
    assertThat(engine.run("SELECT hll_count(hll(v)) FROM load WHERE v > 100")).isEqualTo("null");
    assertThatThrownBy(() -> engine.run("SELECT hll_count('no state')"))
        .hasMessageContaining("not a state of hll");
  }

  @Test
  void quantilesAreStoredAndMerged() {
    engine.run("CREATE TABLE states (ts TIMESTAMP TIME INDEX, s VARBINARY)");
    engine.run(
        "INSERT INTO states SELECT min(ts), uddsketch_state(128, 0.01, v) FROM load GROUP BY host");
    assertThat(
            engine.run(
                "SELECT round(uddsketch_calc(0.5, uddsketch_merge(128, 0.01, s)), 1) FROM states"))
        .isEqualTo("30.3");
    assertThat(
            engine.run("SELECT round(uddsketch_calc(1, uddsketch_state(64, 0.1, d)), 1) FROM load"))
        .isEqualTo("4.5");
    assertThat(engine.run("SELECT uddsketch_calc(2, uddsketch_state(64, 0.1, d)) FROM load"))
        .isEqualTo("null");
    assertThatThrownBy(() -> engine.run("SELECT uddsketch_merge(64, 0.01, s) FROM states"))
        .hasMessageContaining("a sketch of (64, 0.01) cannot take in one of (128, 0.01)");
    assertThatThrownBy(() -> engine.run("SELECT uddsketch_state(1, 0.01, v) FROM load"))
        .hasMessageContaining("wants 2 to");
  }

  @Test
  void castsByNamesOfArrow() {
    assertThat(
            engine.run(
                "SELECT arrow_cast(300, 'Int16'), arrow_cast('1.255', 'Decimal128(5, 2)'),"
                    + " arrow_cast(v, 'Utf8'), arrow_typeof(arrow_cast(v, 'UInt8')) FROM load"
                    + " WHERE v = 10"))
        .isEqualTo("300|1.26|10|UINT8");
    assertThat(
            engine.run(
                "SELECT to_timestamp_seconds(ts), to_timestamp_millis(1500),"
                    + " arrow_cast(1500, 'Timestamp(Millisecond, None)') FROM load WHERE v = 10"))
        .isEqualTo("0|1500|1500");
    assertThatThrownBy(() -> engine.run("SELECT arrow_cast(1, 'List(Utf8)')"))
        .hasMessageContaining("knows no type 'List(Utf8)'");
  }
}
