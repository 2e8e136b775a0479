package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** INSERT … ON DUPLICATE KEY UPDATE. */
final class DuplicateKeyTest {
  private static final String ALL = "SELECT * FROM od ORDER BY id";

  private final EngineFixture engine = new EngineFixture();

  @BeforeEach
  void makeTable() {
    engine.run("CREATE TABLE od (id INT PRIMARY KEY, n INT NOT NULL DEFAULT 7, s VARCHAR(20))");
    engine.run("INSERT INTO od VALUES (1, 1, 'a'), (2, 2, 'b')");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void storedAndNewValuesMeet() {
    assertThat(
            engine.run(
                "INSERT INTO od VALUES (1, 10, 'x')"
                    + " ON DUPLICATE KEY UPDATE n = n + VALUES(n), s = CONCAT(s, VALUES(s))"))
        .isEqualTo("affected 2");
    assertThat(engine.run(ALL)).isEqualTo("1|11|ax\n2|2|b");
  }

  @Test
  void newRowsHaveAName() {
    engine.run(
        "INSERT INTO od VALUES (1, 10, 'x') AS new ON DUPLICATE KEY UPDATE n = new.n + od.n");
    engine.run(
        "INSERT INTO od (id, s) VALUES (2, 'y') AS new (i, t) ON DUPLICATE KEY UPDATE s = t, n = i");
    assertThat(engine.run(ALL)).isEqualTo("1|11|a\n2|2|y");
  }

  @Test
  void countsAsMySqlDoes() {
    assertThat(engine.run("INSERT INTO od VALUES (3, 3, 'c') ON DUPLICATE KEY UPDATE n = 1"))
        .isEqualTo("affected 1");
    assertThat(engine.run("INSERT INTO od VALUES (2, 9, 'z') ON DUPLICATE KEY UPDATE n = 2"))
        .isEqualTo("affected 0");
    assertThat(
            engine.run(
                "INSERT INTO od VALUES (1, 5, 'z'), (8, 8, 'h') ON DUPLICATE KEY UPDATE n = 5"))
        .isEqualTo("affected 3");
  }

  @Test
  void aKeyMayComeAgainInOneStatement() {
    assertThat(
            engine.run(
                "INSERT INTO od VALUES (5, 1, 'p'), (5, 2, 'q'), (5, 3, 'r')"
                    + " ON DUPLICATE KEY UPDATE n = n * 10 + VALUES(n)"))
        .isEqualTo("affected 5");
    assertThat(engine.run("SELECT * FROM od WHERE id = 5")).isEqualTo("5|123|p");
  }

  @Test
  void assignmentsSeeThoseBeforeThem() {
    engine.run("INSERT INTO od VALUES (1, 0, '') ON DUPLICATE KEY UPDATE n = n + 1, s = n");
    engine.run("INSERT INTO od VALUES (2, 0, '') ON DUPLICATE KEY UPDATE n = DEFAULT");
    assertThat(engine.run(ALL)).isEqualTo("1|2|2\n2|7|b");
  }

  @Test
  void takesTheRowsOfAQuery() {
    engine.run(
        "INSERT INTO od SELECT id + 1, 100, 'q' FROM od ON DUPLICATE KEY UPDATE n = VALUES(n)");
    assertThat(engine.run(ALL)).isEqualTo("1|1|a\n2|100|b\n3|100|q");
  }

  @Test
  void aKeyMayChangeUnlessAnotherRowHasIt() {
    engine.run("INSERT INTO od VALUES (2, 0, '') ON DUPLICATE KEY UPDATE id = 9");
    assertThat(engine.run(ALL)).isEqualTo("1|1|a\n9|2|b");
    assertThatThrownBy(
            () -> engine.run("INSERT INTO od VALUES (1, 0, '') ON DUPLICATE KEY UPDATE id = 9"))
        .hasMessage("Duplicate entry '9' for key 'od.PRIMARY'");
  }

  @Test
  void tablesOverTimeHaveKeysToo() {
    engine.run(
        "CREATE TABLE cpu (host STRING, v DOUBLE, ts TIMESTAMP TIME INDEX, PRIMARY KEY (host))"
            + " PARTITION ON COLUMNS (host) (host < 'm', host >= 'm')");
    engine.run("INSERT INTO cpu VALUES ('a', 1, 1000), ('z', 2, 1000), (NULL, 3, 1000)");
    engine.run(
        "INSERT INTO cpu VALUES ('a', 5, 1000), ('z', 5, 2000), (NULL, 5, 1000)"
            + " ON DUPLICATE KEY UPDATE v = v + VALUES(v)");
    assertThat(engine.run("SELECT host, v, ts FROM cpu ORDER BY host, ts"))
        .isEqualTo("null|8.0|1000\na|6.0|1000\nz|2.0|1000\nz|5.0|2000");
  }

  @Test
  void withoutAKeyThereAreNoDuplicates() {
    engine.run("CREATE TABLE heap (a INT)");
    assertThat(engine.run("INSERT INTO heap VALUES (1), (1) ON DUPLICATE KEY UPDATE a = 2"))
        .isEqualTo("affected 2");
    assertThat(engine.run("SELECT a FROM heap")).isEqualTo("1\n1");
  }

  @Test
  void manyRowsAtOnce() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 1200; i++) {
      rows.append(i == 0 ? "" : ", ").append("(").append(i).append(", 1, 'm')");
    }
    engine.run("INSERT INTO od VALUES " + rows + " ON DUPLICATE KEY UPDATE n = n + 50");
    assertThat(engine.run("SELECT count(*), sum(n) FROM od")).isEqualTo("1200|1301");
  }

  @Test
  void namesMustBeKnown() {
    assertThatThrownBy(
            () -> engine.run("INSERT INTO od VALUES (1, 1, '') ON DUPLICATE KEY UPDATE x = 1"))
        .hasMessage("Unknown column 'x' in 'field list'");
    assertThatThrownBy(
            () -> engine.run("INSERT INTO od VALUES (1, 1, '') ON DUPLICATE KEY UPDATE n = t.n"))
        .hasMessage("Unknown column 't.n' in 'field list'");
  }
}
