package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What GreptimeDB's SQL has beyond MySQL's. */
final class GreptimeFormsTest {
  private final EngineFixture engine = new EngineFixture();

  @BeforeEach
  void makeTable() {
    engine.run("CREATE TABLE cpu (host STRING, value DOUBLE, ts TIMESTAMP TIME INDEX)");
    engine.run("INSERT INTO cpu VALUES ('a', 1.5, 0), ('b', NULL, 86400000)");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void intervalsCarryTheirUnits() {
    assertThat(engine.run("SELECT host FROM cpu WHERE ts < '1970-01-03' - INTERVAL '1 day 1 hour'"))
        .isEqualTo("a");
    assertThat(engine.run("SELECT DATE '2024-01-31' + INTERVAL '1 month'")).isEqualTo("19782");
    assertThat(engine.run("SELECT DATE_ADD(DATE '2024-01-31', INTERVAL '1 month 1 day')"))
        .isEqualTo("19783");
    assertThat(engine.run("SELECT date_sub('2024-01-31 10:00:00', '1 hour')"))
        .isEqualTo("2024-01-31 09:00:00");
    assertThat(engine.run("SELECT '2024-01-31 10:00:00' - '90 minutes'::INTERVAL"))
        .isEqualTo("2024-01-31 08:30:00");
    assertThat(engine.run("SELECT '2024-01-31' + INTERVAL '1' DAY")).isEqualTo("2024-02-01");
    assertThatThrownBy(() -> engine.run("SELECT ts + INTERVAL '1 fortnight' FROM cpu"))
        .hasMessage("Incorrect INTERVAL value: '1 fortnight'");
    assertThatThrownBy(() -> engine.run("SELECT INTERVAL '1 day'"))
        .hasMessageContaining("an INTERVAL stands only beside + and -");
  }

  @Test
  void aDecimalBehindColonsHasDigits() {
    assertThat(engine.run("SELECT '0.1'::DECIMAL, '0.15'::DECIMAL(3, 1), CAST('1.5' AS DECIMAL)"))
        .isEqualTo("0.1000000000|0.2|2");
  }

  @Test
  void columnsMayHaveOneName() {
    assertThat(engine.columns("SELECT * FROM cpu a JOIN cpu b ON a.host = b.host"))
        .containsExactly("host", "value", "ts", "host", "value", "ts");
    assertThat(engine.columns("SELECT a.host, b.host, 1, 1, 2 AS x, 3 AS x FROM cpu a, cpu b"))
        .containsExactly("host", "host", "1", "1", "x", "x");
    assertThat(engine.columns("SELECT *, b.host AS host0 FROM cpu a, cpu b LIMIT 1"))
        .endsWith("host0");
    assertThat(engine.columns("SELECT * FROM cpu, (SELECT 'a', 1) AS t (host, value0)"))
        .containsExactly("host", "value", "ts", "host", "value0");
    assertThat(engine.columns("SELECT * FROM cpu JOIN cpu b USING (host)"))
        .containsExactly("host", "value", "ts", "value", "ts");
  }

  @Test
  void rowsOfValuesMayStandInFrom() {
    assertThat(engine.run("SELECT round(std(x), 6) FROM (VALUES (1.0), (2.0), (3.0)) AS t (x)"))
        .isEqualTo("0.816497");
  }

  @Test
  void namesOfCommonTablesDiffer() {
    assertThatThrownBy(() -> engine.run("WITH c AS (SELECT 1), C AS (SELECT 2) SELECT * FROM c"))
        .hasMessage("Not unique table/alias: 'C'");
  }

  @Test
  void jsonUnderACastIsTyped() {
    assertThat(engine.run("SELECT json_get('{\"a\": true}', 'a')::BIGINT")).isEqualTo("1");
    assertThat(engine.run("SELECT json_get('{\"a\": \"x\"}', 'a')::DOUBLE")).isEqualTo("null");
    assertThat(engine.run("SELECT CAST(json_get('{\"a\": 2}', 'a') AS CHAR)")).isEqualTo("2");
  }
}
