package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.TableId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements over tables, from text to rows in regions and back. */
final class WholeStatementsTest {
  private final EngineFixture engine = new EngineFixture();

  @BeforeEach
  void makeTable() {
    engine.run(
        "CREATE TABLE cpu (host STRING, value DOUBLE, ts TIMESTAMP TIME INDEX, PRIMARY KEY (host))"
            + " PARTITION ON COLUMNS (host) (host < 'm', host >= 'm')");
    engine.run(
        "INSERT INTO cpu VALUES ('a', 1.5, 1000), ('b', 2.5, 2000), ('z', 4, '1970-01-01 00:00:03')");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void rowsGoToTheirRegions() {
    TableId table = new TableId(TableId.FIRST_USER_TABLE);
    assertThat(engine.regions().size(RegionId.of(table, 0))).isEqualTo(2);
    assertThat(engine.regions().size(RegionId.of(table, 1))).isEqualTo(1);
  }

  @Test
  void readsThemBack() {
    assertThat(engine.run("SELECT host, value, ts FROM cpu WHERE value > 2 ORDER BY host"))
        .isEqualTo("b|2.5|2000\nz|4.0|3000");
    assertThat(engine.run("SELECT count(*), sum(value), max(host) FROM cpu")).isEqualTo("3|8.0|z");
    assertThat(engine.columns("SELECT count(*), max(value) AS m FROM cpu"))
        .containsExactly("count(*)", "m");
    assertThat(
            engine.run("SELECT a.host FROM cpu a JOIN cpu b ON a.host = b.host WHERE b.value = 4"))
        .isEqualTo("z");
    assertThat(engine.run("SELECT host FROM cpu ORDER BY host DESC LIMIT 1, 1")).isEqualTo("b");
  }

  @Test
  void stringBehindAnOperatorIsAValue() {
    assertThat(engine.run("SELECT host FROM cpu WHERE host REGEXP 'z'")).isEqualTo("z");
    assertThat(engine.run("SELECT host FROM cpu WHERE host NOT REGEXP '[ab]'")).isEqualTo("z");
    assertThat(engine.columns("SELECT host 'name' FROM cpu")).containsExactly("name");
  }

  @Test
  void comparesWithAnyRowOfAQuery() {
    assertThat(
            engine.run(
                "SELECT host FROM cpu WHERE value = ANY (SELECT value FROM cpu WHERE value > 3)"))
        .isEqualTo("z");
  }

  @Test
  void invertsBits() {
    assertThat(engine.run("SELECT ~0 = 18446744073709551615, ~~5, ~(1 + 1) & 7"))
        .isEqualTo("true|5|5");
    assertThat(engine.columns("SELECT ~ 0 FROM cpu")).containsExactly("~ 0");
  }

  @Test
  void rollsUp() {
    assertThat(
            engine.run(
                "SELECT host, count(*), sum(value) FROM cpu WHERE value > 2 GROUP BY host WITH ROLLUP"
                    + " ORDER BY 2, 1"))
        .isEqualTo("b|1|2.5\nz|1|4.0\nnull|2|6.5");
  }

  @Test
  void filtersWithoutATable() {
    assertThat(engine.run("SELECT 1 WHERE 1 = 1")).isEqualTo("1");
    assertThat(engine.run("SELECT count(*) WHERE 1 = 0")).isEqualTo("0");
    assertThat(engine.run("SELECT 1 WHERE EXISTS (SELECT 2 WHERE 1 = 0) UNION SELECT 3"))
        .isEqualTo("3");
  }

  @Test
  void joinsUsingColumnsOfOneName() {
    assertThat(
            engine.run(
                "SELECT host, a.value, b.value FROM cpu a JOIN cpu b USING (host)"
                    + " WHERE host > 'b'"))
        .isEqualTo("z|4.0|4.0");
    assertThat(
            engine.run("SELECT host FROM cpu a NATURAL JOIN cpu b WHERE host < 'b' ORDER BY host"))
        .isEqualTo("a");
  }

  @Test
  void takesManyRowsAway() {
    StringBuilder rows = new StringBuilder("INSERT INTO cpu VALUES ('m', 0, 0)");
    for (int i = 1; i < 200; i++) {
      rows.append(", ('m', ").append(i).append(", ").append(i).append(')');
    }
    engine.run(rows.toString());
    assertThat(
            engine.run("SELECT value FROM cpu EXCEPT SELECT value FROM cpu WHERE NOT value = 150"))
        .isEqualTo("150.0");
  }

  @Test
  void laterRowsReplaceEarlierOnes() {
    assertThat(engine.run("INSERT INTO cpu (ts, host, value) VALUES (1000, 'a', 9)"))
        .isEqualTo("affected 1");
    assertThat(engine.run("SELECT value FROM cpu WHERE host = 'a'")).isEqualTo("9.0");
    assertThat(engine.run("DELETE FROM cpu WHERE host = 'a'")).isEqualTo("affected 1");
    assertThat(engine.run("SELECT count(*) FROM cpu")).isEqualTo("2");
  }

  @Test
  void limitsWhatASelectGives() {
    engine.run("SET sql_select_limit = 1");
    assertThat(engine.run("SELECT host FROM cpu").lines()).hasSize(1);
    assertThat(engine.run("SELECT host FROM cpu ORDER BY host LIMIT 2").lines()).hasSize(2);
    engine.run("SET sql_select_limit = DEFAULT");
    assertThat(engine.run("SELECT host FROM cpu").lines()).hasSize(3);
  }

  @Test
  void copiesBetweenTables() {
    engine.run("CREATE TABLE plain (h STRING, n BIGINT)");
    assertThat(engine.run("INSERT INTO plain SELECT host, 7 FROM cpu")).isEqualTo("affected 3");
    assertThat(engine.run("SELECT h, n FROM plain WHERE h <> 'b' ORDER BY h"))
        .isEqualTo("a|7\nz|7");
    assertThat(engine.run("UPDATE plain SET n = n + 1 WHERE h = 'a'")).isEqualTo("affected 1");
    assertThat(engine.run("SELECT n FROM plain WHERE h = 'a'")).isEqualTo("8");
  }

  @Test
  void cancelsWhatRuns() {
    engine.session().cancel();
    assertThat(engine.run("SELECT 1")).isEqualTo("1");
    assertThatThrownBy(() -> engine.run("KILL 99"))
        .isInstanceOf(TerraneException.class)
        .hasMessage("Unknown thread id: 99");
  }
}
