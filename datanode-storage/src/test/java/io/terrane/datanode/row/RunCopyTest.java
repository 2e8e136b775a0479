package io.terrane.datanode.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.table.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.Test;

/** Runs at any position, of any length, with and without NULLs. */
class RunCopyTest {
  private static final int ROWS = 100;
  private static final long SEED = 11;

  @Test
  void runs_come_out_behind_each_other() {
    SplittableRandom random = new SplittableRandom(SEED);
    try (BufferAllocator allocator = new RootAllocator()) {
      for (DataType type :
          List.of(DataType.INT64, DataType.UINT8, DataType.BOOLEAN, DataType.STRING)) {
        for (int round = 0; round < 50; round++) {
          check(type, round % 3, random, allocator);
        }
      }
    }
  }

  private static void check(
      DataType type, int nullsOfThree, SplittableRandom random, BufferAllocator allocator) {
    try (FieldVector first = vector(type, nullsOfThree, random, allocator);
        FieldVector second = vector(type, nullsOfThree, random, allocator);
        FieldVector target = type.arrowField("x", true).createVector(allocator)) {
      FieldVector[][] sources = new FieldVector[5][];
      int[] firsts = new int[5];
      int[] counts = new int[5];
      List<Object> expected = new ArrayList<>();
      for (int run = 0; run < 5; run++) {
        sources[run] = new FieldVector[] {random.nextBoolean() ? first : second};
        firsts[run] = random.nextInt(ROWS);
        counts[run] = random.nextInt(ROWS - firsts[run] + 1);
        for (int i = 0; i < counts[run]; i++) {
          expected.add(sources[run][0].getObject(firsts[run] + i));
        }
      }
      RunCopy.copy(sources, 0, firsts, counts, 5, expected.size(), target);
      List<Object> actual = new ArrayList<>();
      for (int i = 0; i < target.getValueCount(); i++) {
        actual.add(target.getObject(i));
      }
      assertThat(actual).as("%s, seed %d", type, SEED).isEqualTo(expected);
    }
  }

  private static FieldVector vector(
      DataType type, int nullsOfThree, SplittableRandom random, BufferAllocator allocator) {
    FieldVector vector = type.arrowField("x", true).createVector(allocator);
    vector.setInitialCapacity(ROWS);
    vector.allocateNew();
    for (int i = 0; i < ROWS; i++) {
      if (random.nextInt(3) < nullsOfThree) {
        vector.setNull(i);
      } else if (vector instanceof BigIntVector longs) {
        longs.setSafe(i, random.nextLong());
      } else if (vector instanceof UInt1Vector bytes) {
        bytes.setSafe(i, random.nextInt(200));
      } else if (vector instanceof BitVector bits) {
        bits.setSafe(i, random.nextInt(2));
      } else {
        byte[] text = "é".repeat(random.nextInt(4)).getBytes(StandardCharsets.UTF_8);
        ((VarCharVector) vector).setSafe(i, text);
      }
    }
    vector.setValueCount(ROWS);
    return vector;
  }
}
