package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** MySQL's forms that the standard's grammar does not know, in whole statements. */
@Timeout(60)
final class MySqlFormsTest {
  private final EngineFixture engine = new EngineFixture();

  @BeforeEach
  void makeTable() {
    engine.run("CREATE TABLE p (id INT PRIMARY KEY, doc JSON, n INT)");
    engine.run(
        "INSERT INTO p VALUES (1, '{\"a\": {\"b\": [1, 2]}, \"c\": \"x\"}', 7), (2, NULL, NULL)");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void arrowsLookIntoDocuments() {
    assertThat(engine.run("SELECT doc->'$.a.b[1]', p.doc->>'$.c', doc->'$.c' FROM p ORDER BY id"))
        .isEqualTo("2|x|\"x\"\nnull|null|null");
    assertThat(engine.run("SELECT id FROM p WHERE doc->>'$.c' = 'x'")).isEqualTo("1");
  }

  @Test
  void valuesGoIntoDocumentsAsWhatTheyAre() {
    assertThat(
            engine.run(
                "SELECT JSON_OBJECT('n', n, 't', 'x', 'd', doc->'$.a', 'f', 1.50, 'b', true)"
                    + " FROM p WHERE id = 1"))
        .isEqualTo("{\"b\": true, \"d\": {\"b\": [1, 2]}, \"f\": 1.5, \"n\": 7, \"t\": \"x\"}");
    assertThat(engine.run("SELECT JSON_ARRAY(1, JSON_ARRAY('a'), NULL)"))
        .isEqualTo("[1, [\"a\"], null]");
    assertThat(engine.run("SELECT JSON_ARRAYAGG(n), JSON_OBJECTAGG(id, n) FROM p"))
        .isEqualTo("[7, null]|{\"1\": 7, \"2\": null}");
    assertThat(engine.run("SELECT JSON_ARRAYAGG(n) FROM p WHERE id > 9")).isEqualTo("null");
  }

  @Test
  void modStandsBetweenNumbersAndIsANameElsewhere() {
    assertThat(engine.run("SELECT 10 MOD 3, n mod (2), MOD(n, 4) FROM p WHERE id = 1"))
        .isEqualTo("1|1|3");
    assertThat(engine.run("SELECT `mod` FROM (SELECT n AS mod FROM p WHERE id = 1) q"))
        .isEqualTo("7");
  }

  @Test
  void intervalsHaveMySqlsUnits() {
    assertThat(
            engine.run(
                "SELECT DATE_ADD('2026-01-01', INTERVAL '1:30' HOUR_MINUTE),"
                    + " '2026-01-01' + INTERVAL '1-2' YEAR_MONTH,"
                    + " '2026-01-01 00:00:00' - INTERVAL 1 MICROSECOND,"
                    + " ADDDATE('2026-01-31', 1), SUBDATE('2026-03-31', INTERVAL 1 MONTH)"))
        .isEqualTo(
            "2026-01-01 01:30:00|2027-03-01|2025-12-31 23:59:59.999999|2026-02-01|2026-02-28");
  }

  @Test
  void rowsCompareByTheirFirstDifference() {
    assertThat(
            engine.run(
                "SELECT (1, 2) < (1, 3), (2, 1) > (1, 9), (1, 2) >= (1, 2), (1, 2) <= (1, 1),"
                    + " (1, NULL) < (2, 1), (1, NULL) < (1, 1)"))
        .isEqualTo("true|true|true|false|true|null");
    assertThat(engine.run("SELECT id FROM p WHERE (id, n) > (1, 6)")).isEqualTo("1\n2");
    assertThatThrownBy(() -> engine.run("SELECT (1, 2) < (1, 2, 3)"))
        .hasMessageContaining("Operand should contain 2 column(s)");
  }

  @Test
  void binaryLiteralsAmongNumbersAreNumbers() {
    assertThat(engine.run("SELECT 0x10 + 0, b'101' * 2, X'FF' DIV 2, ~0x0F & 0xFF, 1 - 0x01"))
        .isEqualTo("16|10|127|240|0");
  }

  @Test
  void adviceToTheOptimizerIsLeftOut() {
    assertThat(
            engine.run(
                "SELECT HIGH_PRIORITY SQL_BIG_RESULT id FROM p USE INDEX (PRIMARY) WHERE id = 1"))
        .isEqualTo("1");
    assertThat(engine.run("SELECT id FROM p FORCE KEY FOR ORDER BY (a, b) ORDER BY id LIMIT 1"))
        .isEqualTo("1");
  }

  @Test
  void unknownIsNull() {
    assertThat(engine.run("SELECT NULL IS UNKNOWN, 1 IS NOT UNKNOWN, (n > 1) IS UNKNOWN FROM p"))
        .isEqualTo("true|true|false\ntrue|true|true");
  }

  @Test
  void variablesAreNotAssignedInQueries() {
    assertThatThrownBy(() -> engine.run("SELECT @x := 1")).hasMessageContaining("':='");
    engine.run("SET @x := 5");
    assertThat(engine.run("SELECT @x")).isEqualTo("5");
  }
}
