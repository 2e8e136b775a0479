package io.terrane.datanode.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.table.DataType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.Test;

/** Any run of rows, with and without NULLs, is what was there, also when the column has gone. */
class RunViewTest {
  private static final int ROWS = 100;

  @Test
  void a_run_has_the_rows_of_its_column() {
    SplittableRandom random = new SplittableRandom(5);
    try (BufferAllocator allocator = new RootAllocator()) {
      for (int round = 0; round < 300; round++) {
        for (DataType type : List.of(DataType.INT64, DataType.STRING)) {
          check(type, round % 3, random, allocator);
        }
      }
    }
  }

  private static void check(
      DataType type, int nullsOfThree, SplittableRandom random, BufferAllocator allocator) {
    int first = random.nextBoolean() ? 8 * random.nextInt(ROWS / 8) : random.nextInt(ROWS);
    int count = random.nextInt(ROWS - first + 1);
    Object[] expected = new Object[count];
    try (FieldVector run = type.arrowField("x", true).createVector(allocator)) {
      try (FieldVector whole = vector(type, nullsOfThree, random, allocator)) {
        for (int i = 0; i < count; i++) {
          expected[i] = whole.getObject(first + i);
        }
        RunView.of(whole, first, count, run);
      }
      Object[] actual = new Object[run.getValueCount()];
      for (int i = 0; i < actual.length; i++) {
        actual[i] = run.getObject(i);
      }
      assertThat(actual).as("%s, %d rows from %d on", type, count, first).isEqualTo(expected);
      assertThat(run.getNullCount())
          .isEqualTo((int) Arrays.stream(expected).filter(Objects::isNull).count());
    }
  }

  private static FieldVector vector(
      DataType type, int nullsOfThree, SplittableRandom random, BufferAllocator allocator) {
    FieldVector vector = type.arrowField("x", true).createVector(allocator);
    vector.allocateNew();
    for (int i = 0; i < ROWS; i++) {
      if (random.nextInt(3) >= nullsOfThree) {
        if (vector instanceof BigIntVector numbers) {
          numbers.setSafe(i, random.nextLong());
        } else {
          String text = "x".repeat(random.nextInt(4)) + random.nextInt(100);
          ((VarCharVector) vector).setSafe(i, text.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    vector.setValueCount(ROWS);
    return vector;
  }
}
