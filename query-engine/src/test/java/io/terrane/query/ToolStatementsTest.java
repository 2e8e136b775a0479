package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.SqlSession;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements that clients and BI tools send beside their queries. */
@Timeout(60)
final class ToolStatementsTest {
  private final EngineFixture engine = new EngineFixture();

  @BeforeEach
  void makeTable() {
    engine.run(
        "CREATE TABLE cpu (host STRING, value DOUBLE, ts TIMESTAMP TIME INDEX, PRIMARY KEY (host))");
    engine.run("INSERT INTO cpu VALUES ('a', 1.5, 1000), ('B', 2.5, 2000)");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void showWhereIsAnyConditionOverItsRows() {
    assertThat(engine.run("SHOW TABLES WHERE LENGTH(Tables_in_public) = 3 OR 1 = 0"))
        .isEqualTo("cpu");
    assertThat(engine.run("SHOW FULL TABLES WHERE LOWER(table_type) <> 'view'"))
        .isEqualTo("cpu|BASE TABLE");
    assertThat(engine.run("SHOW COLUMNS FROM cpu WHERE `Null` = 'YES' AND Field NOT IN ('host')"))
        .startsWith("value|double|YES|");
    assertThat(engine.run("SHOW VARIABLES WHERE Value = 4002")).isEqualTo("port|4002");
    assertThat(engine.run("SHOW VARIABLES LIKE 'version%'"))
        .startsWith("version|8.4.0-Terrane-test\nversion_comment|Terrane");
    assertError("SHOW TABLES WHERE nope = 1", ErrorCode.COLUMN_NOT_FOUND, "'nope'");
  }

  @Test
  void textOfShowComparesWithoutCase() {
    assertThat(engine.run("SHOW VARIABLES WHERE Variable_name = 'LICENSE'"))
        .isEqualTo("license|Apache-2.0");
    assertThat(engine.run("SHOW VARIABLES WHERE variable_name IN ('License', 'x')"))
        .isEqualTo("license|Apache-2.0");
    assertThat(engine.run("SHOW VARIABLES WHERE variable_name LIKE 'LICEN_E'"))
        .isEqualTo("license|Apache-2.0");
    assertThat(engine.run("SHOW VARIABLES WHERE variable_name REGEXP '^LICENSE$'"))
        .isEqualTo("license|Apache-2.0");
    assertThat(engine.run("SHOW VARIABLES WHERE variable_name COLLATE utf8mb4_bin = 'LICENSE'"))
        .isEmpty();
  }

  @Test
  void collationsDecideHowTextsCompare() {
    assertThat(engine.run("SELECT host FROM cpu WHERE host = 'b'")).isEmpty();
    assertThat(engine.run("SELECT host FROM cpu WHERE host COLLATE utf8mb4_general_ci = 'b'"))
        .isEqualTo("B");
    assertThat(engine.run("SELECT host FROM cpu WHERE BINARY host = 'B'")).isEqualTo("B");
    assertThat(engine.run("SELECT 'x' COLLATE utf8mb4_bin AS t")).isEqualTo("x");
    assertError("SELECT 'x' COLLATE nothing", ErrorCode.INVALID_ARGUMENT, "'nothing'");
  }

  @Test
  void nullColumnsCanBeSorted() {
    assertThat(engine.run("SELECT NULL AS c, host FROM cpu ORDER BY c, host DESC"))
        .isEqualTo("null|a\nnull|B");
    assertThat(
            engine.run(
                "SELECT a.host, b.n FROM cpu a LEFT JOIN (SELECT host, NULL AS n FROM cpu) b"
                    + " ON a.host = b.host ORDER BY 1"))
        .isEqualTo("B|null\na|null");
  }

  @Test
  void locksAreTakenByNobody() {
    assertThat(engine.run("SELECT host FROM cpu WHERE value > 2 FOR UPDATE")).isEqualTo("B");
    assertThat(engine.run("SELECT host FROM cpu WHERE value > 2 FOR SHARE NOWAIT")).isEqualTo("B");
    assertThat(engine.run("SELECT host FROM cpu WHERE value > 2 LOCK IN SHARE MODE"))
        .isEqualTo("B");
    assertThat(
            engine.run(
                "SELECT host FROM (SELECT * FROM cpu FOR UPDATE OF cpu SKIP LOCKED) t"
                    + " ORDER BY value LIMIT 1 FOR UPDATE"))
        .isEqualTo("a");
    assertThat(engine.run("SELECT SUBSTRING('Terrane' FROM 2 FOR 3)")).isEqualTo("err");
  }

  @Test
  void convertsAsMySqlDoes() {
    assertThat(engine.run("SELECT CONVERT('5', UNSIGNED INTEGER) + 1, CONVERT(5, CHAR)"))
        .isEqualTo("6|5");
    assertThat(
            engine.run("SELECT CONVERT('x' USING utf8mb4), CONVERT(COALESCE(1, 2), DECIMAL(5,1))"))
        .isEqualTo("x|1.0");
    assertThat(engine.columns("SELECT CONVERT('5', SIGNED)"))
        .containsExactly("CONVERT('5', SIGNED)");
    assertThat(engine.run("SELECT CAST(7.6 AS SIGNED INT)")).isEqualTo("8");
  }

  @Test
  void indexesAreNamesOnly() {
    engine.run("CREATE INDEX i USING BTREE ON cpu (value DESC)");
    assertError("CREATE UNIQUE INDEX I ON cpu (host)", ErrorCode.INDEX_EXISTS, "'I'");
    engine.run("CREATE INDEX IF NOT EXISTS i ON cpu (host)");
    engine.run("DROP INDEX i ON cpu");
    assertError("DROP INDEX i ON cpu", ErrorCode.INDEX_NOT_FOUND, "Can't DROP 'i'");
    assertError("CREATE INDEX i ON gone (x)", ErrorCode.TABLE_NOT_FOUND, "public.gone");
    assertError("DROP INDEX i ON gone", ErrorCode.TABLE_NOT_FOUND, "public.gone");
    engine.run("CREATE INDEX j ON cpu (value)");
    engine.run("DROP INDEX j");
    engine.run("DROP INDEX IF EXISTS j");
  }

  @Test
  void explainShowsTimesAsTimes() {
    assertThat(engine.run("EXPLAIN SELECT * FROM cpu WHERE ts > '2024-01-01 00:00:00.5'"))
        .contains("2024-01-01 00:00:00.5");
  }

  @Test
  void globalVariablesAreNotTheSessions() {
    engine.run("SET SESSION wait_timeout = 5");
    assertThat(engine.run("SHOW VARIABLES LIKE 'wait_timeout'")).isEqualTo("wait_timeout|5");
    assertThat(engine.run("SHOW GLOBAL VARIABLES LIKE 'wait_timeout'"))
        .isEqualTo("wait_timeout|28800");
  }

  @Test
  void statusCounts() {
    String before = engine.run("SHOW STATUS WHERE Variable_name = 'Questions'");
    engine.run("SELECT 1");
    assertThat(engine.run("SHOW GLOBAL STATUS LIKE 'Questions'")).isNotEqualTo(before);
    assertThat(engine.run("SHOW STATUS LIKE 'Threads_%'"))
        .isEqualTo("Threads_connected|1\nThreads_running|1");
  }

  @Test
  void killReachesARunningStatement() {
    try (SqlSession other = engine.open(2)) {
      CompletableFuture<String> sleeper =
          CompletableFuture.supplyAsync(
              () -> EngineFixture.text(other.execute("SELECT SLEEP(1)", false).next()),
              task -> new Thread(task).start());
      awaitRunning(sleeper);
      assertThat(engine.run("SHOW FULL PROCESSLIST"))
          .contains("2|root|localhost|public|Query|0|executing|SELECT SLEEP(1)");
      engine.run("KILL QUERY 2");
      assertThatThrownBy(() -> sleeper.orTimeout(30, TimeUnit.SECONDS).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              TerraneException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.QUERY_INTERRUPTED));
      assertThat(engine.run("SHOW PROCESSLIST WHERE Id = 2"))
          .isEqualTo("2|root|localhost|public|Sleep|0||null");
    }
  }

  private void awaitRunning(CompletableFuture<String> sleeper) {
    while (engine.run("SHOW PROCESSLIST WHERE Info LIKE 'select sleep%'").isEmpty()) {
      assertThat(sleeper).isNotDone();
      Thread.onSpinWait();
    }
  }

  private void assertError(String sql, ErrorCode code, String message) {
    assertThatThrownBy(() -> engine.run(sql))
        .isInstanceOfSatisfying(
            TerraneException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
