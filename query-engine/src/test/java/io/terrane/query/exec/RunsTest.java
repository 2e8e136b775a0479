package io.terrane.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.table.DataType;
import io.terrane.query.expr.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RunsTest {
  private static final List<String> TEXTS =
      List.of("", "a", "b", "ab", "ba", "aaaaaaaa", "aaaaaaab", "host_00000000000001", "ü");

  @Test
  void texts_run_as_long_as_they_are_equal() {
    Runs runs = new Runs();
    for (int seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = random.nextInt(60);
      int kinds = 1 + random.nextInt(TEXTS.size());
      int longest = 1 + random.nextInt(9);
      boolean nullable = random.nextBoolean();
      List<String> values = new ArrayList<>();
      while (values.size() < rows) {
        String text = nullable && random.nextInt(5) == 0 ? null : TEXTS.get(random.nextInt(kinds));
        for (int i = random.nextInt(longest); i >= 0 && values.size() < rows; i--) {
          values.add(text);
        }
      }
      runs.find(new Column[] {column(values)}, rows);
      assertThat(Arrays.copyOf(runs.starts(), runs.count() + 1))
          .as("seed %d", seed)
          .isEqualTo(starts(values));
    }
  }

  private static Column column(List<String> values) {
    Column column = new Column(DataType.STRING).reset(values.size());
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) == null) {
        column.setNull(i);
      } else {
        column.setString(i, values.get(i));
      }
    }
    return column;
  }

  /** A NULL is a run of its own: which is right, though longer runs would be too. */
  private static int[] starts(List<String> values) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (i == 0 || values.get(i) == null || !values.get(i).equals(values.get(i - 1))) {
        starts.add(i);
      }
    }
    starts.add(values.size());
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }
}
