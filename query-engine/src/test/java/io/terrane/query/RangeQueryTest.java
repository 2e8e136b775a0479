package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code RANGE … ALIGN}: aggregates over slots of time that may overlap. */
final class RangeQueryTest {
  private final EngineFixture engine = new EngineFixture();

  @BeforeEach
  void makeTable() {
    engine.run(
        "CREATE TABLE cpu (ts TIMESTAMP TIME INDEX, host STRING, v BIGINT, PRIMARY KEY (host))");
    engine.run(
        "INSERT INTO cpu VALUES (0, 'a', 1), (3000, 'a', 2), (5000, 'a', NULL), (12000, 'a', 4),"
            + " (1000, 'b', 10), (7000, 'b', 20)");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void slotsThatMeet() {
    assertThat(
            engine.run("SELECT ts, host, max(v) RANGE '5s' FROM cpu ALIGN '5s' ORDER BY host, ts"))
        .isEqualTo("0|a|2\n5000|a|null\n10000|a|4\n0|b|10\n5000|b|20");
    assertThat(
            engine.columns(
                "SELECT ts, max(v) RANGE '5s', min(v) RANGE '5s' AS m FROM cpu ALIGN '5s'"))
        .containsExactly("ts", "max(v) RANGE '5s'", "m");
  }

  @Test
  void slotsThatOverlap() {
    assertThat(
            engine.run(
                "SELECT ts, count(*) RANGE '10s' AS n, sum(v) RANGE '5s' AS s FROM cpu"
                    + " WHERE host = 'a' ALIGN '5s' ORDER BY ts"))
        .isEqualTo("-5000|2|null\n0|3|3\n5000|2|null\n10000|1|4");
  }

  @Test
  void slotsWithGapsBetween() {
    assertThat(engine.run("SELECT ts, max(v) RANGE '2s' FROM cpu ALIGN '10s' BY () ORDER BY ts"))
        .isEqualTo("0|10");
  }

  @Test
  void groupsAreChosen() {
    assertThat(engine.run("SELECT ts, max(v) RANGE '10s' FROM cpu ALIGN '10s' BY (1) ORDER BY ts"))
        .isEqualTo("0|20\n10000|4");
    assertThat(
            engine.run(
                "SELECT upper(host), max(v) RANGE '1m' * 2 FROM cpu ALIGN '1m' BY (upper(host))"
                    + " ORDER BY 1"))
        .isEqualTo("A|8\nB|40");
  }

  @Test
  void slotsAreCountedFromWhereOneLikes() {
    assertThat(
            engine.run(
                "SELECT ts, count(v) RANGE '5s' FROM cpu ALIGN (INTERVAL '5' SECOND)"
                    + " TO '2020-01-01 00:00:02' BY () ORDER BY ts"))
        .isEqualTo("-3000|2\n2000|1\n7000|1\n12000|1");
    engine.run("SET time_zone = '+00:30'");
    assertThat(engine.run("SELECT ts, count(v) RANGE '1h' FROM cpu ALIGN '1h' BY ()"))
        .isEqualTo("-1800000|5");
  }

  @Test
  void firstAndLastAreInTheOrderOfTime() {
    assertThat(
            engine.run(
                "SELECT host, last_value(v) RANGE '1m', first_value(v ORDER BY ts DESC) RANGE '1m'"
                    + " FROM cpu ALIGN '1m' ORDER BY host"))
        .isEqualTo("a|4|4\nb|20|20");
  }

  @Test
  void readsDerivedTables() {
    assertThat(
            engine.run(
                "SELECT t, max(w) RANGE '10s' FROM (SELECT ts AS t, v + 1 AS w FROM cpu) AS d"
                    + " ALIGN '10s' BY () ORDER BY t"))
        .isEqualTo("0|21\n10000|5");
  }

  @Test
  void refusesWhatHasNoMeaning() {
    assertThatThrownBy(() -> engine.run("SELECT max(v) FROM cpu ALIGN '5s'"))
        .hasMessageContaining("ALIGN wants a RANGE");
    assertThatThrownBy(() -> engine.run("SELECT max(v) RANGE '5s', min(v) FROM cpu ALIGN '5s'"))
        .hasMessageContaining("wants its RANGE");
    assertThatThrownBy(() -> engine.run("SELECT max(v) RANGE '5s' FROM cpu"))
        .hasMessageContaining("RANGE without ALIGN");
    assertThatThrownBy(() -> engine.run("SELECT max(v) RANGE '0s' FROM cpu ALIGN '5s'"))
        .hasMessageContaining("positive length");
    assertThatThrownBy(() -> engine.run("SELECT max(v) RANGE '1 month' FROM cpu ALIGN '5s'"))
        .hasMessageContaining("without months");
    assertThatThrownBy(() -> engine.run("SELECT max(v) RANGE 'soon' FROM cpu ALIGN '5s'"))
        .hasMessageContaining("Incorrect INTERVAL value: 'soon'");
    assertThatThrownBy(() -> engine.run("SELECT max(v) RANGE '1d' FROM cpu ALIGN '1s'"))
        .hasMessageContaining("more than 4096 steps");
    assertThatThrownBy(
            () -> engine.run("SELECT max(min(v) RANGE '5s') RANGE '5s' FROM cpu ALIGN '5s'"))
        .hasMessageContaining("plain aggregate only");
    assertThatThrownBy(
            () ->
                engine.run(
                    "SELECT max(w) RANGE '5s' FROM (SELECT ts, v AS w FROM cpu) d ALIGN '5s'"))
        .hasMessageContaining("BY (columns)");
    assertThatThrownBy(() -> engine.run("SELECT max(v) RANGE '5s' FILL PREV FROM cpu ALIGN '5s'"))
        .hasMessageContaining("FILL of range queries is not supported");
  }
}
