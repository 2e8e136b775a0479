package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.FileContent;
import io.terrane.api.sql.StatementResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadDataTest {
  private final EngineFixture engine = new EngineFixture();

  @BeforeEach
  void create() {
    engine.run("CREATE TABLE t (id INT PRIMARY KEY, name STRING, since DATE DEFAULT '2020-01-01')");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void rowsOfAFile() {
    StatementResult.Affected done =
        load(
            "LOAD DATA LOCAL INFILE '/tmp/rows.tsv' INTO TABLE t",
            "1\tone\t2021-02-03\n2\t\\N\t2021-02-04\n");
    assertThat(done.count()).isEqualTo(2);
    assertThat(done.info()).isEqualTo("Records: 2  Deleted: 0  Skipped: 0  Warnings: 0");
    assertThat(engine.run("SELECT id, name, CAST(since AS CHAR) FROM t ORDER BY id"))
        .isEqualTo("1|one|2021-02-03\n2|null|2021-02-04");
  }

  @Test
  void columnsAreNamedAndVariablesDropped() {
    load(
        "LOAD DATA LOCAL INFILE 'x.csv' IGNORE INTO TABLE public.t CHARACTER SET utf8mb4"
            + " FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"' LINES TERMINATED BY '\\r\\n'"
            + " IGNORE 1 LINES (name, @dropped, id)",
        "name,x,id\r\n\"a, b\",?,7\r\n");
    assertThat(engine.run("SELECT id, name, CAST(since AS CHAR) FROM t"))
        .isEqualTo("7|a, b|2020-01-01");
  }

  @Test
  void whatIsThereStaysUnlessReplaced() {
    engine.run("INSERT INTO t (id, name) VALUES (1, 'old')");
    StatementResult.Affected ignored =
        load("LOAD DATA LOCAL INFILE 'x' INTO TABLE t (id, name)", "1\tnew\n2\tnew\n");
    assertThat(ignored.info()).isEqualTo("Records: 2  Deleted: 0  Skipped: 1  Warnings: 0");
    assertThat(engine.run("SELECT name FROM t ORDER BY id")).isEqualTo("old\nnew");

    load("LOAD DATA LOCAL INFILE 'x' REPLACE INTO TABLE t (id, name)", "1\tnewest\n");
    assertThat(engine.run("SELECT name FROM t ORDER BY id")).isEqualTo("newest\nnew");
  }

  @Test
  void rowsOfAnotherWidthWarn() {
    StatementResult.Affected done =
        load("LOAD DATA LOCAL INFILE 'x' INTO TABLE t (id, name)", "1\n2\ttwo\tmore\n");
    assertThat(done.info()).isEqualTo("Records: 2  Deleted: 0  Skipped: 0  Warnings: 2");
    assertThat(engine.run("SHOW WARNINGS"))
        .isEqualTo(
            "Warning|1261|Row 1 doesn't contain data for all columns\n"
                + "Warning|1262|Row 2 was truncated; it contained more data than there were input"
                + " columns");
    assertThat(engine.run("SELECT id, name FROM t ORDER BY id")).isEqualTo("1|null\n2|two");
  }

  @Test
  void aValueThatDoesNotFitEndsTheLoadWithItsRow() {
    assertThatThrownBy(
            () -> load("LOAD DATA LOCAL INFILE 'x' INTO TABLE t (id)", "1\n2\nmany\n4\n"))
        .isInstanceOf(TerraneException.class)
        .hasMessageContaining("'many' for column 'id' at row 3");
    assertThat(engine.run("SELECT COUNT(*) FROM t")).isEqualTo("0");
  }

  @Test
  void aKilledLoadTakesNoMore() {
    StatementResult.ClientFile file = open("LOAD DATA LOCAL INFILE 'x' INTO TABLE t (id)");
    try (FileContent content = file.content()) {
      engine.session().cancel();
      assertThatThrownBy(() -> content.accept(ByteBuffer.wrap(new byte[] {'1', '\n'})))
          .isInstanceOfSatisfying(
              TerraneException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.QUERY_INTERRUPTED));
    }
  }

  @Test
  void whatIsNotSupportedSaysSo() {
    refused("LOAD DATA INFILE '/etc/passwd' INTO TABLE t", ErrorCode.UNSUPPORTED);
    refused("LOAD DATA LOCAL INFILE 'x' INTO TABLE t (id) SET name = 'x'", ErrorCode.UNSUPPORTED);
    refused(
        "LOAD DATA LOCAL INFILE 'x' INTO TABLE t FIELDS TERMINATED BY ''", ErrorCode.UNSUPPORTED);
    refused("LOAD DATA LOCAL INFILE 'x' INTO TABLE t CHARACTER SET big5", ErrorCode.UNSUPPORTED);
    refused(
        "LOAD DATA LOCAL INFILE 'x' INTO TABLE t FIELDS ENCLOSED BY 'ab'",
        ErrorCode.WRONG_FIELD_TERMINATORS);
    refused("LOAD DATA LOCAL INFILE 'x' INTO TABLE nowhere", ErrorCode.TABLE_NOT_FOUND);
    refused("LOAD DATA LOCAL INFILE 'x' INTO TABLE t (nothing)", ErrorCode.COLUMN_NOT_FOUND);
    refused("LOAD DATA LOCAL INFILE 'x' INTO TABLE t (id, id)", ErrorCode.INVALID_ARGUMENT);
    refused("LOAD DATA LOCAL INFILE INTO TABLE t", ErrorCode.SYNTAX_ERROR);
    assertThatThrownBy(() -> engine.session().prepare("LOAD DATA LOCAL INFILE 'x' INTO TABLE t"))
        .isInstanceOfSatisfying(
            TerraneException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_PREPARABLE));
  }

  private void refused(String sql, ErrorCode code) {
    assertThatThrownBy(() -> open(sql))
        .as(sql)
        .isInstanceOfSatisfying(
            TerraneException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  private StatementResult.ClientFile open(String sql) {
    return (StatementResult.ClientFile) engine.session().execute(sql, false).next();
  }

  private StatementResult.Affected load(String sql, String text) {
    try (FileContent content = open(sql).content()) {
      content.accept(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      return content.finish();
    }
  }
}
