package io.terrane.query.function.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Column;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class SketchesTest {
  private static DistinctSketch distinct(long from, long to) {
    DistinctSketch sketch = new DistinctSketch();
    Column column = new Column(DataType.INT64).reset(1);
    for (long value = from; value < to; value++) {
      column.setLong(0, value);
      sketch.add(column, 0);
    }
    return sketch;
  }

  @Test
  void fewValuesAreCountedExactly() {
    assertThat(distinct(0, 0).estimate()).isZero();
    assertThat(distinct(0, DistinctSketch.EXACT_MAX).estimate())
        .isEqualTo(DistinctSketch.EXACT_MAX);
  }

  @Test
  void manyValuesAreEstimated() {
    assertThat((double) distinct(0, 5_000).estimate())
        .isCloseTo(5_000, Percentage.withPercentage(2));
    assertThat((double) distinct(0, 300_000).estimate())
        .isCloseTo(300_000, Percentage.withPercentage(3));
  }

  @Test
  void statesOfBothFormsMerge() {
    for (long[] sizes : new long[][] {{10, 20}, {10, 1000}, {1000, 10}, {1000, 2000}}) {
      DistinctSketch whole = distinct(0, sizes[0]);
      whole.merge(ByteBuffer.wrap(distinct(sizes[0] / 2, sizes[1]).toBytes()));
      assertThat(whole.toBytes()).isEqualTo(distinct(0, Math.max(sizes[0], sizes[1])).toBytes());
    }
    assertThatThrownBy(() -> distinct(0, 1).merge(ByteBuffer.wrap(new byte[] {1, 2})))
        .isInstanceOf(TerraneException.class);
  }

  @Test
  void quantilesKeepTheirRelativeError() {
    QuantileSketch sketch = new QuantileSketch(1024, 0.01);
    for (int i = -500; i <= 500; i++) {
      sketch.add(i / 100.0);
    }
    for (double share : new double[] {0, 0.1, 0.49, 0.51, 0.9, 1}) {
      double exact = Math.min(5, Math.floor(1001 * share) / 100 - 5);
      assertThat(sketch.quantile(share)).isCloseTo(exact, within(0.0101 * Math.abs(exact)));
    }
    assertThat(sketch.quantile(0.5)).isZero();
    assertThat(new QuantileSketch(10, 0.1).quantile(0.5)).isNaN();
  }

  @Test
  void bucketsAreBoundedAndMergedAlike() {
    QuantileSketch whole = new QuantileSketch(64, 0.001);
    QuantileSketch left = new QuantileSketch(64, 0.001);
    QuantileSketch right = new QuantileSketch(64, 0.001);
    for (int i = 1; i <= 2_000; i++) {
      whole.add(i);
      (i % 3 == 0 || i < 50 ? left : right).add(i);
    }
    left.merge(QuantileSketch.read(right.toBytes()));
    assertThat(left.toBytes()).isEqualTo(whole.toBytes());
    assertThat(whole.heapBytes()).isLessThan(64 * 64 + 201);
    assertThat(whole.quantile(0.5)).isCloseTo(1000, Percentage.withPercentage(8));
    byte[] cut = Arrays.copyOf(whole.toBytes(), 40);
    assertThatThrownBy(() -> QuantileSketch.read(cut)).hasMessageContaining("is cut");
  }
}
