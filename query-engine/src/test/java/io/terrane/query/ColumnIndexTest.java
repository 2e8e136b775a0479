package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** GreptimeDB's indexes of columns: declared, changed, shown. */
final class ColumnIndexTest {
  private final EngineFixture engine = new EngineFixture();

  @AfterEach
  void close() {
    engine.close();
  }

  private String column(String name) {
    return engine
        .run("SHOW CREATE TABLE logs")
        .lines()
        .filter(line -> line.startsWith("  `" + name + "`"))
        .findFirst()
        .orElseThrow()
        .strip();
  }

  @Test
  void areDeclaredAndShown() {
    engine.run(
        "CREATE TABLE logs (ts TIMESTAMP TIME INDEX, host STRING INVERTED INDEX, message STRING"
            + " FULLTEXT INDEX WITH (analyzer = 'Chinese', backend = 'tantivy') COMMENT 'm',"
            + " id INT INVERTED INDEX SKIPPING INDEX WITH (granularity = 8192, type = BLOOM),"
            + " PRIMARY KEY (host))");
    assertThat(column("message"))
        .isEqualTo(
            "`message` STRING NULL COMMENT 'm' FULLTEXT INDEX WITH(analyzer = 'Chinese',"
                + " backend = 'tantivy', case_sensitive = 'false'),");
    assertThat(column("id"))
        .isEqualTo(
            "`id` INT NULL SKIPPING INDEX WITH(false_positive_rate = '0.01', granularity ="
                + " '8192', type = 'BLOOM') INVERTED INDEX,");
    assertThat(
            engine
                .run("SHOW INDEX FROM logs")
                .lines()
                .map(line -> line.split("\\|"))
                .map(cells -> cells[1] + " " + cells[2] + " " + cells[4] + " " + cells[10]))
        .containsExactly(
            "1 FULLTEXT_INDEX_message message FULLTEXT",
            "1 SKIPPING_INDEX_id id SKIPPING",
            "1 INVERTED_INDEX_host host INVERTED",
            "1 INVERTED_INDEX_id id INVERTED",
            "0 PRIMARY host BTREE",
            "0 PRIMARY ts BTREE",
            "1 TIME INDEX ts TIME");
  }

  @Test
  void areSetAndUnset() {
    engine.run("CREATE TABLE logs (ts TIMESTAMP TIME INDEX, message STRING, id INT)");
    engine.run("ALTER TABLE logs MODIFY COLUMN message SET FULLTEXT INDEX");
    assertThat(column("message"))
        .isEqualTo(
            "`message` STRING NULL FULLTEXT INDEX WITH(analyzer = 'English', backend = 'bloom',"
                + " case_sensitive = 'false', false_positive_rate = '0.01', granularity ="
                + " '10240'),");
    engine.run("ALTER TABLE logs MODIFY COLUMN message SET FULLTEXT INDEX WITH (granularity = 5)");
    assertThat(column("message")).contains("granularity = '5'");
    engine.run("ALTER TABLE logs ALTER COLUMN id SET INVERTED INDEX, RENAME COLUMN id TO number");
    assertThat(column("number")).isEqualTo("`number` INT NULL INVERTED INDEX,");
    engine.run("ALTER TABLE logs MODIFY number BIGINT");
    assertThat(column("number")).isEqualTo("`number` BIGINT NULL INVERTED INDEX,");
    engine.run(
        "ALTER TABLE logs MODIFY COLUMN number UNSET INVERTED INDEX,"
            + " MODIFY COLUMN message UNSET FULLTEXT INDEX, MODIFY COLUMN ts UNSET SKIPPING INDEX");
    assertThat(engine.run("SHOW CREATE TABLE logs")).doesNotContain("INDEX WITH", "INVERTED");
  }

  @Test
  void whatCannotBeIsRefused() {
    engine.run("CREATE TABLE logs (ts TIMESTAMP TIME INDEX, message STRING FULLTEXT INDEX)");
    for (String index :
        new String[] {
          "ts SET FULLTEXT INDEX",
          "message SET FULLTEXT INDEX WITH (analyzer = 'Chinese')",
          "message SET FULLTEXT INDEX WITH (case_sensitive = 'no')",
          "message SET FULLTEXT INDEX WITH (backend = 'xor')",
          "message SET FULLTEXT INDEX WITH (granularity = 0)",
          "message SET FULLTEXT INDEX WITH (false_positive_rate = '0')",
          "message SET FULLTEXT INDEX WITH (false_positive_rate = 1.5)",
          "message SET FULLTEXT INDEX WITH (speed = 'high')",
          "message SET INVERTED INDEX WITH (granularity = 1)",
          "message SET SKIPPING INDEX WITH (type = 'TREE')"
        }) {
      assertThatThrownBy(() -> engine.run("ALTER TABLE logs MODIFY COLUMN " + index))
          .as(index)
          .isInstanceOfSatisfying(
              TerraneException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
    assertThatThrownBy(() -> engine.run("CREATE TABLE t (a INT PRIMARY KEY FULLTEXT INDEX)"))
        .hasMessageContaining("only supports string types");
  }
}
