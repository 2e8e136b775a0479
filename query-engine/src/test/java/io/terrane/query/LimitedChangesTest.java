package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** UPDATE and DELETE with ORDER BY and LIMIT. */
final class LimitedChangesTest {
  private final EngineFixture engine = new EngineFixture();

  @BeforeEach
  void makeTable() {
    engine.run("CREATE TABLE t (id INT PRIMARY KEY, n INT)");
    engine.run("INSERT INTO t VALUES (1, 30), (2, 20), (3, 10), (4, 40)");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void deletesTheFirstRowsOfAnOrder() {
    assertThat(engine.run("DELETE FROM t ORDER BY n LIMIT 2")).isEqualTo("affected 2");
    assertThat(engine.run("SELECT id FROM t ORDER BY id")).isEqualTo("1\n4");
    assertThat(engine.run("DELETE FROM t WHERE n > 0 ORDER BY id DESC, n LIMIT 1"))
        .isEqualTo("affected 1");
    assertThat(engine.run("SELECT id FROM t")).isEqualTo("1");
  }

  @Test
  void deletesInPortions() {
    assertThat(engine.run("DELETE FROM t WHERE n < 40 LIMIT 2")).isEqualTo("affected 2");
    assertThat(engine.run("DELETE FROM t WHERE n < 40 LIMIT 2")).isEqualTo("affected 1");
    assertThat(engine.run("DELETE FROM t LIMIT 0")).isEqualTo("affected 0");
    assertThat(engine.run("SELECT id FROM t")).isEqualTo("4");
  }

  @Test
  void updatesTheFirstRowsOfAnOrder() {
    assertThat(engine.run("UPDATE t SET n = n + 1 ORDER BY n DESC LIMIT 1"))
        .isEqualTo("affected 1");
    assertThat(engine.run("UPDATE t SET n = 0 WHERE id < 3 ORDER BY id")).isEqualTo("affected 2");
    assertThat(engine.run("SELECT * FROM t ORDER BY id")).isEqualTo("1|0\n2|0\n3|10\n4|41");
  }

  @Test
  void rowsWithoutAKeyToo() {
    engine.run("CREATE TABLE heap (a INT)");
    engine.run("INSERT INTO heap VALUES (1), (1), (2)");
    assertThat(engine.run("DELETE FROM heap WHERE a = 1 LIMIT 1")).isEqualTo("affected 1");
    assertThat(engine.run("SELECT a FROM heap ORDER BY a")).isEqualTo("1\n2");
  }

  @Test
  void refusesOtherTails() {
    assertThatThrownBy(() -> engine.run("DELETE FROM t LIMIT 1, 2"))
        .hasMessageContaining("error in your SQL syntax");
    assertThatThrownBy(() -> engine.run("UPDATE t SET n = 1 GROUP BY n"))
        .hasMessageContaining("error in your SQL syntax");
    assertThatThrownBy(() -> engine.run("DELETE FROM t ORDER BY x LIMIT 1"))
        .hasMessageContaining("Unknown column 'x'");
  }
}
