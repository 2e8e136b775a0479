package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.table.TableName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CREATE TABLE … AS query. */
final class CreateTableAsTest {
  private final EngineFixture engine = new EngineFixture();

  @BeforeEach
  void makeTable() {
    engine.run("CREATE TABLE emp (id INT PRIMARY KEY, name VARCHAR(20), pay DECIMAL(8, 2))");
    engine.run("INSERT INTO emp VALUES (1, 'ann', 10.5), (2, 'bob', NULL)");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void columnsAreTheQuerys() {
    assertThat(engine.run("CREATE TABLE t AS SELECT id, pay * 2 AS twice, NULL AS n FROM emp"))
        .isEqualTo("affected 2");
    assertThat(engine.run("SELECT * FROM t ORDER BY id")).isEqualTo("1|21.00|null\n2|null|null");
    assertThat(engine.columns("SELECT * FROM t")).containsExactly("id", "twice", "n");
  }

  @Test
  void declaredOnesComeFirst() {
    engine.run(
        "CREATE TABLE t (id BIGINT PRIMARY KEY, extra INT DEFAULT 5) COMMENT = 'made'"
            + " SELECT name, id FROM emp");
    assertThat(engine.run("SELECT * FROM t ORDER BY id")).isEqualTo("5|ann|1\n5|bob|2");
    assertThatThrownBy(() -> engine.run("INSERT INTO t (name, id) VALUES ('x', 1)"))
        .hasMessageContaining("Duplicate entry");
  }

  @Test
  void theTableMayHaveATimeIndex() {
    engine.run(
        "CREATE TABLE t (ts TIMESTAMP TIME INDEX, name STRING, PRIMARY KEY (name))"
            + " WITH (ttl = 'forever') AS SELECT name, id * 1000 AS ts FROM emp");
    assertThat(engine.run("SELECT name, ts FROM t ORDER BY ts")).isEqualTo("ann|1000\nbob|2000");
  }

  @Test
  void aTableThatIsThereIsLeftAlone() {
    assertThat(engine.run("CREATE TABLE IF NOT EXISTS emp SELECT 1 AS a")).isEqualTo("affected 0");
    assertThat(engine.run("SHOW WARNINGS")).isEqualTo("Note|1050|Table 'emp' already exists");
    assertThatThrownBy(() -> engine.run("CREATE TABLE emp SELECT 1 AS a"))
        .hasMessageContaining("already exists");
    assertThat(engine.run("SELECT count(*) FROM emp")).isEqualTo("2");
  }

  @Test
  void ifRowsAreRefusedThereIsNoTable() {
    assertThatThrownBy(
            () -> engine.run("CREATE TABLE t (a INT PRIMARY KEY) SELECT 1 AS a FROM emp"))
        .hasMessageContaining("Duplicate entry");
    assertThat(engine.cluster().snapshot().findTable(new TableName("public", "t"))).isEmpty();
    assertThat(engine.run("CREATE TABLE t (a INT PRIMARY KEY) IGNORE SELECT 1 AS a FROM emp"))
        .isEqualTo("affected 1");
  }

  @Test
  void aTableNeedsColumns() {
    assertThatThrownBy(() -> engine.run("CREATE TABLE t"))
        .hasMessageContaining("error in your SQL syntax");
    assertThatThrownBy(() -> engine.run("CREATE TABLE t AS SELECT 1 AS a, 2 AS a"))
        .hasMessage("Duplicate column name 'a'");
  }
}
