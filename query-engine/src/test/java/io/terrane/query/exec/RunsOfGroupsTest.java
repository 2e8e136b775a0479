package io.terrane.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Aggregates give the same whether they take rows or stretches of rows of one group. */
final class RunsOfGroupsTest {
  private static final int ROWS = 300;
  private static final int GROUPS = 7;
  private static final double[] DOUBLES = {0.0, -0.0, Double.NaN, 1.5, -1.5, 1e300, -1e300, 0.1};

  private final OperatorFixture fixture = new OperatorFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void stretches_are_rows_one_after_the_other() {
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      for (String name : List.of("min", "max", "sum", "avg", "count")) {
        for (DataType type :
            List.of(DataType.INT64, DataType.UINT64, DataType.FLOAT64, DataType.TIMESTAMP_MILLIS)) {
          boolean isSum = name.equals("sum") || name.equals("avg");
          if (!isSum || type.kind() != DataType.Kind.TIMESTAMP) {
            check(name, type, random, "seed " + seed);
          }
        }
      }
    }
  }

  private void check(String name, DataType type, SplittableRandom random, String seed) {
    Column values = values(type, random.nextInt(2) == 0, random);
    int[] groups = new int[ROWS];
    int[] starts = new int[ROWS + 1];
    int runs = 0;
    for (int i = 0; i < ROWS; i++) {
      if (i == 0 || random.nextInt(12) == 0) {
        starts[runs++] = i;
        groups[i] = random.nextInt(GROUPS);
      } else {
        groups[i] = groups[i - 1];
      }
    }
    starts[runs] = ROWS;
    AggregateFunction function = fixture.context().functions().findAggregate(name).orElseThrow();
    DataType result = function.resultType(List.of(type));
    Accumulator byRow = function.accumulator(fixture.context(), List.of(type), result);
    Accumulator byRun = function.accumulator(fixture.context(), List.of(type), result);
    for (int times = 0; times < 2; times++) {
      byRow.grow(GROUPS);
      byRun.grow(GROUPS);
      byRow.add(new Column[] {values}, groups, ROWS);
      byRun.addRuns(new Column[] {values}, starts, runs, groups);
    }
    assertThat(results(byRun, result))
        .as("%s of %s, %s", name, type, seed)
        .isEqualTo(results(byRow, result));
  }

  private static Column values(DataType type, boolean nullable, SplittableRandom random) {
    Column values = new Column(type).reset(ROWS);
    for (int i = 0; i < ROWS; i++) {
      if (nullable && random.nextInt(4) == 0) {
        values.setNull(i);
      } else if (type.isFloating()) {
        values.setDouble(i, DOUBLES[random.nextInt(DOUBLES.length)]);
      } else {
        values.setLong(i, random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(-9, 9));
      }
    }
    return values;
  }

  private static List<Datum> results(Accumulator accumulator, DataType type) {
    Column out = new Column(type).reset(GROUPS);
    List<Datum> results = new ArrayList<>();
    for (int group = 0; group < GROUPS; group++) {
      accumulator.result(group, out, group);
      results.add(out.datumAt(group));
    }
    return results;
  }

  @Test
  void texts_of_any_length_are_told_apart() {
    for (int length = 0; length < 40; length++) {
      for (int differing = 0; differing < length; differing++) {
        byte[] text = new byte[length];
        byte[] other = text.clone();
        other[differing] = 1;
        Column key = new Column(DataType.STRING).reset(4);
        key.setBytes(0, text);
        key.setBytes(1, text);
        key.setBytes(2, other);
        key.setBytes(3, other);
        Runs runs = new Runs();
        runs.find(new Column[] {key}, 4);
        assertThat(Arrays.copyOf(runs.starts(), runs.count() + 1))
            .as("%d of %d", differing, length)
            .containsExactly(0, 2, 4);
      }
    }
  }

  @Test
  void runs_end_where_a_key_changes() {
    Column key = new Column(DataType.INT64).reset(6);
    Arrays.setAll(key.longs(), i -> i / 3);
    Runs runs = new Runs();
    runs.find(new Column[] {key}, 6);
    assertThat(Arrays.copyOf(runs.starts(), runs.count() + 1)).containsExactly(0, 3, 6);
    assertThat(runs.areLong()).isFalse();
    runs.one(6);
    assertThat(Arrays.copyOf(runs.starts(), runs.count() + 1)).containsExactly(0, 6);
    assertThat(runs.areLong()).isTrue();
    runs.one(0);
    assertThat(runs.count()).isZero();
  }
}
