package io.terrane.sqllogictest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.sqllogictest.SltRecord.Expectation;
import io.terrane.sqllogictest.SltRecord.SortMode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SltParserTest {
  @Test
  void recordsForOthersAreLeftOut() {
    List<SltRecord> records =
        SltParser.parse(
            """
            # comment
            skipif mysql
            statement ok
            NOT FOR US

            onlyif mysql # why
            statement error 1146
            SELECT *
            FROM nowhere

            onlyif postgresql
            query I
            SELECT 1
            ----
            1

            query IT rowsort label-1
            SELECT 1, 'a'
            ----
            1
            a

            hash-threshold 8

            halt
            """
                .lines()
                .toList());

    assertThat(records)
        .containsExactly(
            new SltRecord.Statement(
                7, "SELECT *\nFROM nowhere", Expectation.ERROR, Optional.of(1146)),
            new SltRecord.Query(
                17, "SELECT 1, 'a'", "IT", SortMode.ROWSORT, "label-1", List.of("1", "a")),
            new SltRecord.HashThreshold(23, 8),
            new SltRecord.Halt(25));
  }

  @Test
  void whatCannotBeReadIsNamedByItsLine() {
    assertThatThrownBy(() -> SltParser.parse(List.of("", "nonsense")))
        .hasMessage("line 2: unknown record nonsense");
  }

  @Test
  void rowsAreSortedAsTexts() {
    assertThat(SltValues.sort(List.of("b", "1", "a", "2"), SortMode.ROWSORT, 2))
        .containsExactly("a", "2", "b", "1");
    assertThat(SltValues.sort(List.of("b", "1", "a", "2"), SortMode.VALUESORT, 2))
        .containsExactly("1", "2", "a", "b");
  }
}
