package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.sql.PreparedStatement;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries that are run again give what they give without a cache. */
class PlanCacheTest {
  private final EngineFixture cached = new EngineFixture();
  private final EngineFixture planning =
      new EngineFixture(EngineFixture.config(64 << 20, 0, "", 0));

  @BeforeEach
  void tables() {
    for (EngineFixture engine : List.of(cached, planning)) {
      engine.run(
          "CREATE TABLE cpu (host STRING, ts TIMESTAMP(3) TIME INDEX, usage_user DOUBLE, n BIGINT,"
              + " d DECIMAL(8, 2), PRIMARY KEY (host)) PARTITION ON COLUMNS (host)"
              + " (host < 'host_2', host >= 'host_2')");
      engine.run(
          "INSERT INTO cpu VALUES ('host_1', '2016-01-01 00:00:00', 1.5, 1, 1.25),"
              + " ('host_1', '2016-01-01 00:00:10', 2.5, 2, 2.25),"
              + " ('host_2', '2016-01-01 00:00:00', 91.5, 3, 3.25),"
              + " ('host_3', '2016-01-01 01:00:00', 4.5, NULL, NULL)");
    }
  }

  @AfterEach
  void close() {
    cached.close();
    planning.close();
  }

  private static String outcome(EngineFixture engine, String sql) {
    try {
      return engine.columns(sql) + "\n" + engine.run(sql);
    } catch (RuntimeException failure) {
      return failure.toString();
    }
  }

  @Test
  void the_same_text_with_other_constants_gives_other_rows() {
    List<String> queries = new ArrayList<>();
    for (String host : List.of("host_1", "host_2", "host_3", "it''s", "")) {
      for (String column : List.of("usage_user", "n", "d")) {
        for (String number : List.of("2", "2.5", "90.0", "3000000000", "1e1", "-1", "0", "007")) {
          queries.add(
              "SELECT * FROM cpu WHERE host = '" + host + "' AND " + column + " > " + number);
          queries.add(
              "SELECT " + number + ", host FROM cpu WHERE " + column + " + " + number + " > 3");
        }
      }
      queries.add("SELECT max(n) FROM cpu WHERE host IN ('" + host + "', 'host_1') GROUP BY host");
      queries.add("SELECT host LIKE '" + host + "', n FROM cpu WHERE host LIKE '" + host + "%'");
      queries.add(
          "SELECT count(*) FROM (SELECT n FROM cpu WHERE host <> '" + host + "' LIMIT 2) AS s");
    }
    for (String time : List.of("2016-01-01 00:00:00", "2016-01-01", "1999-01-01 00:00:05", "x")) {
      queries.add("SELECT host, ts FROM cpu WHERE ts >= '" + time + "' ORDER BY host, ts");
      queries.add("SELECT host FROM cpu WHERE ts BETWEEN '" + time + "' AND '2016-01-01 00:30:00'");
      queries.add("SELECT n FROM cpu WHERE ts = TIMESTAMP '" + time + "'");
      queries.add(
          "SELECT date_bin(INTERVAL '1 minute', ts) AS m, avg(n) FROM cpu WHERE ts < '"
              + time
              + "' OR 1 = 1 GROUP BY m ORDER BY m");
    }
    for (int limit = 0; limit < 5; limit++) {
      queries.add("SELECT host, n FROM cpu ORDER BY ts, host LIMIT " + limit);
      queries.add("SELECT host FROM cpu ORDER BY host, ts LIMIT 2 OFFSET " + limit);
      queries.add("(SELECT n FROM cpu) UNION (SELECT " + limit + ") ORDER BY 1 LIMIT " + limit);
      queries.add("SELECT " + limit + ", round(d, " + limit + ") FROM cpu ORDER BY " + (limit + 1));
      queries.add("SELECT CASE WHEN n > " + limit + " THEN 'a' ELSE 'b' END FROM cpu");
      queries.add(
          "SELECT a.host FROM cpu a WHERE EXISTS (SELECT 1 FROM cpu b WHERE b.n > a.n AND b.n <> "
              + limit
              + ")");
    }
    for (int round = 0; round < 2; round++) {
      for (String sql : queries) {
        assertThat(outcome(cached, sql)).as(sql).isEqualTo(outcome(planning, sql));
      }
    }
  }

  @Test
  void parameters_are_taken_by_type_and_value() {
    String sql = "SELECT host, n + ? FROM cpu WHERE n >= ? AND host <> ? ORDER BY host LIMIT ?";
    List<List<Datum>> all =
        List.of(
            List.of(Datum.of(1), Datum.of(1), Datum.of("host_1"), Datum.of(5)),
            List.of(Datum.of(2), Datum.of(1), Datum.of("host_1"), Datum.of(5)),
            List.of(Datum.of(1), Datum.of("2"), Datum.of("host_2"), Datum.of("5")),
            List.of(Datum.of(1), Datum.NULL, Datum.of("host_2"), Datum.of(5)),
            List.of(Datum.of(1), Datum.of(1.5), Datum.of("x"), Datum.of(1)),
            List.of(Datum.of(1), Datum.of(1), Datum.of("x"), Datum.of(-1)),
            List.of(Datum.ofNull(DataType.INT64), Datum.of(1), Datum.of("x"), Datum.of(0)));
    PreparedStatement once = cached.session().prepare(sql);
    for (int round = 0; round < 2; round++) {
      for (List<Datum> parameters : all) {
        String expected = "";
        try {
          PreparedStatement fresh = planning.session().prepare(sql);
          expected = EngineFixture.text(planning.session().execute(fresh, parameters));
        } catch (RuntimeException failure) {
          expected = failure.getMessage();
        }
        String actual;
        try {
          actual = EngineFixture.text(cached.session().execute(once, parameters));
        } catch (RuntimeException failure) {
          actual = failure.getMessage();
        }
        assertThat(actual).as(parameters.toString()).isEqualTo(expected);
      }
    }
  }

  @Test
  void a_plan_does_not_outlive_what_its_names_meant() {
    String sql = "SELECT * FROM t WHERE a = 1";
    cached.run("CREATE TABLE t (a BIGINT PRIMARY KEY, b STRING)");
    cached.run("INSERT INTO t VALUES (1, 'one')");
    assertThat(cached.run(sql)).isEqualTo("1|one");
    cached.run("CREATE TABLE other (a BIGINT PRIMARY KEY)");
    assertThat(cached.run(sql)).isEqualTo("1|one");
    cached.run("DROP TABLE t");
    assertThatThrownBy(() -> cached.run(sql)).hasMessageContaining("doesn't exist");
    cached.run("CREATE VIEW t AS SELECT a, 'view' AS c FROM (VALUES ROW(1)) AS v (a)");
    assertThat(cached.run(sql)).isEqualTo("1|view");
    cached.run("CREATE OR REPLACE VIEW t AS SELECT a + 1 AS a FROM (VALUES ROW(0)) AS v (a)");
    assertThat(cached.run(sql)).isEqualTo("1");
  }

  @Test
  void what_belongs_to_a_session_is_asked_for_each_time() {
    String sql = "SELECT database(), @@sql_mode, @x";
    cached.run("CREATE DATABASE other");
    cached.run("SET @x = 1");
    String first = cached.run(sql);
    cached.run("USE other");
    cached.run("SET @x = 2");
    assertThat(cached.run(sql)).isNotEqualTo(first).startsWith("other|").endsWith("|2");
    assertThat(cached.run("SELECT database()")).isEqualTo("other");
    cached.run("USE public");
    assertThat(cached.run("SELECT database()")).isEqualTo("public");
    String quoted = "SELECT \"n\" FROM cpu WHERE n = 1";
    assertThat(cached.run(quoted)).isEqualTo("n");
    cached.run("SET sql_mode = 'ANSI_QUOTES'");
    assertThat(cached.run(quoted)).isEqualTo("1");
  }

  @Test
  void a_limit_of_the_session_holds_for_plans_without_one() {
    assertThat(cached.run("SELECT host FROM cpu WHERE n > 0").lines()).hasSize(3);
    cached.run("SET sql_select_limit = 1");
    assertThat(cached.run("SELECT host FROM cpu WHERE n > 0").lines()).hasSize(1);
    assertThat(cached.run("SELECT host FROM cpu WHERE n > 0 LIMIT 2").lines()).hasSize(2);
    assertThat(cached.run("SELECT host FROM cpu WHERE n > 0 LIMIT 3").lines()).hasSize(3);
  }
}
