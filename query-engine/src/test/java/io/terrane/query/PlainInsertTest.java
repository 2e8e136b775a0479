package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.SqlSession;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.Datum;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * INSERT without a tree writes what the general way writes, and refuses what it refuses. A comment
 * in the head sends a statement the general way.
 */
class PlainInsertTest {
  private static final String COLUMNS =
      "(k STRING, tiny TINYINT, n INT, big BIGINT NOT NULL, u BIGINT UNSIGNED, f FLOAT, d DOUBLE,"
          + " amount DECIMAL(10, 2), flag BOOLEAN, day DATE, bytes VARBINARY(20),"
          + " note STRING DEFAULT 'none', ts TIMESTAMP(3) TIME INDEX, PRIMARY KEY (k, n))";
  private static final String PARTITIONS = " PARTITION ON COLUMNS (n) (n < 10, n >= 10)";

  private static final List<String> LITERALS =
      List.of(
          "0",
          "1",
          "-1",
          "007",
          "127",
          "128",
          "-128",
          "-129",
          "2147483647",
          "2147483648",
          "-2147483649",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "18446744073709551615",
          "99999999999999999999999999",
          "1.5",
          "-1.5",
          "0.1",
          "-0.0",
          "-0",
          "2.345",
          "123456789012345.678",
          "0.000000000000000000001",
          "1e3",
          "-1E-3",
          "1.5e300",
          "1e400",
          "5.",
          ".5",
          "1_000",
          "0x41",
          "x'4142'",
          "b'101'",
          "'a'",
          "'it''s'",
          "'a\\\\nb'",
          "'%\\\\_'",
          "\"double\"",
          "'ünïcode €'",
          "''",
          "' 12 '",
          "'12'",
          "'-3.7'",
          "'abc'",
          "'1e2'",
          "'2026-01-02'",
          "'2026-01-02 03:04:05'",
          "'2026-01-02T03:04:05.678Z'",
          "'2026-13-45'",
          "1767225600000",
          "NULL",
          "null",
          "DEFAULT",
          "default",
          "TRUE",
          "false",
          "1 + 1",
          "-(1)",
          "- 1",
          "--1",
          "upper('x')",
          "'a' 'b'",
          "DATE '2026-01-02'",
          "now()",
          "@x",
          "?",
          "(1)",
          "NULLS",
          "n");

  @Test
  void anEmptyTextIsNoTime() {
    try (EngineFixture engine = new EngineFixture()) {
      engine.run("CREATE TABLE plain " + COLUMNS);
      assertThatThrownBy(
              () -> engine.run("INSERT INTO plain (k, n, big, ts) VALUES ('a', 1, 1, '')"))
          .isInstanceOf(TerraneException.class)
          .hasMessageContaining("value: '' for column 'ts' at row 1");
    }
  }

  @Property(tries = 300)
  void writesAndRefusesAsTheGeneralWay(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String rows = rows(random);
    try (EngineFixture engine = new EngineFixture()) {
      engine.run("CREATE TABLE plain " + COLUMNS + PARTITIONS);
      engine.run("CREATE TABLE general " + COLUMNS + PARTITIONS);
      String plain = outcome(engine, "INSERT INTO plain VALUES " + rows);
      String general = outcome(engine, "INSERT INTO general /* */ VALUES " + rows);
      assertThat(plain.replace("plain", "general")).as(rows).isEqualTo(general);
      assertThat(engine.run("SELECT * FROM plain ORDER BY k, ts"))
          .as(rows)
          .isEqualTo(engine.run("SELECT * FROM general ORDER BY k, ts"));
    }
  }

  /** Mostly rows that fit, each with at most one literal out of the list. */
  private static String rows(SplittableRandom random) {
    return IntStream.rangeClosed(1, 1 + random.nextInt(4))
        .mapToObj(i -> row(i, random))
        .collect(Collectors.joining(" ,\n"));
  }

  private static String row(int i, SplittableRandom random) {
    String[] cells = {
      "'k" + i + "'",
      Integer.toString(random.nextInt(256) - 128),
      Integer.toString(random.nextInt(20)),
      Long.toString(random.nextLong()),
      Long.toString(random.nextLong() >>> 1),
      Float.toString(random.nextInt(100) / 4f),
      Double.toString(random.nextDouble() * Math.pow(10, random.nextInt(30) - 15)),
      random.nextInt(1000) + "." + random.nextInt(1000),
      random.nextBoolean() ? "TRUE" : "0",
      "'2026-01-0" + (1 + random.nextInt(9)) + "'",
      "'bytes'",
      random.nextBoolean() ? "DEFAULT" : "'a note'",
      random.nextBoolean() ? "'2026-01-01 00:00:0" + i + "'" : Integer.toString(random.nextInt())
    };
    if (random.nextInt(3) > 0) {
      cells[random.nextInt(cells.length)] = LITERALS.get(random.nextInt(LITERALS.size()));
    }
    int width = random.nextInt(40) == 0 ? cells.length - 1 : cells.length;
    return "( " + String.join(", ", List.of(cells).subList(0, width)) + ")";
  }

  private static String outcome(EngineFixture engine, String sql) {
    try {
      return engine.run(sql);
    } catch (TerraneException refused) {
      return refused.code() + ": " + refused.getMessage();
    }
  }

  @Test
  void namedColumnsLeaveTheOthersTheirDefaults() {
    try (EngineFixture engine = new EngineFixture()) {
      engine.run("CREATE TABLE t " + COLUMNS);
      assertThat(engine.run("insert into `t` (ts, big, `k`) values (5, 1, 'x'), (6, 2, 'y');"))
          .isEqualTo("affected 2");
      assertThat(engine.run("REPLACE INTO public.t (k, ts, big) VALUES ('x', 5, 3)"))
          .isEqualTo("affected 1");
      assertThat(engine.run("SELECT k, big, note, n FROM t ORDER BY k"))
          .isEqualTo("x|3|none|null\ny|2|none|null");
    }
  }

  @Test
  void statementsBehindItRunToo() {
    try (EngineFixture engine = new EngineFixture()) {
      engine.run("CREATE TABLE t (k STRING PRIMARY KEY, ts TIMESTAMP TIME INDEX)");
      assertThat(engine.run("INSERT INTO t VALUES ('a;b', 1); SELECT count(*) FROM t"))
          .isEqualTo("1");
    }
  }

  @Test
  void parametersAreCells() {
    try (EngineFixture engine = new EngineFixture()) {
      engine.run("CREATE TABLE t (k STRING PRIMARY KEY, d DOUBLE, ts TIMESTAMP TIME INDEX)");
      SqlSession session = engine.session();
      StatementResult result =
          session.execute(
              session.prepare("INSERT INTO t VALUES (?, ?, 7), (?, 2.5, ?)"),
              List.of(Datum.of("a"), Datum.of(1), Datum.of("b"), Datum.of("1970-01-01 00:00:01")));
      assertThat(((StatementResult.Affected) result).count()).isEqualTo(2);
      assertThat(engine.run("SELECT k, d, ts FROM t ORDER BY k")).isEqualTo("a|1.0|7\nb|2.5|1000");
    }
  }

  @Test
  void aHeadFollowsItsTable() {
    try (EngineFixture engine = new EngineFixture()) {
      engine.run("CREATE TABLE t (k STRING PRIMARY KEY, ts TIMESTAMP TIME INDEX)");
      engine.run("INSERT INTO t VALUES ('a', 1)");
      engine.run("DROP TABLE t");
      assertThat(outcome(engine, "INSERT INTO t VALUES ('a', 1)")).contains("doesn't exist");
      engine.run("CREATE TABLE t (ts TIMESTAMP TIME INDEX, k STRING PRIMARY KEY)");
      engine.run("INSERT INTO t VALUES (1, 'a')");
      assertThat(engine.run("SELECT k FROM t")).isEqualTo("a");
    }
  }
}
