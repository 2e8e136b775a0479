package io.terrane.query.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.parse.Statement.InsertMode;
import io.terrane.query.parse.Statement.VariableScope;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.dialect.MysqlSqlDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlParsingTest {
  private static Statement parse(String sql) {
    return SqlParsing.parse(sql, MySqlLexis.DEFAULT).statement();
  }

  private static String unparsed(String sql) {
    return ((Statement.Query) parse(sql))
        .node()
        .toSqlString(MysqlSqlDialect.DEFAULT)
        .getSql()
        .replaceAll("\\s+", " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "select \"it's\" as x|SELECT 'it''s' AS `x`",
        "select 'a' 'b' as x|SELECT 'ab' AS `x`",
        "select count from t|SELECT `count` FROM `t`",
        "select t.value, date from t|SELECT `t`.`value`, `date` FROM `t`",
        "select value, user from t where date > '1'|SELECT `value`, `user` FROM `t` WHERE `date` > '1'",
        "select 1 as 'quoted name'|SELECT 1 AS `quoted name`",
        "select a, b, from t|SELECT `a`, `b` FROM `t`",
        "select a /* c */ from t -- end|SELECT `a` FROM `t`",
        "select a # rest|SELECT `a`",
        "select /*!40101 a, */ b /*!99999 , c */ from t|SELECT `a`, `b` FROM `t`",
        "select x'4a' as h, 0x4b as i, b'01000001' as j|SELECT X'4A' AS `h`, X'4B' AS `i`, X'41' AS `j`",
      })
  void readsMySqlLexis(String sql, String expected) {
    assertThat(unparsed(sql)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select date_add(a, interval 1 day) from t",
        "select a + interval hour(b) hour from t",
        "select a - interval (b + 1) minute, a + interval '1' week from t",
        "select cast(a as signed), cast(b as unsigned), cast(c as char(3)), cast(d as datetime(6)) from t",
        "select a::bigint, 'x'::string, (a + 1)::decimal(10, 2) from t",
        "select group_concat(a order by b desc separator ';') from t group by c",
        "select a <=> b, a div b, a xor b, a << 1, a >> 1, a | b, a & b, a ^ b from t",
        "select * from t limit 5, 10",
        "select * from t where a rlike 'x' or b regexp '^y' or c not like 'z%'",
        "select insert('a', 1, 1, 'b'), replace('a', 'b', 'c'), left('abc', 1), if(a, 1, 2) from t",
        "select year(a), month(a), week(a, 6), date(a), time(a), timestamp(a) from t",
        "select datediff(a, b), timestampdiff(day, a, b), extract(year from a) from t",
        "select current_timestamp, current_timestamp(6), now(), current_date, utc_timestamp() from t",
        "select position('a' in b), trim(both ' ' from b), substring(b from 2 for 3) from t",
        "select @a, @@b, @@session.c, @@global.d, @`x y`",
        "with a as (select 1), b as (select 2) select * from a, b",
        "select row_number() over (partition by a order by b) from t",
        "select last_value(a order by b desc, c), sum(d) from t",
        "select * from (select f(a) from t order by a) x where a in (select b from u order by b)",
        "select count(*) filter (where a > 1) from t",
        "select distinct a from t where b in (select c from u) and exists (select 1 from v)",
        "select case a when 1 then 'x' else 'y' end, case when b then 1 end from t",
        "values (1, 'a'), (2, 'b')",
        "select sql_no_cache a from t where b = ? limit ?",
      })
  void readsQueries(String sql) {
    assertThat(parse(sql)).isInstanceOf(Statement.Query.class);
  }

  @Test
  void splitsStatements() {
    List<StatementSource> sources =
        SqlParsing.split("select ';'; -- one;\n;select 2;", MySqlLexis.DEFAULT);
    assertThat(sources).extracting(StatementSource::text).containsExactly("select ';'", "select 2");
  }

  @Test
  void readsStringsAsTheModeSays() {
    MySqlLexis ansi = new MySqlLexis(true, true, true);
    Statement.Query query =
        (Statement.Query) SqlParsing.parse("select \"a\" || '\\' from \"T\"", ansi).statement();
    assertThat(query.node().toString().replaceAll("\\s+", " "))
        .contains("`a` || '\\'")
        .contains("`T`");
  }

  @Test
  void readsTables() {
    Statement.CreateTable table =
        (Statement.CreateTable)
            parse(
                "create table if not exists d.t (`key` string not null comment 'c', v int unsigned"
                    + " default 3, ts timestamp(9) time index default current_timestamp, d"
                    + " decimal(10,2), primary key (`key`), key idx (v), unique key u (v)) partition"
                    + " on columns (`key`) (`key` < 'a', `key` >= 'a') engine=mito default"
                    + " charset=utf8mb4 comment='x' with ('ttl'='7d', compaction.type='twcs')");
    assertThat(table.ifNotExists()).isTrue();
    assertThat(table.columns())
        .extracting(Statement.Column::type)
        .containsExactly(
            DataType.STRING, DataType.UINT32, DataType.TIMESTAMP_NANOS, DataType.decimal(10, 2));
    assertThat(table.columns().get(2).timeIndex()).isTrue();
    assertThat(table.columns().get(0).comment()).isEqualTo("c");
    assertThat(table.primaryKeys()).containsExactly(List.of("key"));
    assertThat(table.partitioning().orElseThrow().boundTexts())
        .containsExactly("`key` < 'a'", "`key` >= 'a'");
    assertThat(table.options()).isEqualTo(Map.of("ttl", "7d", "compaction.type", "twcs"));
    assertThat(table.comment()).isEqualTo("x");
  }

  @Test
  void readsInserts() {
    Statement.Insert insert =
        (Statement.Insert)
            parse(
                "insert ignore into t (a, value) values (1, 'x'), (2, default) on duplicate key"
                    + " update a = values(a), value = concat(value, 'y')");
    assertThat(insert.mode()).isEqualTo(InsertMode.IGNORE);
    assertThat(insert.node().getTargetColumnList()).hasSize(2);
    assertThat(insert.onDuplicateKey()).hasSize(2);
    assertThat(((Statement.Insert) parse("replace into t select * from u")).mode())
        .isEqualTo(InsertMode.REPLACE);
    assertThat(((Statement.Insert) parse("insert into t set a = 1, b = 2")).node().getSource())
        .isNotNull();
    assertThat(parse("delete from t where a = 1")).isInstanceOf(Statement.Delete.class);
    assertThat(parse("update t set value = value + 1 where a = 2"))
        .isInstanceOf(Statement.Update.class);
  }

  @Test
  void readsSet() {
    Statement.SetVariables set =
        (Statement.SetVariables)
            parse(
                "set @@session.a = on, global b = 2, @c := 'd', names latin1, autocommit=default");
    assertThat(set.assignments())
        .extracting(a -> a.scope() + " " + a.name())
        .containsExactly(
            "SESSION a",
            "GLOBAL b",
            "USER c",
            "SESSION character_set_client",
            "SESSION character_set_connection",
            "SESSION character_set_results",
            "SESSION autocommit");
    assertThat(set.assignments().get(6).value()).isEmpty();
    assertThat(
            ((Statement.SetVariables)
                    parse("set session transaction isolation level read committed"))
                .assignments())
        .extracting(Statement.VariableAssignment::scope)
        .containsExactly(VariableScope.SESSION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "show databases like 'a%'",
        "show full tables from d where table_type = 'VIEW'",
        "show columns from t from d",
        "show full fields in d.t like 'x'",
        "show index from t",
        "show create table d.t",
        "show create database if not exists d",
        "show session variables where variable_name in ('a', 'b')",
        "show global status like 'Ssl%'",
        "show collation where charset = 'utf8'",
        "show character set",
        "show procedure status where db = 'x'",
        "show table status from d like 't'",
        "show grants for current_user()",
        "show warnings limit 5",
        "show full processlist",
        "desc t",
        "describe d.t col",
        "explain select 1",
        "explain analyze select 1",
        "use d",
        "begin",
        "start transaction read only",
        "rollback to savepoint a",
        "kill query 5",
        "lock tables a read, b write",
        "create or replace view v (a, b) as select 1, 2",
        "create index i on t (a, b)",
        "drop table if exists a, b.c",
        "truncate t",
        "admin flush_table('t')",
      })
  void readsStatements(String sql) {
    assertThat(parse(sql)).isNotInstanceOfAny(Statement.Query.class, Statement.Unsupported.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "selec 1|near 'selec 1' at line 1",
        "select from|near 'from' at line 1",
        "create table t (a nonsense)|Unknown data type",
        "create tabel t (a int)|near 'tabel t (a int)' at line 1",
        "show nonsense|near 'nonsense' at line 1",
        "select 'open|near ''open' at line 1",
        "insert into|at line 1",
        "drop table|at line 1",
        "set x|at line 1",
      })
  void reportsWhatIsWrong(String sql, String part) {
    assertThatThrownBy(() -> parse(sql))
        .isInstanceOfSatisfying(
            TerraneException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
              assertThat(error.getMessage()).contains(part);
            });
  }

  @Test
  void countsParameters() {
    assertThat(
            SqlParsing.parse("select ?, '?' from t where a = ?", MySqlLexis.DEFAULT).parameters())
        .isEqualTo(2);
  }
}
