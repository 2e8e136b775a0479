package io.terrane.datanode.worker;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.Datum;
import io.terrane.api.table.Datums;
import io.terrane.datanode.region.RegionEnvironment;
import io.terrane.datanode.region.RegionPaths;
import io.terrane.datanode.region.RegionVersion;
import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.RowOrder;
import io.terrane.datanode.row.RowSelection;
import io.terrane.datanode.row.RowValues;
import io.terrane.datanode.scan.BatchCursor;
import io.terrane.datanode.scan.KeySearch;
import io.terrane.datanode.scan.MergeCursor;
import io.terrane.datanode.scan.RowCursor;
import io.terrane.datanode.sst.BatchRanges;
import io.terrane.datanode.sst.ColumnRange;
import io.terrane.datanode.sst.SstCursor;
import io.terrane.datanode.sst.SstMeta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Looks whether new rows have keys that live rows have, or that two of them share: a merge of the
 * new rows, sorted, with the region's keys, skipping files and batches by their key ranges. Blocks
 * on the bucket.
 */
final class UniqueCheck {
  private static final int BATCH_ROWS = 8192;

  private final RegionEnvironment environment;
  private final RegionSchema schema;
  private final RegionPaths paths;
  private final RowOrder order;
  private final Projection projection;

  UniqueCheck(RegionEnvironment environment, RegionSchema schema, RegionPaths paths) {
    this.environment = environment;
    this.schema = schema;
    this.paths = paths;
    this.order = schema.keyOrder();
    this.projection = Projection.of(schema, List.of());
  }

  /** A DUPLICATE_KEY that names the first such key. */
  void check(VectorSchemaRoot rows, RegionVersion version) {
    if (rows.getRowCount() == 0) {
      return;
    }
    FieldVector[] fresh = projection.layout(rows);
    int[] sorted = sorted(fresh, rows.getRowCount());
    for (int i = 1; i < sorted.length; i++) {
      if (order.compareKeys(fresh, sorted[i - 1], fresh, sorted[i]) == 0) {
        throw duplicate(fresh, sorted[i]);
      }
    }
    try (MergeCursor present =
        new MergeCursor(
            cursors(fresh, sorted, version), projection, MergeCursor.Tombstones.DROPPED)) {
      KeyPicker picker = new KeyPicker(fresh, sorted);
      while (picker.take(present)) {}
    }
  }

  private int[] sorted(FieldVector[] fresh, int count) {
    Integer[] rows = new Integer[count];
    Arrays.setAll(rows, i -> i);
    Arrays.sort(rows, (i, j) -> order.compareKeys(fresh, i, fresh, j));
    return Arrays.stream(rows).mapToInt(Integer::intValue).toArray();
  }

  private List<RowCursor> cursors(FieldVector[] fresh, int[] sorted, RegionVersion version) {
    List<RowCursor> cursors = new ArrayList<>();
    try {
      version.mutable().batches().forEach(b -> cursors.add(new BatchCursor(b, projection)));
      version.frozen().batches().forEach(b -> cursors.add(new BatchCursor(b, projection)));
      for (SstMeta file : version.files()) {
        if (overlaps(fresh, sorted, file)) {
          cursors.add(
              new SstCursor(
                  environment.reader(),
                  paths.file(file.id()),
                  file,
                  projection,
                  batch -> mayHold(fresh, sorted, batch),
                  KeySearch.ALL,
                  Optional.of(environment.columns()),
                  environment.allocator()));
        }
      }
      return cursors;
    } catch (RuntimeException e) {
      cursors.forEach(RowCursor::close);
      throw e;
    }
  }

  private boolean overlaps(FieldVector[] fresh, int[] sorted, SstMeta file) {
    return compare(key(fresh, sorted[0]), file.lastKey()) <= 0
        && compare(key(fresh, sorted[sorted.length - 1]), file.firstKey()) >= 0;
  }

  /** Judged by the first key column alone: the smallest new value not below the batch's first. */
  private boolean mayHold(FieldVector[] fresh, int[] sorted, BatchRanges batch) {
    ColumnSchema first = schema.keys().get(0);
    Optional<ColumnRange> range = batch.find(first.name());
    if (range.isEmpty()
        || range.get().nulls() > 0
        || range.get().min().isEmpty()
        || range.get().max().isEmpty()) {
      return true;
    }
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      Datum value = RowValues.read(fresh[0], sorted[middle], first.type());
      if (Datums.compare(value, range.get().min().get()) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < sorted.length
        && Datums.compare(
                RowValues.read(fresh[0], sorted[low], first.type()), range.get().max().get())
            <= 0;
  }

  private List<Datum> key(FieldVector[] vectors, int row) {
    List<Datum> key = new ArrayList<>();
    for (int k = 0; k < schema.keys().size(); k++) {
      key.add(RowValues.read(vectors[k], row, schema.keys().get(k).type()));
    }
    return key;
  }

  private static int compare(List<Datum> left, List<Datum> right) {
    for (int i = 0; i < left.size(); i++) {
      int result = Datums.compare(left.get(i), right.get(i));
      if (result != 0) {
        return result;
      }
    }
    return 0;
  }

  private TerraneException duplicate(FieldVector[] vectors, int row) {
    String entry = key(vectors, row).stream().map(Datum::text).collect(Collectors.joining("-"));
    return new TerraneException(
        ErrorCode.DUPLICATE_KEY,
        "Duplicate entry '" + entry + "' for key '" + schema.table().name().table() + ".PRIMARY'");
  }

  /** Steps through present rows and new rows side by side. */
  private final class KeyPicker {
    private final FieldVector[] fresh;
    private final int[] sorted;
    private final RowSelection present = new RowSelection();
    private int next;

    KeyPicker(FieldVector[] fresh, int[] sorted) {
      this.fresh = fresh;
      this.sorted = sorted;
    }

    boolean take(MergeCursor rows) {
      present.clear();
      rows.fill(present, BATCH_ROWS);
      for (int i = 0; i < present.size(); i++) {
        int comparison = -1;
        while (next < sorted.length && comparison < 0) {
          comparison = order.compareKeys(fresh, sorted[next], present.source(i), present.row(i));
          if (comparison == 0) {
            throw duplicate(fresh, sorted[next]);
          }
          next += comparison < 0 ? 1 : 0;
        }
      }
      boolean more = present.size() > 0 && next < sorted.length;
      rows.releasePassed();
      return more;
    }
  }
}
