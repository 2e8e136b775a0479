package io.terrane.query.function.sketch;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A UDDSketch (I. Epicoco and others, 2020): counts of values in buckets whose bounds grow by a
 * constant factor, so that any quantile is known up to a relative error. When there are too many
 * buckets, neighbours are merged, and the error grows. Not thread-safe.
 *
 * <p>As bytes: a version byte, the limit of buckets, the error asked for, how often buckets were
 * merged, the count of zeros, how many buckets of positive values, of each its number and count,
 * and the same of negative values.
 */
final class QuantileSketch {
  private static final byte VERSION = 1;
  private static final int BUCKETS_MAX = 1 << 16;

  private final int bucketsMax;
  private final double error;
  private int merges;
  private long zeros;

  /** Bucket i holds sizes above factor^(i-1), up to factor^i. */
  private final NavigableMap<Integer, Long> positive = new TreeMap<>();

  private final NavigableMap<Integer, Long> negative = new TreeMap<>();

  QuantileSketch(long bucketsMax, double error) {
    if (bucketsMax < 2 || bucketsMax > BUCKETS_MAX || !(error > 1e-6 && error < 1)) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          String.format(
              "a sketch wants 2 to %d buckets and an error between 1e-6 and 1, not %d and %s",
              BUCKETS_MAX, bucketsMax, error));
    }
    this.bucketsMax = (int) bucketsMax;
    this.error = error;
  }

  static QuantileSketch read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      if (in.get() == VERSION) {
        QuantileSketch sketch = new QuantileSketch(in.getInt(), in.getDouble());
        sketch.merges = in.getInt();
        sketch.zeros = in.getLong();
        readBuckets(in, sketch.positive);
        readBuckets(in, sketch.negative);
        return sketch;
      }
    } catch (BufferUnderflowException cut) {
      throw new TerraneException(ErrorCode.INVALID_ARGUMENT, "a state of uddsketch is cut", cut);
    }
    throw new TerraneException(ErrorCode.INVALID_ARGUMENT, "not a state of uddsketch");
  }

  private static void readBuckets(ByteBuffer in, Map<Integer, Long> buckets) {
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      buckets.put(in.getInt(), in.getLong());
    }
  }

  byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(33 + 12 * buckets());
    out.put(VERSION).putInt(bucketsMax).putDouble(error).putInt(merges).putLong(zeros);
    writeBuckets(out, positive);
    writeBuckets(out, negative);
    return out.array();
  }

  private static void writeBuckets(ByteBuffer out, Map<Integer, Long> buckets) {
    out.putInt(buckets.size());
    buckets.forEach((bucket, count) -> out.putInt(bucket).putLong(count));
  }

  void add(double value) {
    if (!Double.isFinite(value)) {
      throw new TerraneException(ErrorCode.INVALID_ARGUMENT, "a sketch takes no " + value);
    }
    if (value == 0) {
      zeros++;
      return;
    }
    double size = Math.abs(value);
    int bucket = coarser((int) Math.ceil(Math.log(size) / Math.log(factor(error))), merges);
    (value < 0 ? negative : positive).merge(bucket, 1L, Long::sum);
    limit();
  }

  void merge(QuantileSketch other) {
    if (bucketsMax != other.bucketsMax || error != other.error) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          String.format(
              "a sketch of (%d, %s) cannot take in one of (%d, %s)",
              bucketsMax, error, other.bucketsMax, other.error));
    }
    while (merges < other.merges) {
      mergeNeighbours();
    }
    int behind = merges - other.merges;
    zeros += other.zeros;
    other.positive.forEach((b, count) -> positive.merge(coarser(b, behind), count, Long::sum));
    other.negative.forEach((b, count) -> negative.merge(coarser(b, behind), count, Long::sum));
    limit();
  }

  private void limit() {
    while (buckets() > bucketsMax) {
      mergeNeighbours();
    }
  }

  private void mergeNeighbours() {
    merges++;
    for (NavigableMap<Integer, Long> buckets : List.of(positive, negative)) {
      NavigableMap<Integer, Long> coarse = new TreeMap<>();
      buckets.forEach((bucket, count) -> coarse.merge(coarser(bucket, 1), count, Long::sum));
      buckets.clear();
      buckets.putAll(coarse);
    }
  }

  private static int coarser(int bucket, int times) {
    int coarse = bucket;
    for (int i = 0; i < times; i++) {
      coarse = Math.floorDiv(coarse + 1, 2);
    }
    return coarse;
  }

  private int buckets() {
    return positive.size() + negative.size();
  }

  /** The value below which {@code share} of the values lie, NaN if there are none. */
  double quantile(double share) {
    long total = zeros;
    for (Map<Integer, Long> buckets : List.of(positive, negative)) {
      total += buckets.values().stream().mapToLong(Long::longValue).sum();
    }
    long rest = Math.min(total, (long) (total * share) + 1);
    for (Map.Entry<Integer, Long> entry : negative.descendingMap().entrySet()) {
      rest -= entry.getValue();
      if (rest <= 0) {
        return -size(entry.getKey());
      }
    }
    rest -= zeros;
    if (rest <= 0) {
      return zeros == 0 ? Double.NaN : 0;
    }
    for (Map.Entry<Integer, Long> entry : positive.entrySet()) {
      rest -= entry.getValue();
      if (rest <= 0) {
        return size(entry.getKey());
      }
    }
    return Double.NaN;
  }

  /** Between the bounds of a bucket, with the same relative error to both. */
  private double size(int bucket) {
    double present = error;
    for (int i = 0; i < merges; i++) {
      present = 2 * present / (1 + present * present);
    }
    return Math.pow(factor(present), bucket - 1.0) * (1 + present);
  }

  private static double factor(double error) {
    return (1 + error) / (1 - error);
  }

  long heapBytes() {
    return 200 + 64L * buckets();
  }
}
