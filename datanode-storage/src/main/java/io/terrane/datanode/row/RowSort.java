package io.terrane.datanode.row;

import io.terrane.api.table.ColumnSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt8Vector;

/**
 * Picks the rows of some batches in the region's order, older versions of a key left out unless the
 * table keeps them. Where keys can be had as numbers that fit in a long together with the place of
 * the row, longs are sorted; else rows are compared. One use; not thread-safe.
 */
final class RowSort {
  /** Sequences may be so much sparser than rows, for there is a table of them. */
  private static final long SPARSE_MAX = 8;

  private static final long TABLE_SLACK = 1024;

  private final RegionSchema schema;
  private final List<FieldVector[]> batches;
  private final int[] counts;
  private final int rows;

  /**
   * @param batches in the layout of {@link Projection#all}
   * @param counts rows of each
   */
  RowSort(RegionSchema schema, List<FieldVector[]> batches, int[] counts) {
    this.schema = schema;
    this.batches = batches;
    this.counts = counts;
    this.rows = Arrays.stream(counts).sum();
  }

  void pick(RowSelection selection) {
    if (rows > 0 && !pickByNumbers(selection)) {
      pickByComparison(selection);
    }
  }

  private boolean pickByNumbers(RowSelection selection) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int b = 0; b < counts.length; b++) {
      UInt8Vector sequences = sequences(b);
      for (int i = 0; i < counts[b]; i++) {
        first = Math.min(first, sequences.get(i));
        last = Math.max(last, sequences.get(i));
      }
    }
    long span = last - first + 1;
    if (first < 0 || span <= 0 || span > SPARSE_MAX * rows + TABLE_SLACK) {
      return false;
    }
    Optional<List<KeyRanks>> keys = keys(bits(span - 1));
    if (keys.isEmpty()) {
      return false;
    }
    // Of each row its batch and number, found by how much newer the newest row is.
    long[] places = new long[(int) span];
    long[] packed = new long[rows];
    int at = 0;
    for (int b = 0; b < counts.length; b++) {
      UInt8Vector sequences = sequences(b);
      for (int i = 0; i < counts[b]; i++) {
        int age = (int) (last - sequences.get(i));
        places[age] = ((long) b << 32) | i;
        packed[at++] = age;
      }
    }
    int shift = bits(span - 1);
    int ageBits = shift;
    for (int k = keys.get().size() - 1; k >= 0; k--) {
      KeyRanks ranks = keys.get().get(k);
      for (int i = 0; i < rows; i++) {
        packed[i] |= ranks.rank(i) << shift;
      }
      shift += ranks.bits();
    }
    Arrays.sort(packed);
    for (int i = 0; i < rows; i++) {
      boolean shadowed =
          schema.keepsNewestOnly() && i > 0 && packed[i] >>> ageBits == packed[i - 1] >>> ageBits;
      if (!shadowed) {
        long place = places[(int) (packed[i] & ((1L << ageBits) - 1))];
        selection.add(batches.get((int) (place >>> 32)), (int) place);
      }
    }
    return true;
  }

  /** The key columns' numbers, if they fit beside {@code others} bits. */
  private Optional<List<KeyRanks>> keys(int others) {
    List<KeyRanks> keys = new ArrayList<>();
    int bits = others;
    for (ColumnSchema column : schema.keys()) {
      Optional<KeyRanks> ranks = KeyRanks.of(column.type(), keys.size(), batches, counts, rows);
      if (ranks.isEmpty()) {
        return Optional.empty();
      }
      keys.add(ranks.get());
      bits += ranks.get().bits();
    }
    for (KeyRanks ranks : keys) {
      if (bits >= Long.SIZE) {
        bits -= ranks.bits();
        ranks.condense();
        bits += ranks.bits();
      }
    }
    return bits >= Long.SIZE ? Optional.empty() : Optional.of(keys);
  }

  private static int bits(long highest) {
    return Long.SIZE - Long.numberOfLeadingZeros(highest);
  }

  private UInt8Vector sequences(int batch) {
    return (UInt8Vector) batches.get(batch)[schema.keys().size()];
  }

  private void pickByComparison(RowSelection selection) {
    RowOrder order = schema.keyOrder();
    List<Place> places = new ArrayList<>(rows);
    for (int b = 0; b < counts.length; b++) {
      for (int i = 0; i < counts[b]; i++) {
        places.add(new Place(batches.get(b), i));
      }
    }
    places.sort((a, b) -> order.compare(a.batch(), a.row(), b.batch(), b.row()));
    Place before = null;
    for (Place place : places) {
      boolean shadowed =
          schema.keepsNewestOnly()
              && before != null
              && order.compareKeys(before.batch(), before.row(), place.batch(), place.row()) == 0;
      if (!shadowed) {
        selection.add(place.batch(), place.row());
      }
      before = place;
    }
  }

  private record Place(FieldVector[] batch, int row) {}
}
