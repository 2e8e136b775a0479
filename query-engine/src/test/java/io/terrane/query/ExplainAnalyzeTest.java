package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** EXPLAIN ANALYZE tells what went through each operator and region. */
class ExplainAnalyzeTest {
  private final EngineFixture engine = new EngineFixture();

  @BeforeEach
  void table() {
    engine.run(
        "CREATE TABLE t (host STRING, ts TIMESTAMP(3) TIME INDEX, n BIGINT, PRIMARY KEY (host))"
            + " PARTITION ON COLUMNS (host) (host < 'b', host >= 'b')");
    engine.run(
        "INSERT INTO t VALUES ('a', '2026-01-01 00:00:00', 1), ('a', '2026-01-01 00:00:01', 2),"
            + " ('b', '2026-01-01 00:00:00', 3), ('c', '2026-01-01 00:00:00', 4)");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private List<String> analyze(String sql) {
    return engine.run("EXPLAIN ANALYZE " + sql).lines().map(String::strip).toList();
  }

  private static String line(List<String> lines, String start) {
    return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  @Test
  void every_operator_and_region_has_its_rows() {
    List<String> lines = analyze("SELECT host, max(n) FROM t GROUP BY host ORDER BY host");
    assertThat(line(lines, "Sort:")).contains("(rows=3, batches=1, bytes=").contains("time=");
    assertThat(line(lines, "FinalAggregate:")).contains("rows=3");
    assertThat(line(lines, "Exchange: regions=2/2")).contains("rows=3");
    assertThat(lines).anyMatch(line -> line.matches(".*\\.0 on datanode .* \\(rows=1, .*"));
    assertThat(lines).anyMatch(line -> line.matches(".*\\.1 on datanode .* \\(rows=2, .*"));
    assertThat(lines.get(lines.size() - 1))
        .matches("rows: 3, time: .* us, peak memory: .* bytes, files: requests=.*");
  }

  @Test
  void a_time_between_two_that_the_column_can_hold() {
    List<String> lines = analyze("SELECT n FROM t WHERE ts > '2026-01-01 00:00:00.5'");
    assertThat(line(lines, "Exchange:")).contains("rows=1");
    assertThat(engine.run("SELECT n FROM t WHERE ts > '2026-01-01 00:00:00.9995'")).isEqualTo("2");
  }

  @Test
  void joins_and_sub_queries_are_measured_too() {
    List<String> lines =
        analyze("SELECT x.n FROM t x JOIN t y ON x.n = y.n + 1 WHERE x.host <> 'zzz'");
    assertThat(line(lines, "HashJoin:")).contains("rows=3");
    assertThatThrownBy(() -> analyze("SELECT (SELECT n FROM t)"))
        .hasMessageContaining("more than 1 row");
  }
}
