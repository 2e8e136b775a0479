package io.terrane.query.function.builtin;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What is taken for the value below which a share of the values lies. */
enum Percentile {
  /** The one in the middle, or between the two there. */
  MEDIAN(1),
  /** Interpolated between neighbours. */
  CONTINUOUS(2),
  /** The first value that has the share at or below it. */
  DISCRETE(2),
  /** As a t-digest with one centroid per value sees it (T. Dunning, 2021). */
  DIGEST(2),
  /** The same with weights: value, weight, share. */
  WEIGHTED_DIGEST(3);

  private final int argumentCount;

  Percentile(int argumentCount) {
    this.argumentCount = argumentCount;
  }

  /** How many arguments there are, the share being the last. */
  int argumentCount() {
    return argumentCount;
  }

  /** Whether whole numbers give a whole number. */
  boolean keepsType() {
    return switch (this) {
      case MEDIAN, CONTINUOUS -> false;
      case DISCRETE, DIGEST, WEIGHTED_DIGEST -> true;
    };
  }

  /** May sort {@code values}; weights are read by {@link #WEIGHTED_DIGEST} only. */
  double of(double[] values, double[] weights, int count, double share) {
    return switch (this) {
      case MEDIAN, CONTINUOUS -> {
        Arrays.sort(values, 0, count);
        double place = share * (count - 1);
        int below = (int) place;
        double low = values[below];
        double high = values[Math.min(below + 1, count - 1)];
        yield low == high ? low : low + (high - low) * (place - below);
      }
      case DISCRETE -> {
        Arrays.sort(values, 0, count);
        yield values[Math.max(0, (int) Math.ceil(share * count) - 1)];
      }
      case DIGEST -> {
        Arrays.sort(values, 0, count);
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        yield digest(values, ones, count, share);
      }
      case WEIGHTED_DIGEST -> {
        int[] order =
            IntStream.range(0, count)
                .boxed()
                .sorted((a, b) -> Double.compare(values[a], values[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        yield digest(
            Arrays.stream(order).mapToDouble(i -> values[i]).toArray(),
            Arrays.stream(order).mapToDouble(i -> weights[i]).toArray(),
            count,
            share);
      }
    };
  }

  /** Within the centroid that holds the rank, by the slope from its neighbours. */
  private static double digest(double[] means, double[] weights, int count, double share) {
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += weights[i];
    }
    if (share <= 0 || share >= 1) {
      return means[share <= 0 ? 0 : count - 1];
    }
    double rank = share * total;
    int place = 0;
    double before = 0;
    while (place < count - 1 && rank >= before + weights[place]) {
      before += weights[place++];
    }
    double low = means[Math.max(0, place - 1)];
    double high = means[Math.min(count - 1, place + 1)];
    boolean isEnd = place == 0 || place == count - 1;
    double slope = isEnd ? high - low : (high - low) / 2;
    double value = means[place] + ((rank - before) / weights[place] - 0.5) * slope;
    return Math.max(low, Math.min(high, value));
  }
}
