package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** ROLLUP, XOR, casts and other forms that MySQL, or GreptimeDB, reads in its own way. */
final class DialectTest {
  private final EngineFixture engine = new EngineFixture();

  @AfterEach
  void close() {
    engine.close();
  }

  private String values(String expressions) {
    return engine.run("SELECT " + expressions);
  }

  @Test
  void xorStandsBetweenOrAndAnd() {
    assertThat(values("1 OR 0 XOR 1, 1 XOR 0 AND 0, 1 XOR 1 OR 1, 0 XOR 1 XOR 1"))
        .isEqualTo("true|true|true|false");
  }

  @Test
  void castsToCharAreCut() {
    assertThat(values("CAST('abcdef' AS CHAR(3)), CAST(12345 AS CHAR(2)), CAST('ab' AS CHAR)"))
        .isEqualTo("abc|12|ab");
  }

  @Test
  void tildeMatches() {
    assertThat(values("'a1' ~ '[0-9]', 'a' ~ '[0-9]', 'a' !~ '[0-9]', ~1 & 3"))
        .isEqualTo("true|false|true|2");
  }

  @Test
  void joinsNeedNoCondition() {
    engine.run("CREATE TABLE j (a INT)");
    engine.run("INSERT INTO j VALUES (1), (2)");
    assertThat(engine.run("SELECT count(*) FROM j x JOIN j y")).isEqualTo("4");
  }

  @Test
  void aRollupIsInOrder() {
    engine.run("CREATE TABLE r (a INT, b STRING)");
    engine.run("INSERT INTO r VALUES (2, 'x'), (1, 'y'), (1, 'x'), (1, NULL)");
    assertThat(engine.run("SELECT a, b, count(*), GROUPING(a, b) FROM r GROUP BY a, b WITH ROLLUP"))
        .isEqualTo("1|null|1|0\n1|x|1|0\n1|y|1|0\n1|null|3|1\n2|x|1|0\n2|null|1|1\nnull|null|4|3");
    assertThat(engine.run("SELECT a + 1 AS c, count(*) FROM r GROUP BY c WITH ROLLUP"))
        .isEqualTo("2|3\n3|1\nnull|4");
    assertThat(
            engine.run("SELECT a, count(*) AS n FROM r GROUP BY a WITH ROLLUP ORDER BY n DESC, a"))
        .isEqualTo("null|4\n1|3\n2|1");
  }

  @Test
  void groupConcatJoinsItsArguments() {
    engine.run("CREATE TABLE g (a INT, b STRING)");
    engine.run("INSERT INTO g VALUES (1, 'x'), (2, NULL), (3, 'z')");
    assertThat(engine.run("SELECT GROUP_CONCAT(a, ':', b ORDER BY a DESC SEPARATOR ';') FROM g"))
        .isEqualTo("3:z;1:x");
  }

  @Test
  void colonsCastStrictly() {
    assertThat(values("'12'::INT, CAST('12abc' AS SIGNED)")).isEqualTo("12|12");
    assertThatThrownBy(() -> values("'abc'::INT")).hasMessageContaining("abc");
    assertThatThrownBy(() -> values("'290309-12-22 (BC) 00:00:00'::TIMESTAMP"))
        .hasMessageContaining("290309");
  }

  @Test
  void viewsAndTablesTakeColumnAliases() {
    engine.run("CREATE VIEW v AS SELECT 42 AS a");
    assertThat(engine.run("SELECT x FROM v AS t (x) WHERE x > 41")).isEqualTo("42");
  }

  @Test
  void signsAndHalves() {
    assertThat(values("TIME_TO_SEC('-00:00:10'), ROUND(2.5e0), ROUND(2.5)")).isEqualTo("-10|2.0|3");
  }
}
