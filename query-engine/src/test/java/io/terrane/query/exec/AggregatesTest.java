package io.terrane.query.exec;

import static io.terrane.query.exec.OperatorFixture.read;
import static io.terrane.query.exec.OperatorFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.query.function.AggregateFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AggregatesTest {
  /** Aggregates whose arguments are not columns of any kind. */
  private static final Set<String> TAKE_STATES =
      Set.of("hll_merge", "uddsketch_merge", "uddsketch_state");

  private static final List<DataType> TYPES =
      List.of(DataType.INT64, DataType.FLOAT64, DataType.STRING, DataType.decimal(10, 2));

  private final OperatorFixture fixture = new OperatorFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private BatchStream some() {
    return fixture.rows(
        TYPES,
        row(2, 1.0, "b", new BigDecimal("1.50")),
        row(null, null, null, null),
        row(6, 3.0, "a", new BigDecimal("2.25")),
        row(7, 8.0, "c", new BigDecimal("0.25")),
        row(2, 4.0, "b", new BigDecimal("1.00")));
  }

  private BatchStream none() {
    return fixture.rows(TYPES);
  }

  private AggregateCall call(String name, Integer... arguments) {
    AggregateFunction function = fixture.context().functions().findAggregate(name).orElseThrow();
    List<DataType> types = new ArrayList<>();
    for (Integer argument : arguments) {
      types.add(TYPES.get(argument));
    }
    return new AggregateCall(
        name,
        List.of(arguments),
        false,
        OptionalInt.empty(),
        List.of(),
        function.resultType(types));
  }

  private String aggregate(BatchStream input, AggregateCall... calls) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < calls.length; i++) {
      names.add("c" + i);
    }
    return String.join(
        "\n",
        read(
            new HashAggregateOperator(
                fixture.context(),
                input,
                List.of(),
                List.of(calls),
                names,
                AggregatePhase.SINGLE)));
  }

  @Test
  void givesValues() {
    assertThat(aggregate(some(), call("sum", 0), call("avg", 0), call("sum", 1), call("avg", 1)))
        .isEqualTo("17|4.2500|16.0|4.0");
    assertThat(aggregate(some(), call("sum", 3), call("avg", 3), call("min", 3), call("max", 2)))
        .isEqualTo("5.00|1.250000|0.25|c");
    assertThat(aggregate(some(), call("var_pop", 1), call("var_samp", 1), call("stddev", 0)))
        .isEqualTo("6.5|8.666666666666666|2.277608394786075");
    assertThat(aggregate(some(), call("bit_and", 0), call("bit_or", 0), call("bit_xor", 0)))
        .isEqualTo("2|7|1");
    assertThat(aggregate(some(), call("bool_and", 0), call("bool_or", 0), call("median", 1)))
        .isEqualTo("true|true|3.5");
    assertThat(aggregate(some(), call("any_value", 2), call("last_value", 2), call("corr", 0, 0)))
        .isEqualTo("b|b|1.0");
    assertThat(aggregate(some(), call("group_concat", 2), call("approx_distinct", 0)))
        .isEqualTo("b,a,c,b|3");
    assertThat(aggregate(some(), call("covar_pop", 0, 1), call("covar_samp", 0, 1)))
        .isEqualTo("4.0|5.333333333333333");
  }

  @Test
  void sumsGoIntoTheTypeThatIsAskedFor() {
    AggregateCall whole =
        new AggregateCall("sum", List.of(0), false, OptionalInt.empty(), List.of(), DataType.INT64);
    AggregateCall mean =
        new AggregateCall(
            "avg", List.of(0), false, OptionalInt.empty(), List.of(), DataType.FLOAT64);
    assertThat(aggregate(some(), whole, mean)).isEqualTo("17|4.25");
  }

  @Test
  void fitsLines() {
    assertThat(
            aggregate(
                some(),
                call("regr_slope", 0, 1),
                call("regr_avgx", 0, 1),
                call("regr_avgy", 0, 1),
                call("regr_sxx", 0, 1),
                call("regr_sxy", 0, 1),
                call("regr_count", 0, 1)))
        .isEqualTo("0.6153846153846154|4.0|4.25|26.0|16.0|4");
  }

  @Test
  void givesNullOfNothing() {
    assertThat(
            aggregate(
                none(),
                call("count", 0),
                call("sum", 0),
                call("avg", 1),
                call("min", 2),
                call("stddev_samp", 0),
                call("bit_and", 0),
                call("bool_or", 0),
                call("median", 0),
                call("group_concat", 2),
                call("corr", 0, 1),
                call("approx_distinct", 0),
                call("first_value", 0)))
        .isEqualTo("0|NULL|NULL|NULL|NULL|-1|NULL|NULL|NULL|NULL|0|NULL");
  }

  @Test
  void groupConcatTakesOrderAndDistinct() {
    AggregateCall ordered =
        new AggregateCall(
            "group_concat",
            List.of(2),
            true,
            OptionalInt.empty(),
            List.of(new SortKey(2, true, false)),
            DataType.STRING);
    assertThat(aggregate(some(), ordered)).isEqualTo("c,b,a");
  }

  @Test
  void splittableStatesMergeToTheSame() {
    for (AggregateFunction function : fixture.context().functions().allAggregates()) {
      if (!function.isSplittable() || TAKE_STATES.contains(function.name())) {
        continue;
      }
      AggregateCall call = call(function.name(), 0);
      List<BatchStream> parts = new ArrayList<>();
      for (BatchStream part : List.of(some(), none(), some())) {
        parts.add(
            new HashAggregateOperator(
                fixture.context(),
                part,
                List.of(),
                List.of(call),
                List.of("x"),
                AggregatePhase.PARTIAL));
      }
      List<String> names =
          parts.get(0).schema().getFields().stream().map(field -> field.getName()).toList();
      String merged =
          read(new HashAggregateOperator(
                  fixture.context(),
                  new UnionAllOperator(fixture.context(), parts, names),
                  List.of(),
                  List.of(call),
                  List.of("x"),
                  AggregatePhase.FINAL))
              .get(0);
      List<String> columns = List.of("a", "b", "c", "d");
      BatchStream whole =
          new UnionAllOperator(fixture.context(), List.of(some(), none(), some()), columns);
      String together = aggregate(whole, call);
      if (call.type().isFloating()) {
        assertThat(Double.parseDouble(merged))
            .as(function.name())
            .isCloseTo(Double.parseDouble(together), Offset.offset(1e-9));
      } else {
        assertThat(merged).as(function.name()).isEqualTo(together);
      }
    }
  }

  @Test
  void singleValueRefusesTwoRows() {
    assertThatThrownBy(() -> aggregate(some(), call("single_value", 0)))
        .isInstanceOfSatisfying(
            TerraneException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SUBQUERY_RETURNED_MANY_ROWS));
  }

  @Test
  void sumOfLongsGoesBeyondTheirRange() {
    BatchStream input =
        fixture.rows(List.of(DataType.INT64), row(Long.MAX_VALUE), row(Long.MAX_VALUE), row(5));
    assertThat(aggregate(input, call("sum", 0))).isEqualTo("18446744073709551619");
  }

  @Test
  void memoryIsLimited() {
    try (OperatorFixture small = new OperatorFixture(1 << 20, 1000)) {
      Object[][] rows = new Object[40_000][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = row(i, "text number " + i);
      }
      BatchStream input = small.rows(List.of(DataType.INT64, DataType.STRING), rows);
      AggregateCall count = call("count", 0);
      assertThatThrownBy(
              () ->
                  read(
                      new HashAggregateOperator(
                          small.context(),
                          input,
                          List.of(1),
                          List.of(count),
                          List.of("g", "n"),
                          AggregatePhase.SINGLE)))
          .isInstanceOfSatisfying(
              TerraneException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.QUERY_MEMORY_EXCEEDED));
    }
  }
}
