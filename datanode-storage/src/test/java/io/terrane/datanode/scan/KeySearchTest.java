package io.terrane.datanode.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.SemanticType;
import io.terrane.datanode.Rows;
import io.terrane.datanode.TestTables;
import io.terrane.datanode.row.RegionSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;

/** What is found by searching is what is found by asking every row. */
class KeySearchTest {
  private static final int ROUNDS = 400;
  private static final List<String> OPERATORS = List.of("=", "<", "<=", ">", ">=", "in");

  /** (a STRING, b INT32, c TIMESTAMP(3), v INT64), keyed by a, b and c. */
  private static final RegionSchema SCHEMA =
      new RegionSchema(
          TestTables.table(
              List.of(
                  tag(1, "a", DataType.STRING),
                  tag(2, "b", DataType.INT32),
                  TestTables.column(3, "c", DataType.TIMESTAMP_MILLIS, SemanticType.TIMESTAMP),
                  TestTables.column(4, "v", DataType.INT64, SemanticType.FIELD)),
              List.of("a", "b"),
              Optional.of("c"),
              Map.of()));

  private static final List<String> COLUMNS = List.of("v", "c", "b", "a");

  private static ColumnSchema tag(int id, String name, DataType type) {
    return new ColumnSchema(id, name, type, true, SemanticType.TAG, Optional.empty(), "");
  }

  @Test
  void finds_what_asking_each_row_finds() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<List<Object>> rows = rows(random);
      List<ScalarExpr> conditions = new ArrayList<>();
      int count = random.nextInt(4);
      for (int i = 0; i < count; i++) {
        conditions.add(condition(random));
      }
      Optional<ScalarExpr> predicate =
          conditions.isEmpty()
              ? Optional.empty()
              : Optional.of(new ScalarExpr.Call("and", conditions, DataType.BOOLEAN));
      KeySearch search = KeySearch.of(SCHEMA, COLUMNS, predicate);
      List<Integer> expected = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        List<Object> cells = rows.get(row);
        if (conditions.stream().allMatch(condition -> isMet(condition, cells))) {
          expected.add(row);
        }
      }
      assertThat(search.rest()).as("seed %d", seed).isEmpty();
      assertThat(found(search, rows)).as("seed %d: %s", seed, predicate).isEqualTo(expected);
    }
  }

  @Test
  void what_is_no_condition_on_a_key_is_left() {
    ScalarExpr onKey = call("=", column(3), Datum.of("x"));
    ScalarExpr onField = call(">", column(0), Datum.of(1));
    ScalarExpr different = call("<>", column(3), Datum.of("y"));
    ScalarExpr predicate =
        new ScalarExpr.Call("and", List.of(onKey, onField, different), DataType.BOOLEAN);
    assertThat(KeySearch.of(SCHEMA, COLUMNS, Optional.of(predicate)).rest())
        .contains(new ScalarExpr.Call("and", List.of(onField, different), DataType.BOOLEAN));
    assertThat(KeySearch.of(SCHEMA, COLUMNS, Optional.of(onField)).rest()).contains(onField);
    assertThat(KeySearch.of(SCHEMA, COLUMNS, Optional.of(onField)).columns()).isZero();
  }

  /** In key order, with NULLs, long and short runs. */
  private static List<List<Object>> rows(SplittableRandom random) {
    List<List<Object>> rows = new ArrayList<>();
    int count = random.nextInt(200);
    int spread = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      List<Object> row = new ArrayList<>();
      row.add(random.nextInt(5) == 0 ? null : "k" + random.nextInt(spread));
      row.add(random.nextInt(5) == 0 ? null : (long) random.nextInt(-spread, spread));
      row.add((long) random.nextInt(30));
      row.add(1L);
      rows.add(row);
    }
    rows.sort(
        Comparator.comparing((List<Object> row) -> (String) row.get(0), nullsFirst())
            .thenComparing(row -> (Long) row.get(1), nullsFirst())
            .thenComparing(row -> (Long) row.get(2)));
    return rows;
  }

  private static <T extends Comparable<T>> Comparator<T> nullsFirst() {
    return Comparator.nullsFirst(Comparator.naturalOrder());
  }

  private static ScalarExpr condition(SplittableRandom random) {
    int column = 1 + random.nextInt(3);
    String operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
    List<ScalarExpr> arguments = new ArrayList<>();
    arguments.add(column(column));
    int literals = operator.equals("in") ? 1 + random.nextInt(5) : 1;
    for (int i = 0; i < literals; i++) {
      arguments.add(new ScalarExpr.Literal(literal(column, random)));
    }
    return new ScalarExpr.Call(operator, arguments, DataType.BOOLEAN);
  }

  private static Datum literal(int column, SplittableRandom random) {
    boolean isNull = random.nextInt(12) == 0;
    return switch (column) {
      case 1 -> new Datum(DataType.TIMESTAMP_MILLIS, isNull ? null : (long) random.nextInt(32));
      case 2 -> new Datum(DataType.INT64, isNull ? null : (long) random.nextInt(-8, 8));
      default -> new Datum(DataType.STRING, isNull ? null : "k" + random.nextInt(9));
    };
  }

  private static ScalarExpr column(int index) {
    return new ScalarExpr.ColumnRef(
        index,
        List.of(DataType.INT64, DataType.TIMESTAMP_MILLIS, DataType.INT32, DataType.STRING)
            .get(index));
  }

  private static ScalarExpr call(String function, ScalarExpr column, Datum literal) {
    return new ScalarExpr.Call(
        function, List.of(column, new ScalarExpr.Literal(literal)), DataType.BOOLEAN);
  }

  @SuppressWarnings("unchecked")
  private static boolean isMet(ScalarExpr condition, List<Object> row) {
    ScalarExpr.Call call = (ScalarExpr.Call) condition;
    int column = ((ScalarExpr.ColumnRef) call.arguments().get(0)).index();
    Object cell = row.get(3 - column);
    for (ScalarExpr argument : call.arguments().subList(1, call.arguments().size())) {
      Object value = ((ScalarExpr.Literal) argument).value().value();
      if (cell == null || value == null) {
        continue;
      }
      int order = ((Comparable<Object>) cell).compareTo(value);
      boolean isMet =
          switch (call.function()) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> order == 0;
          };
      if (isMet) {
        return true;
      }
    }
    return false;
  }

  private static List<Integer> found(KeySearch search, List<List<Object>> rows) {
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot batch = Rows.batch(SCHEMA.table().schema().columns(), rows, allocator)) {
      FieldVector[] keys = batch.getFieldVectors().toArray(FieldVector[]::new);
      RowRanges ranges = search.find(keys, rows.size());
      List<Integer> found = new ArrayList<>();
      for (int range = 0; range < ranges.count(); range++) {
        for (int row = ranges.first(range); row < ranges.end(range); row++) {
          found.add(row);
        }
      }
      return found;
    }
  }
}
