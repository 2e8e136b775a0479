package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** EXPLAIN tells what runs where and how many rows are expected of it. */
class ExplainTest {
  private static final Map<Integer, Long> SIZES = Map.of(1024, 10L, 1025, 1_000_000L);

  private final EngineFixture engine =
      new EngineFixture(
          QueryConfig.defaults("8.4.0-Terrane-test"),
          table ->
              SIZES.containsKey(table.value())
                  ? OptionalLong.of(SIZES.get(table.value()))
                  : OptionalLong.empty());

  @BeforeEach
  void tables() {
    for (String table : List.of("small", "large", "unmeasured")) {
      engine.run("CREATE TABLE " + table + " (id BIGINT PRIMARY KEY, n BIGINT)");
    }
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private List<String> explain(String sql) {
    return engine.run("EXPLAIN " + sql).lines().map(String::strip).toList();
  }

  private JsonNode json(String sql) throws Exception {
    return new ObjectMapper().readTree(engine.run("EXPLAIN " + sql));
  }

  @Test
  void rows_are_expected_by_the_sizes_of_tables() {
    assertThat(explain("SELECT n FROM large").get(0)).endsWith("(expected=1000000)");
    assertThat(explain("SELECT n FROM large WHERE n = 7").get(0)).endsWith("(expected=100000)");
    assertThat(explain("SELECT n FROM large WHERE n > 7 AND id < 100").get(0))
        .endsWith("(expected=111111)");
    assertThat(explain("SELECT count(*) FROM large").get(0)).endsWith("(expected=1)");
    assertThat(explain("SELECT n FROM large ORDER BY n LIMIT 5").get(0)).endsWith("(expected=5)");
    assertThat(explain("SELECT n FROM unmeasured").get(0)).doesNotContain("expected");
  }

  @Test
  void the_smaller_side_of_a_join_is_held() {
    for (String from : List.of("small s JOIN large l", "large l JOIN small s")) {
      List<String> lines = explain("SELECT s.n FROM " + from + " ON s.n = l.n");
      List<String> sides = lines.stream().filter(line -> line.startsWith("Exchange")).toList();
      assertThat(sides.get(0)).as(from).endsWith("(expected=1000000)");
      assertThat(sides.get(1)).as(from).endsWith("(expected=10)");
    }
  }

  @Test
  void json_has_an_object_per_operator() throws Exception {
    JsonNode plan = json("FORMAT=JSON SELECT n, count(*) FROM large GROUP BY n ORDER BY n");
    assertThat(plan.get("operator").asText()).isEqualTo("Sort");
    assertThat(plan.get("expected_rows").asLong()).isEqualTo(100_000);
    JsonNode scan = plan;
    while (scan.has("inputs")) {
      scan = scan.get("inputs").get(0);
    }
    assertThat(scan.get("operator").asText()).isEqualTo("Exchange");
    assertThat(scan.get("regions").get(0).get("place").asText()).startsWith("datanode");
    assertThat(scan.get("fragment").get(0).asText()).startsWith("PartialAggregate");
  }

  @Test
  void analyze_gives_json_too() throws Exception {
    engine.run("INSERT INTO large VALUES (1, 1), (2, 1), (3, 2)");
    JsonNode report = json("ANALYZE FORMAT=JSON SELECT n FROM large WHERE n = 1");
    assertThat(report.get("rows").asLong()).isEqualTo(2);
    assertThat(report.get("plan").get("rows").asLong()).isEqualTo(2);
    assertThat(report.get("plan").get("regions").get(0).has("bucket_bytes")).isTrue();
    assertThat(json("FORMAT JSON SELECT 1").has("operator")).isTrue();
  }

  @Test
  void changes_show_what_they_read() {
    assertThat(explain("DELETE FROM large WHERE n = 3").get(0)).isEqualTo("Delete: large");
    assertThat(explain("DELETE FROM large WHERE n = 3 ORDER BY id LIMIT 2"))
        .anyMatch(line -> line.startsWith("Sort"));
    assertThat(explain("UPDATE large SET n = 1 WHERE id = 3"))
        .anyMatch(line -> line.startsWith("| Filter"));
    assertThat(explain("INSERT INTO large SELECT id, n FROM small"))
        .contains("Insert: large")
        .anyMatch(line -> line.endsWith("(expected=10)"));
    assertThat(explain("INSERT INTO large VALUES (1, 2)").get(1)).startsWith("Values");
    assertThat(engine.run("SELECT count(*) FROM large")).isEqualTo("0");
  }

  @Test
  void formats_that_nobody_knows_are_refused() {
    assertThatThrownBy(() -> explain("FORMAT=XML SELECT 1"))
        .isInstanceOfSatisfying(
            TerraneException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining("Unknown EXPLAIN format name: 'xml'");
    assertThatThrownBy(() -> explain("ANALYZE DELETE FROM large"))
        .hasMessageContaining("EXPLAIN ANALYZE DELETE");
    assertThat(explain("FORMAT=TREE SELECT 1")).isEqualTo(explain("SELECT 1"));
  }
}
