package io.terrane.query.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryPlannerTest {
  private final PlanFixture fixture =
      new PlanFixture()
          .table(
              "a",
              List.of(
                  PlanFixture.column(1, "id", DataType.INT32),
                  PlanFixture.column(2, "name", DataType.STRING),
                  PlanFixture.column(3, "parent", DataType.INT32)),
              List.of(row(1, "one", null), row(2, "two", 1), row(3, "three", 1)))
          .table(
              "b",
              List.of(
                  PlanFixture.column(1, "id", DataType.INT32),
                  PlanFixture.column(2, "a_id", DataType.INT32),
                  PlanFixture.column(3, "amount", DataType.decimal(10, 2))),
              List.of(
                  row(10, 1, new BigDecimal("1.50")),
                  row(11, 1, new BigDecimal("2.50")),
                  row(12, 2, new BigDecimal("10.00")),
                  row(13, null, new BigDecimal("99.99"))));

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "SELECT 1 + 1, 'a' => 2|a",
        "SELECT 7 / 2, 7 DIV 2, 7 % 2, 7 / 0 => 3.5000|3|1|NULL",
        "SELECT 2147483647 + 1 => 2147483648",
        "SELECT (5 > 3) + 1 => 2",
        "SELECT NOT 0, 1 AND 2, NULL OR 1, 1 XOR 1 => true|true|true|false",
        "SELECT 1 IN (NULL, 2), 1 IN (1, 2), 3 NOT IN (1, 2) => NULL|true|true",
        "SELECT CASE WHEN 1 = 2 THEN 'a' ELSE 'bcd' END => bcd",
        "SELECT COALESCE(NULL, NULL, 5), IF(1, 'x', 'y') => 5|x",
        "SELECT CAST(7.6 AS SIGNED), '5' + 1, 'x' = 0 => 8|6.0|true",
        "SELECT - - 5, + 3, -(2) => 5|3|-2",
        "SELECT 5 BETWEEN 1 AND 9, 'abc' LIKE 'a%' => true|true",
        "SELECT id FROM a ORDER BY 1 DESC LIMIT 1, 1 => 2",
        "SELECT COUNT(*), SUM(id), MIN(name), MAX(name), AVG(id) FROM a => 3|6|one|two|2.0000",
        "SELECT parent, COUNT(*) FROM a GROUP BY parent ORDER BY parent => NULL|1;1|2",
        "SELECT parent p, COUNT(*) n FROM a GROUP BY p HAVING n > 1 => 1|2",
        "SELECT name, id * 2 AS twice FROM a HAVING twice > 2 ORDER BY 2 => two|4;three|6",
        "SELECT a.name, b.amount FROM a JOIN b ON a.id = b.a_id ORDER BY b.id => one|1.50;one|2.50;two|10.00",
        "SELECT a.name, b.amount FROM a LEFT JOIN b ON a.id = b.a_id WHERE b.id IS NULL => three|NULL",
        "SELECT name, (SELECT SUM(amount) FROM b WHERE b.a_id = a.id) s FROM a ORDER BY id => one|4.00;two|10.00;three|NULL",
        "SELECT name FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.a_id = a.id) ORDER BY name => one;two",
        "SELECT name FROM a WHERE id NOT IN (SELECT a_id FROM b WHERE a_id IS NOT NULL) => three",
        "SELECT name FROM a WHERE id NOT IN (SELECT a_id FROM b) => ",
        "SELECT name FROM a WHERE id > ALL (SELECT a_id FROM b WHERE a_id IS NOT NULL) => three",
        "WITH c AS (SELECT parent, COUNT(*) AS n FROM a WHERE parent IS NOT NULL GROUP BY parent) SELECT a.name, c.n FROM a JOIN c ON a.id = c.parent => one|2",
        "SELECT id, ROW_NUMBER() OVER (PARTITION BY a_id ORDER BY amount DESC) rn FROM b ORDER BY id => 10|2;11|1;12|1;13|1",
        "SELECT id, SUM(amount) OVER (ORDER BY id) s FROM b ORDER BY id => 10|1.50;11|4.00;12|14.00;13|113.99",
        "SELECT id, LAG(id) OVER (ORDER BY id) s FROM b ORDER BY id => 10|NULL;11|10;12|11;13|12",
        "SELECT * FROM (SELECT id FROM a UNION SELECT 3 UNION ALL SELECT 7) u ORDER BY 1 => 1;2;3;7",
        "SELECT id FROM a INTERSECT SELECT a_id FROM b ORDER BY 1 => 1;2",
        "SELECT DISTINCT parent FROM a WHERE parent IS NOT NULL => 1",
        "SELECT COUNT(DISTINCT a_id) FROM b => 2",
        "SELECT x.id, y.id, z.id FROM a x, a y, a z WHERE x.id = y.parent AND z.id = y.id ORDER BY 2 => 1|2|2;1|3|3",
        "SELECT id, name FROM a GROUP BY id ORDER BY id LIMIT 1 => 1|one",
        "SELECT COUNT(*) FROM a WHERE name => 0",
        "SELECT SUM(id) FROM a WHERE id > 100 => NULL",
        "SELECT DATABASE() => public",
        "SELECT CASE WHEN id > 1 THEN 'b' ELSE 'a' END k, COUNT(*) FROM a GROUP BY k ORDER BY k => a|1;b|2",
        "SELECT (SELECT MAX(id) FROM a), SUM(1), COUNT(*) FROM b => 3|4|4",
        "SELECT ROUND(2.345, 2), 1 IN (1.5), '1' IN (1, 2), 2 NOT BETWEEN 1 AND 3 => 2.35|false|true|false",
        "SELECT id, LAG(id, 2, 0) OVER (ORDER BY id) s FROM b ORDER BY id => 10|0;11|0;12|10;13|11",
        "SELECT GROUP_CONCAT(name ORDER BY id SEPARATOR '-'), COUNT(*) FROM a => one-two-three|3",
        "SELECT name FROM a WHERE name REGEXP '^t' ORDER BY id => two;three",
        "SELECT a.id, b.id FROM a FULL JOIN b ON a.id = b.a_id ORDER BY 1, 2 => NULL|13;1|10;1|11;2|12;3|NULL",
        "SELECT '2024-01-31' + INTERVAL 1 MONTH => 2024-02-29",
        "SELECT EXTRACT(YEAR FROM '2024-05-06'), YEAR(DATE '2024-05-06') => 2024|2024",
        "SELECT TRIM(BOTH 'x' FROM 'xxaxx'), SUBSTRING('hello' FROM 2 FOR 3) => a|ell",
        "SELECT COUNT(*) FROM a t1 CROSS JOIN a t2 WHERE t1.id + t2.id = 4 => 3",
        "VALUES ROW(1, 'a'), ROW(2, 'bb') => 1|a;2|bb",
      })
  void queriesAnswer(String sql, String expected) {
    List<String> wanted = expected == null ? List.of() : Arrays.asList(expected.split(";", -1));
    assertThat(fixture.run(sql)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "SELECT nothing => COLUMN_NOT_FOUND",
        "SELECT a.nothing FROM a => COLUMN_NOT_FOUND",
        "SELECT * FROM nowhere => TABLE_NOT_FOUND",
        "SELECT id FROM a, b => COLUMN_AMBIGUOUS",
        "SELECT no_such(1) => FUNCTION_NOT_FOUND",
        "SELECT 9223372036854775807 + 1 => NUMERIC_OVERFLOW",
        "SELECT (SELECT id FROM a) => SUBQUERY_RETURNED_MANY_ROWS",
        "SELECT id FROM a WHERE SUM(id) > 1 => INVALID_GROUP_FUNCTION",
        "SELECT id FROM a UNION SELECT 1, 2 => COLUMN_COUNT_MISMATCH",
      })
  void errorsHaveMySqlsNumbers(String sql, ErrorCode code) {
    assertThatThrownBy(() -> fixture.run(sql))
        .isInstanceOfSatisfying(
            TerraneException.class, error -> assertThat(error.code()).isEqualTo(code));
  }

  @Test
  void whatARegionCanDoGoesThere() {
    assertThat(fixture.explain("SELECT name, COUNT(*) FROM a WHERE id > 1 GROUP BY name"))
        .contains("FinalAggregate")
        .contains("at region: PartialAggregate")
        .contains("at region: Filter >($0, '1')");
  }

  private static List<Datum> row(Object... values) {
    return Arrays.stream(values).map(QueryPlannerTest::datum).toList();
  }

  private static Datum datum(Object value) {
    if (value == null) {
      return Datum.NULL;
    } else if (value instanceof Integer number) {
      return new Datum(DataType.INT32, (long) number);
    } else if (value instanceof BigDecimal number) {
      return new Datum(DataType.decimal(10, 2), number);
    }
    return Datum.of((String) value);
  }
}
