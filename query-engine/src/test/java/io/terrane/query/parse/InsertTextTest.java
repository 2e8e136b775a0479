package io.terrane.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InsertTextTest {
  @Test
  void readsPlainRows() {
    assertThat(read(" insert into t (a, `b c`) VALUES(1,'x''y') , ( -2.5e3, NULL );  "))
        .containsExactly("NUMBER 1", "STRING x'y", "NUMBER -2500.0", "NULL");
    assertThat(read("REPLACE t values (TRUE, false, DEFAULT, ?)"))
        .containsExactly("TRUE", "FALSE", "DEFAULT", "PARAMETER");
    assertThat(read("INSERT INTO t VALUES ('a\\'b\\n\\%')")).containsExactly("STRING a'b\n\\%");
  }

  @Test
  void stopsAtWhatIsNotPlain() {
    for (String rows :
        List.of(
            "(1 + 1)",
            "(f(1))",
            "(1) ON DUPLICATE KEY UPDATE a = 1",
            "(1) AS n",
            "(1",
            "(1,)",
            "()",
            "(1),",
            "('a' 'b')",
            "(0x1F)",
            "(.5)",
            "(5.)",
            "(1 /* */)",
            "(NULLIF)",
            "(1); (2)",
            "('open)",
            "ROW(1)",
            "(1);;",
            "(- 1)")) {
      assertThat(read("INSERT INTO t VALUES " + rows)).as(rows).endsWith("not plain");
    }
  }

  @Test
  void headsHoldNamesOnly() {
    for (String text :
        List.of(
            "SELECT 1",
            "INSERT INTO t SELECT 1",
            "INSERT /* */ INTO t VALUES (1)",
            "INSERT INTO t SET a = 1",
            "INSERT INTO t (a) SELECT 'VALUES'",
            "INSERT",
            "")) {
      assertThat(InsertText.of(text, MySqlLexis.DEFAULT)).as(text).isEmpty();
    }
  }

  private static String number(InsertText text) {
    return text.isLong() ? Long.toString(text.longValue()) : Double.toString(text.doubleValue());
  }

  private static List<String> read(String sql) {
    InsertText text = InsertText.of(sql, MySqlLexis.DEFAULT).orElseThrow();
    List<String> cells = new ArrayList<>();
    while (text.nextRow()) {
      do {
        InsertText.Cell cell = text.nextCell();
        cells.add(
            switch (cell) {
              case NUMBER -> cell + " " + number(text);
              case STRING -> cell + " " + text.string();
              case NULL, DEFAULT, TRUE, FALSE, PARAMETER, OTHER -> cell.toString();
            });
      } while (!text.rowEnded());
    }
    if (!text.isPlain()) {
      cells.add("not plain");
    }
    return cells;
  }
}
