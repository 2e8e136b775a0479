package io.terrane.query.exec;

import static io.terrane.query.exec.OperatorFixture.call;
import static io.terrane.query.exec.OperatorFixture.column;
import static io.terrane.query.exec.OperatorFixture.literal;
import static io.terrane.query.exec.OperatorFixture.read;
import static io.terrane.query.exec.OperatorFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.RegionSource;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.DataType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OperatorsTest {
  private static final List<DataType> LONG_TEXT = List.of(DataType.INT64, DataType.STRING);

  private final OperatorFixture fixture = new OperatorFixture();
  private final ExecutionContext context = fixture.context();

  @AfterEach
  void close() {
    fixture.close();
  }

  private BatchStream people() {
    return fixture.rows(
        LONG_TEXT, row(1, "a"), row(2, "b"), row(null, "c"), row(4, null), row(5, "a"));
  }

  @Test
  void filterKeepsRowsWhosePredicateIsTrue() {
    BatchStream filtered =
        new FilterOperator(
            context, people(), call(">", DataType.BOOLEAN, column(0, DataType.INT64), literal(1)));
    assertThat(read(filtered)).containsExactly("2|b", "4|NULL", "5|a");
  }

  @Test
  void projectComputesAndRepeatsColumns() {
    BatchStream projected =
        new ProjectOperator(
            context,
            people(),
            List.of(
                column(1, DataType.STRING),
                call("+", DataType.INT64, column(0, DataType.INT64), literal(10)),
                column(1, DataType.STRING)),
            List.of("x", "y", "z"));
    assertThat(read(projected))
        .containsExactly("a|11|a", "b|12|b", "c|NULL|c", "NULL|14|NULL", "a|15|a");
  }

  @Test
  void limitSkipsAndStops() {
    assertThat(read(new LimitOperator(context, people(), 1, 3)))
        .containsExactly("2|b", "NULL|c", "4|NULL");
    assertThat(read(new LimitOperator(context, people(), 4, -1))).containsExactly("5|a");
    assertThat(read(new LimitOperator(context, people(), 0, 0))).isEmpty();
  }

  @Test
  void sortOrdersByKeysAndNulls() {
    List<SortKey> keys = List.of(new SortKey(1, false, true), new SortKey(0, true, false));
    assertThat(read(new SortOperator(context, people(), keys, 0, -1)))
        .containsExactly("4|NULL", "5|a", "1|a", "2|b", "NULL|c");
    assertThat(read(new SortOperator(context, people(), keys, 1, 2))).containsExactly("5|a", "1|a");
  }

  @Test
  void topNPrunesManyRows() {
    Object[][] rows = new Object[50_000][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row((i * 7919L) % 50_000, "x" + i);
    }
    List<SortKey> keys = List.of(new SortKey(0, true, false));
    assertThat(read(new SortOperator(context, fixture.rows(LONG_TEXT, rows), keys, 1, 3)))
        .extracting(text -> text.substring(0, 5))
        .containsExactly("49998", "49997", "49996");
  }

  private static AggregateCall aggregate(String function, DataType type, Integer... arguments) {
    return new AggregateCall(
        function, List.of(arguments), false, OptionalInt.empty(), List.of(), type);
  }

  private static List<AggregateCall> someCalls() {
    return List.of(
        aggregate("count", DataType.INT64),
        aggregate("count", DataType.INT64, 0),
        aggregate("sum", DataType.decimal(41, 0), 0),
        aggregate("avg", DataType.decimal(23, 4), 0),
        aggregate("min", DataType.STRING, 1),
        aggregate("max", DataType.INT64, 0));
  }

  private static final List<String> NAMES = List.of("g", "a", "b", "c", "d", "e", "f");

  @Test
  void aggregateGroupsNullsTogether() {
    BatchStream input =
        fixture.rows(
            LONG_TEXT,
            row(1, "a"),
            row(2, null),
            row(null, "a"),
            row(4, "b"),
            row(7, null),
            row(8, "a"));
    assertThat(
            read(
                new HashAggregateOperator(
                    context, input, List.of(1), someCalls(), NAMES, AggregatePhase.SINGLE)))
        .containsExactly("a|3|2|9|4.5000|a|8", "NULL|2|2|9|4.5000|NULL|7", "b|1|1|4|4.0000|b|4");
  }

  @Test
  void aggregateInTwoHalvesGivesTheSame() {
    BatchStream first = fixture.rows(LONG_TEXT, row(1, "a"), row(2, null), row(null, "a"));
    BatchStream second = fixture.rows(LONG_TEXT, row(4, "b"), row(7, null), row(8, "a"));
    List<BatchStream> partials =
        List.of(
            new HashAggregateOperator(
                context, first, List.of(1), someCalls(), NAMES, AggregatePhase.PARTIAL),
            new HashAggregateOperator(
                context, second, List.of(1), someCalls(), NAMES, AggregatePhase.PARTIAL));
    List<String> names =
        partials.get(0).schema().getFields().stream().map(field -> field.getName()).toList();
    BatchStream merged =
        new HashAggregateOperator(
            context,
            new UnionAllOperator(context, partials, names),
            List.of(1),
            someCalls(),
            NAMES,
            AggregatePhase.FINAL);
    assertThat(read(merged))
        .containsExactly("a|3|2|9|4.5000|a|8", "NULL|2|2|9|4.5000|NULL|7", "b|1|1|4|4.0000|b|4");
  }

  @Test
  void aggregateOfNothingIsOneRow() {
    assertThat(
            read(
                new HashAggregateOperator(
                    context,
                    fixture.rows(LONG_TEXT),
                    List.of(),
                    someCalls(),
                    NAMES.subList(1, 7),
                    AggregatePhase.SINGLE)))
        .containsExactly("0|0|NULL|NULL|NULL|NULL");
  }

  @Test
  void aggregateTakesDistinctFilterAndOrder() {
    List<DataType> types = List.of(DataType.INT64, DataType.BOOLEAN, DataType.INT64);
    BatchStream input =
        fixture.rows(
            types,
            row(5, true, 3),
            row(5, true, 1),
            row(7, false, 2),
            row(null, true, 0),
            row(6, true, 9));
    List<AggregateCall> calls =
        List.of(
            new AggregateCall(
                "count", List.of(0), true, OptionalInt.empty(), List.of(), DataType.INT64),
            new AggregateCall(
                "sum", List.of(0), false, OptionalInt.of(1), List.of(), DataType.decimal(41, 0)),
            new AggregateCall(
                "first_value",
                List.of(0),
                false,
                OptionalInt.empty(),
                List.of(new SortKey(2, true, false)),
                DataType.INT64));
    assertThat(
            read(
                new HashAggregateOperator(
                    context,
                    input,
                    List.of(),
                    calls,
                    List.of("a", "b", "c"),
                    AggregatePhase.SINGLE)))
        .containsExactly("3|16|6");
  }

  @ParameterizedTest
  @EnumSource(JoinKind.class)
  void joinsAgree(JoinKind kind) {
    List<String> names = kind.givesPairs() ? List.of("a", "b", "c", "d") : List.of("a", "b");
    BatchStream hash =
        new HashJoinOperator(
            context,
            people(),
            others(),
            kind,
            List.of(1),
            List.of(1),
            Optional.of(
                call("<", DataType.BOOLEAN, column(0, DataType.INT64), column(2, DataType.INT64))),
            names);
    BatchStream loop =
        new NestedLoopJoinOperator(
            context,
            people(),
            others(),
            kind,
            Optional.of(
                call(
                    "and",
                    DataType.BOOLEAN,
                    call(
                        "=",
                        DataType.BOOLEAN,
                        column(1, DataType.STRING),
                        column(3, DataType.STRING)),
                    call(
                        "<",
                        DataType.BOOLEAN,
                        column(0, DataType.INT64),
                        column(2, DataType.INT64)))),
            names);
    List<String> expected =
        switch (kind) {
          case INNER -> List.of("1|a|10|a", "1|a|3|a", "5|a|10|a");
          case LEFT ->
              List.of(
                  "1|a|10|a",
                  "1|a|3|a",
                  "2|b|NULL|NULL",
                  "NULL|c|NULL|NULL",
                  "4|NULL|NULL|NULL",
                  "5|a|10|a");
          case RIGHT ->
              List.of("1|a|10|a", "1|a|3|a", "5|a|10|a", "NULL|NULL|1|b", "NULL|NULL|9|NULL");
          case FULL ->
              List.of(
                  "1|a|10|a",
                  "1|a|3|a",
                  "2|b|NULL|NULL",
                  "NULL|c|NULL|NULL",
                  "4|NULL|NULL|NULL",
                  "5|a|10|a",
                  "NULL|NULL|1|b",
                  "NULL|NULL|9|NULL");
          case SEMI -> List.of("1|a", "5|a");
          case ANTI -> List.of("2|b", "NULL|c", "4|NULL");
        };
    assertThat(read(hash)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(read(loop)).containsExactlyInAnyOrderElementsOf(expected);
  }

  private BatchStream others() {
    return fixture.rows(LONG_TEXT, row(10, "a"), row(1, "b"), row(3, "a"), row(9, null));
  }

  @Test
  void setOperationsCountDuplicates() {
    assertThat(set(SetKind.INTERSECT, SetMode.ALL)).containsExactly("1", "NULL", "1");
    assertThat(set(SetKind.INTERSECT, SetMode.DISTINCT)).containsExactly("1", "NULL");
    assertThat(set(SetKind.EXCEPT, SetMode.ALL)).containsExactly("2", "1", "2");
    assertThat(set(SetKind.EXCEPT, SetMode.DISTINCT)).containsExactly("2");
  }

  private List<String> set(SetKind kind, SetMode mode) {
    List<DataType> type = List.of(DataType.INT64);
    BatchStream left =
        fixture.rows(type, row(1), row(2), row(new Object[] {null}), row(1), row(1), row(2));
    BatchStream right = fixture.rows(type, row(1), row(1), row(new Object[] {null}), row(3));
    return read(new SetOperator(context, kind, mode, left, right));
  }

  @Test
  void fragmentsRunNearTheRegion() {
    PlanFragment.ScanRegion scan =
        new PlanFragment.ScanRegion(
            new RegionId(4398046511104L), 0, List.of("c0", "c1"), Optional.empty());
    PlanFragment fragment =
        new PlanFragment.PartialAggregate(
            new PlanFragment.Filter(
                scan, call(">", DataType.BOOLEAN, column(0, DataType.INT64), literal(1))),
            List.of(),
            List.of(aggregate("sum", DataType.decimal(41, 0), 0)));
    VectorFragmentRunner runner = new VectorFragmentRunner(context.functions(), context.clock());
    assertThat(
            read(
                runner.run(
                    fragment,
                    region -> new RegionSource.Opened(people(), Optional.empty()),
                    context.allocator())))
        .containsExactly("11");
    PlanFragment top = new PlanFragment.TopN(scan, List.of(new SortKey(0, true, false)), 2);
    assertThat(
            read(
                runner.run(
                    top,
                    region -> new RegionSource.Opened(people(), Optional.empty()),
                    context.allocator())))
        .containsExactly("5|a", "4|NULL");
  }
}
