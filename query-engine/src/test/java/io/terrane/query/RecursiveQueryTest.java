package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** WITH RECURSIVE. */
final class RecursiveQueryTest {
  private final EngineFixture engine = new EngineFixture();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void countsAndCalculates() {
    assertThat(
            engine.run(
                "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5)"
                    + " SELECT sum(n), count(*) FROM t"))
        .isEqualTo("15|5");
    assertThat(
            engine.run(
                "WITH RECURSIVE f AS (SELECT 1 AS n, 0 AS a, 1 AS b UNION ALL"
                    + " SELECT n + 1, b, a + b FROM f WHERE n < 10) SELECT max(a) FROM f"))
        .isEqualTo("34");
    assertThat(
            engine.run(
                "WITH RECURSIVE d AS (SELECT date('2024-02-28') AS d UNION ALL"
                    + " SELECT d + INTERVAL 1 DAY FROM d WHERE d < '2024-03-01') SELECT * FROM d"))
        .hasLineCount(3);
  }

  @Test
  void unionEndsWhereNothingIsNew() {
    assertThat(
            engine.run(
                "WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT n % 3 + 1 FROM t)"
                    + " SELECT * FROM t ORDER BY n"))
        .isEqualTo("1\n2\n3");
    assertThat(
            engine.run(
                "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL (WITH c(d) AS (SELECT * FROM t)"
                    + " SELECT d + 1 FROM c WHERE FALSE)) SELECT max(n) FROM t"))
        .isEqualTo("1");
  }

  @Test
  void walksTrees() {
    engine.run("CREATE TABLE staff (id INT PRIMARY KEY, name VARCHAR(20), boss INT)");
    engine.run("INSERT INTO staff VALUES (1, 'r', NULL), (2, 'a', 1), (3, 'b', 1), (4, 'c', 2)");
    String tree =
        "WITH RECURSIVE p (id, path) AS (SELECT id, CAST(name AS CHAR(99)) FROM staff"
            + " WHERE boss IS NULL UNION ALL SELECT s.id, concat(p.path, '/', s.name)"
            + " FROM p JOIN staff s ON s.boss = p.id) ";
    assertThat(engine.run(tree + "SELECT path FROM p ORDER BY id")).isEqualTo("r\nr/a\nr/b\nr/a/c");
    assertThat(engine.run(tree + "SELECT count(*) FROM p a JOIN p b ON a.id = b.id"))
        .isEqualTo("4");
    assertThat(
            engine.run(
                "SELECT id FROM staff WHERE id IN (WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL"
                    + " SELECT n + 2 FROM t WHERE n < 3) SELECT n FROM t) ORDER BY id"))
        .isEqualTo("1\n3");
    assertThat(
            engine.run(
                "WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a WHERE n < 2),"
                    + " b(m) AS (SELECT n FROM a UNION ALL SELECT m + 10 FROM b WHERE m < 10)"
                    + " SELECT m FROM b ORDER BY m"))
        .isEqualTo("1\n2\n11\n12");
  }

  @Test
  void hasAnEnd() {
    String endless = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT ";
    assertThat(engine.run(endless + "n FROM t LIMIT 2")).isEqualTo("1\n2");
    engine.run("SET cte_max_recursion_depth = 7");
    assertThatThrownBy(() -> engine.run(endless + "count(*) FROM t"))
        .hasMessageStartingWith("Recursive query aborted after 8 iterations.")
        .isInstanceOfSatisfying(
            TerraneException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.RECURSION_TOO_DEEP));
  }

  @Test
  void typesThatNeverSettleAreRefused() {
    assertThatThrownBy(
            () ->
                engine.run(
                    "WITH RECURSIVE t(a, b) AS (SELECT CAST(1 AS SMALLINT), CAST(1 AS SMALLINT)"
                        + " UNION ALL SELECT b, a + 1 FROM t WHERE a < 5) SELECT a FROM t"))
        .isInstanceOfSatisfying(
            TerraneException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }
}
