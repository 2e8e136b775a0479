package io.terrane.query.exec;

import static io.terrane.query.exec.OperatorFixture.read;
import static io.terrane.query.exec.OperatorFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.WindowFrame.Bound;
import io.terrane.query.exec.WindowFrame.Unit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WindowOperatorTest {
  private static final DataType SUM = DataType.decimal(41, 0);

  private final OperatorFixture fixture = new OperatorFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Partition, order key, value; two partitions, peers at order key 2 of a. */
  private List<String> window(WindowCall... calls) {
    ValuesOperator input =
        fixture.rows(
            List.of(DataType.STRING, DataType.INT64, DataType.INT64),
            row("a", 2, 20),
            row("b", 1, 5),
            row("a", 1, 10),
            row("a", 2, 30),
            row("a", 4, null),
            row("b", null, 7));
    List<String> names = IntStream.range(0, 3 + calls.length).mapToObj(i -> "c" + i).toList();
    WindowOperator operator =
        new WindowOperator(
            fixture.context(),
            input,
            List.of(0),
            List.of(new SortKey(1, false, true)),
            List.of(calls),
            names);
    return read(operator).stream()
        .map(text -> text.substring(text.indexOf('|') + 1))
        .map(text -> text.substring(text.indexOf('|') + 1))
        .toList();
  }

  private static WindowCall call(String function, DataType type, Integer... arguments) {
    return new WindowCall(function, List.of(arguments), WindowFrame.UP_TO_PEERS, type);
  }

  private static WindowCall sum(Unit unit, Bound start, Bound end) {
    return new WindowCall("sum", List.of(2), new WindowFrame(unit, start, end), SUM);
  }

  @Test
  void numbersRows() {
    assertThat(
            window(
                call("row_number", DataType.INT64),
                call("rank", DataType.INT64),
                call("dense_rank", DataType.INT64),
                call("percent_rank", DataType.FLOAT64),
                call("cume_dist", DataType.FLOAT64)))
        .containsExactly(
            "10|1|1|1|0.0|0.25",
            "20|2|2|2|0.3333333333333333|0.75",
            "30|3|2|2|0.3333333333333333|0.75",
            "NULL|4|4|3|1.0|1.0",
            "7|1|1|1|0.0|0.5",
            "5|2|2|2|1.0|1.0");
  }

  @Test
  void looksAround() {
    assertThat(
            window(
                call("lag", DataType.INT64, 2),
                call("lead", DataType.INT64, 2),
                call("first_value", DataType.INT64, 2),
                call("last_value", DataType.INT64, 2)))
        .containsExactly(
            "10|NULL|20|10|10",
            "20|10|30|10|30",
            "30|20|NULL|10|30",
            "NULL|30|NULL|10|NULL",
            "7|NULL|5|7|7",
            "5|7|NULL|7|5");
  }

  @Test
  void shiftsFallBackOnADefaultOfAnotherType() {
    ValuesOperator input =
        fixture.rows(
            List.of(DataType.FLOAT64, DataType.INT64, DataType.INT64),
            row(1.5, 1, 9),
            row(2.5, 1, 9));
    WindowOperator operator =
        new WindowOperator(
            fixture.context(),
            input,
            List.of(),
            List.of(new SortKey(0, false, true)),
            List.of(call("lag", DataType.FLOAT64, 0, 1, 2)),
            List.of("a", "b", "c", "d"));
    assertThat(read(operator)).containsExactly("1.5|1|9|9.0", "2.5|1|9|1.5");
  }

  @Test
  void sumsFrames() {
    assertThat(
            window(
                call("sum", SUM, 2),
                sum(Unit.ROWS, Bound.preceding(1), Bound.currentRow()),
                sum(Unit.RANGE, Bound.preceding(1), Bound.following(2)),
                sum(Unit.GROUPS, Bound.following(1), Bound.unboundedFollowing()),
                new WindowCall("count", List.of(), WindowFrame.PARTITION, DataType.INT64)))
        .containsExactly(
            "10|10|10|60|50|4",
            "20|60|30|60|NULL|4",
            "30|60|50|60|NULL|4",
            "NULL|60|30|NULL|NULL|4",
            "7|7|7|7|5|2",
            "5|12|12|5|NULL|2");
  }

  @Test
  void tilesAreNearlyEqual() {
    ValuesOperator input =
        fixture.rows(
            List.of(DataType.INT64, DataType.INT64),
            row(1, 3),
            row(2, 3),
            row(3, 3),
            row(4, 3),
            row(5, 3),
            row(6, 3),
            row(7, 3));
    WindowOperator operator =
        new WindowOperator(
            fixture.context(),
            input,
            List.of(),
            List.of(new SortKey(0, false, true)),
            List.of(call("ntile", DataType.INT64, 1)),
            List.of("a", "b", "c"));
    assertThat(read(operator))
        .containsExactly("1|3|1", "2|3|1", "3|3|1", "4|3|2", "5|3|2", "6|3|3", "7|3|3");
  }
}
