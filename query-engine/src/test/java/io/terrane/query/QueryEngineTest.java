package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.sql.PreparedStatement;
import io.terrane.api.table.Datum;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QueryEngineTest {
  private final EngineFixture engine = new EngineFixture();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void selectsConstants() {
    assertThat(engine.run("SELECT 1")).isEqualTo("1");
    assertThat(engine.run("SELECT 1; SELECT 'a\\'b', 7 DIV 2")).isEqualTo("a'b|3");
    assertThat(engine.run("SELECT 2 + 3 AS five, TRUE && !FALSE")).isEqualTo("5|true");
  }

  @Test
  void namesColumnsAsWritten() {
    assertThat(
            engine.columns(
                "SELECT 1 + 1, (2 * 3) AS x, @@version_comment, \"s\" FROM (SELECT 1) t"))
        .containsExactly("1 + 1", "x", "@@version_comment", "s");
  }

  @Test
  void answersWhatConnectorJAsksOnConnect() {
    String asked =
        "/* mysql-connector-j-9.7.0 */SELECT  @@session.auto_increment_increment AS"
            + " auto_increment_increment, @@character_set_client AS character_set_client,"
            + " @@character_set_connection AS character_set_connection, @@character_set_results AS"
            + " character_set_results, @@character_set_server AS character_set_server,"
            + " @@collation_server AS collation_server, @@collation_connection AS"
            + " collation_connection, @@init_connect AS init_connect, @@interactive_timeout AS"
            + " interactive_timeout, @@license AS license, @@lower_case_table_names AS"
            + " lower_case_table_names, @@max_allowed_packet AS max_allowed_packet,"
            + " @@net_write_timeout AS net_write_timeout, @@performance_schema AS"
            + " performance_schema, @@sql_mode AS sql_mode, @@system_time_zone AS"
            + " system_time_zone, @@time_zone AS time_zone, @@transaction_isolation AS"
            + " transaction_isolation, @@wait_timeout AS wait_timeout";
    assertThat(engine.run(asked)).startsWith("1|utf8mb4|utf8mb4|utf8mb4|utf8mb4|");
    assertThat(engine.run("SET NAMES utf8mb4")).isEqualTo("affected 0");
    assertThat(engine.run("SET character_set_results = NULL")).isEqualTo("affected 0");
    assertThat(engine.run("SET autocommit=1")).isEqualTo("affected 0");
  }

  @Test
  void setsVariables() {
    engine.run("SET autocommit = 0, sql_mode = concat(@@sql_mode, ',ANSI_QUOTES')");
    assertThat(engine.session().status().autocommit()).isFalse();
    assertThat(engine.run("SELECT @@sql_mode")).endsWith("ANSI_QUOTES");
    engine.run("SET @x = 5, @y = 'text'");
    assertThat(engine.run("SELECT @x + 1, @y, @unset")).isEqualTo("6|text|null");
    engine.run("SET time_zone = '+08:00'");
    assertThat(engine.session().timeZone().getId()).isEqualTo("+08:00");
    assertThat(engine.run("SHOW VARIABLES LIKE 'time_zone'")).isEqualTo("time_zone|+08:00");
    assertThat(engine.run("SHOW VARIABLES WHERE Variable_name IN ('autocommit', 'license')"))
        .isEqualTo("autocommit|OFF\nlicense|Apache-2.0");
    assertError("SET no_such = 1", ErrorCode.UNKNOWN_VARIABLE, "Unknown system variable 'no_such'");
    assertError("SET time_zone = 'nowhere'", ErrorCode.UNKNOWN_TIME_ZONE, "nowhere");
    assertError("SET version = 'x'", ErrorCode.READ_ONLY_VARIABLE, "read only");
    assertError("SELECT @@no_such", ErrorCode.UNKNOWN_VARIABLE, "no_such");
  }

  @Test
  void createsShowsAndDropsTables() {
    engine.run(
        "CREATE TABLE t (host STRING, v DOUBLE DEFAULT 1.5, ts TIMESTAMP(3) TIME INDEX,"
            + " PRIMARY KEY (host)) PARTITION ON COLUMNS (host) (host < 'm', host >= 'm')"
            + " ENGINE=mito WITH (ttl = '7d')");
    assertThat(engine.run("SHOW TABLES")).isEqualTo("t");
    assertThat(engine.columns("SHOW TABLES LIKE 't%'")).containsExactly("Tables_in_public (t%)");
    assertThat(engine.run("DESC t"))
        .isEqualTo(
            "host|String|PRI|YES||TAG\n"
                + "v|Float64||YES|1.5|FIELD\n"
                + "ts|TimestampMillisecond|PRI|NO||TIMESTAMP");
    String text = engine.run("SHOW CREATE TABLE t");
    assertThat(text)
        .isEqualTo(
            """
            t|CREATE TABLE IF NOT EXISTS `t` (
              `host` STRING NULL,
              `v` DOUBLE NULL DEFAULT 1.5,
              `ts` TIMESTAMP(3) NOT NULL,
              TIME INDEX (`ts`),
              PRIMARY KEY (`host`)
            )
            PARTITION ON COLUMNS (`host`) (
              host < 'm',
              host >= 'm'
            )
            ENGINE=mito
            WITH(
              ttl = '7days'
            )""");
    engine.run("DROP TABLE t");
    engine.run(text.substring(2));
    assertThat(engine.run("SHOW CREATE TABLE t")).isEqualTo(text);
    engine.run("DROP TABLE IF EXISTS t, gone");
    assertThat(engine.run("SHOW WARNINGS")).isEqualTo("Note|1051|Unknown table 'public.gone'");
    assertError("DROP TABLE gone", ErrorCode.UNKNOWN_TABLE_TO_DROP, "Unknown table 'public.gone'");
  }

  @Test
  void refusesWrongTables() {
    assertError(
        "CREATE TABLE a (x INT, ts TIMESTAMP TIME INDEX, TIME INDEX (ts))",
        ErrorCode.INVALID_ARGUMENT,
        "one time index");
    assertError("CREATE TABLE a (ts INT TIME INDEX)", ErrorCode.INVALID_ARGUMENT, "TIMESTAMP");
    assertError("CREATE TABLE a (x INT, x INT)", ErrorCode.COLUMN_EXISTS, "'x'");
    assertError("CREATE TABLE a (x INT) WITH (foo = '1')", ErrorCode.UNKNOWN_TABLE_OPTION, "foo");
    assertError("CREATE TABLE a (x INT DEFAULT 'y')", ErrorCode.INVALID_DEFAULT, "'x'");
    assertError(
        "CREATE TABLE a (x INT PRIMARY KEY, ts TIMESTAMP TIME INDEX)"
            + " PARTITION ON COLUMNS (x) (x < 10, x > 10)",
        ErrorCode.INVALID_PARTITION_RULE,
        "no partition holds rows with x = 10");
    assertError(
        "CREATE TABLE a (x INT PRIMARY KEY, ts TIMESTAMP TIME INDEX)"
            + " PARTITION ON COLUMNS (x) (x < 10, x >= 9)",
        ErrorCode.INVALID_PARTITION_RULE,
        "overlap");
  }

  @Test
  void migratesRegionsInBothForms() {
    String select = engine.run("SELECT migrate_region(4398046511104, 1, 2, 60)");
    assertThat(ProcedureId.parse(select)).isNotNull();
    assertThat(engine.columns("ADMIN migrate_region(4398046511104, 2, 3)"))
        .containsExactly("ADMIN migrate_region(4398046511104, 2, 3)");
    assertThat(engine.cluster().requests()).hasSize(2);
    assertThat(
            ((ProcedureRequest.MigrateRegion) engine.cluster().requests().get(1)).replayTimeout())
        .hasSeconds(300);
    assertThat(engine.run("SELECT procedure_state('" + select + "')"))
        .isEqualTo("{\"status\":\"Running\"}");
    assertThat(engine.run("ADMIN procedure_state('" + select + "')"))
        .isEqualTo("{\"status\":\"Running\"}");
    ProcedureId failed = new ProcedureId(new UUID(1, 1));
    engine.cluster().put(failedInfo(failed));
    assertThat(engine.run("SELECT procedure_state('" + failed + "')"))
        .isEqualTo("{\"status\":\"Failed\",\"error\":\"no \\\"room\\\"\"}");
  }

  private static ProcedureInfo failedInfo(ProcedureId id) {
    return new ProcedureInfo(
        id,
        "fake",
        ProcedureStatus.FAILED,
        "step",
        Optional.of(ErrorCode.PROCEDURE_FAILED),
        Optional.of("no \"room\""),
        Instant.EPOCH,
        Optional.empty(),
        List.of(),
        1);
  }

  @Test
  void refusesWrongMigrations() {
    for (String form : List.of("SELECT ", "ADMIN ")) {
      assertError(form + "migrate_region(1, 2)", ErrorCode.WRONG_ARGUMENT_COUNT, "expect 3 or 4");
      assertError(form + "migrate_region(1, 'x', 2)", ErrorCode.WRONG_ARGUMENT_TYPE, "argument 2");
      assertError(form + "migrate_region(NULL, 1, 2)", ErrorCode.INVALID_ARGUMENT, "NULL");
      assertError(form + "migrate_region(1, -1, 2)", ErrorCode.INVALID_ARGUMENT, "out of range");
      assertError(
          form + "migrate_region(1, 1, 2, 0)", ErrorCode.INVALID_ARGUMENT, "replay_timeout");
      assertError(form + "migrate_region(1, 2, 2)", ErrorCode.INVALID_ARGUMENT, "are both 2");
      assertError(form + "gc_table()", ErrorCode.WRONG_ARGUMENT_COUNT, "expect 1 or 2");
      assertError(form + "gc_table('t', 'x')", ErrorCode.WRONG_ARGUMENT_TYPE, "true or false");
      assertError(form + "gc_regions()", ErrorCode.WRONG_ARGUMENT_COUNT, "expect 1 to 64");
      assertError(form + "gc_regions(7, 8)", ErrorCode.REGION_NOT_FOUND, "Region not found: 7");
      assertError(form + "maintenance_mode()", ErrorCode.WRONG_ARGUMENT_COUNT, "expect exactly 1");
      assertError(form + "maintenance_mode(1)", ErrorCode.WRONG_ARGUMENT_TYPE, "a string");
      assertError(form + "maintenance_mode('maybe')", ErrorCode.INVALID_ARGUMENT, "'on' or 'off'");
      assertError(form + "maintenance_mode(NULL)", ErrorCode.INVALID_ARGUMENT, "NULL");
      assertError(form + "procedure_state('nonsense')", ErrorCode.INVALID_ARGUMENT, "not a UUID");
      assertError(
          form + "procedure_state('00000000-0000-0007-0000-000000000099')",
          ErrorCode.PROCEDURE_NOT_FOUND,
          "Procedure not found");
    }
    assertError(
        "SELECT migrate_region(1, 1, 2) FROM (SELECT 1 UNION ALL SELECT 2) t",
        ErrorCode.UNSUPPORTED,
        "without FROM");
    assertThat(engine.cluster().requests()).isEmpty();
  }

  @Test
  void preparesStatements() {
    PreparedStatement statement = engine.session().prepare("SELECT ? + 1 AS x");
    assertThat(statement.parameterCount()).isEqualTo(1);
    assertThat(EngineFixture.text(engine.session().execute(statement, List.of(Datum.of(41L)))))
        .isEqualTo("42");
    engine.run("PREPARE p FROM 'SELECT ?, 2'");
    engine.run("SET @a = 'one'");
    assertThat(engine.run("EXECUTE p USING @a")).isEqualTo("one|2");
    engine.run("DEALLOCATE PREPARE p");
    assertError("EXECUTE p USING @a", ErrorCode.UNKNOWN_STATEMENT, "p");
  }

  @Test
  void reportsErrorsLikeMySql() {
    assertError("SELEC 1", ErrorCode.SYNTAX_ERROR, "near 'SELEC 1' at line 1");
    assertError("SELECT 1,\n  FROM WHERE", ErrorCode.SYNTAX_ERROR, "at line 2");
    assertError("", ErrorCode.EMPTY_QUERY, "Query was empty");
    assertError("SELECT * FROM nowhere", ErrorCode.TABLE_NOT_FOUND, "nowhere");
    assertThat(engine.run("SHOW ERRORS")).startsWith("Error|1146|");
    assertThatThrownBy(() -> engine.session().execute("SELECT 1; SELECT 2", false))
        .isInstanceOfSatisfying(
            TerraneException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.SYNTAX_ERROR));
  }

  @Test
  void keepsTransactionsAndDatabases() {
    engine.run("START TRANSACTION /*!40100 WITH CONSISTENT SNAPSHOT */");
    assertThat(engine.session().status().inTransaction()).isTrue();
    engine.run("SAVEPOINT a; ROLLBACK TO SAVEPOINT a; COMMIT");
    assertThat(engine.session().status().inTransaction()).isFalse();
    engine.run("CREATE DATABASE d; USE d");
    assertThat(engine.session().status().database()).isEqualTo("d");
    assertThat(engine.run("SHOW DATABASES")).isEqualTo("d\ninformation_schema\npublic");
    engine.run("DROP DATABASE d");
    assertError("SHOW TABLES", ErrorCode.DATABASE_NOT_SELECTED, "No database selected");
    assertError("USE d", ErrorCode.DATABASE_NOT_FOUND, "Unknown database 'd'");
  }

  @Test
  void explainsQueries() {
    engine.run("CREATE TABLE t (x INT, ts TIMESTAMP TIME INDEX)");
    assertThat(engine.run("EXPLAIN SELECT x FROM t WHERE x > 1")).contains("t");
  }

  @Test
  void readsViews() {
    engine.run("CREATE VIEW v AS SELECT 1 AS one, 'x' AS two");
    assertThat(engine.run("SELECT two, one FROM v")).isEqualTo("x|1");
    assertThat(engine.run("SHOW FULL TABLES")).isEqualTo("v|VIEW");
    assertThat(engine.run("SHOW CREATE VIEW v"))
        .startsWith("v|CREATE VIEW `v` AS SELECT 1 AS one, 'x' AS two");
    assertError("CREATE VIEW w AS SELECT * FROM nowhere", ErrorCode.TABLE_NOT_FOUND, "nowhere");
    engine.run("CREATE VIEW l AS (SELECT 2 AS a) UNION SELECT 1 ORDER BY a LIMIT 1");
    assertThat(engine.run("SELECT * FROM l")).isEqualTo("1");
    engine.run("CREATE OR REPLACE VIEW l AS WITH c AS (SELECT 7 AS a) SELECT a FROM c ORDER BY a");
    assertThat(engine.run("SELECT * FROM l")).isEqualTo("7");
    engine.run("DROP VIEW l");
    engine.run("DROP VIEW v");
    assertThat(engine.run("SHOW TABLES")).isEmpty();
  }

  private void assertError(String sql, ErrorCode code, String part) {
    assertThatThrownBy(() -> engine.run(sql))
        .as(sql)
        .isInstanceOfSatisfying(
            TerraneException.class,
            error -> {
              assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
              assertThat(error.getMessage()).contains(part);
            });
  }
}
