package io.terrane.datanode.scan;

import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RowSelection;
import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;

/**
 * Merges the versions of one key column by column: of each column the newest value that is not
 * NULL. A row that needs none of its older versions is picked where it lies, another is put
 * together in vectors of its own, which live until {@link #clear}. Not thread-safe.
 */
final class VersionMerge implements AutoCloseable {
  /** Key columns and the sequence, which come first in a projection's layout, and the op. */
  private final int fixedPlaces;

  private final FieldVector[] sources;
  private final int[] rows;
  private FieldVector[] newest;
  private int newestRow;
  private boolean isMixed;
  private FieldVector[] merged;
  private int mergedRows;

  VersionMerge(Projection projection) {
    this.fixedPlaces = projection.opPlace() + 1;
    this.sources = new FieldVector[projection.rowColumns().size()];
    this.rows = new int[sources.length];
  }

  /** Begins with the newest version of a key. */
  void begin(FieldVector[] vectors, int row) {
    newest = vectors;
    newestRow = row;
    isMixed = false;
    System.arraycopy(vectors, 0, sources, 0, sources.length);
    Arrays.fill(rows, row);
  }

  /** The next older version. */
  void addOlder(FieldVector[] vectors, int row) {
    for (int place = fixedPlaces; place < sources.length; place++) {
      if (sources[place].isNull(rows[place]) && !vectors[place].isNull(row)) {
        sources[place] = vectors[place];
        rows[place] = row;
        isMixed = true;
      }
    }
  }

  void pick(RowSelection selection) {
    if (!isMixed) {
      selection.add(newest, newestRow);
      return;
    }
    if (merged == null) {
      merged = Arrays.stream(newest).map(VersionMerge::like).toArray(FieldVector[]::new);
    }
    for (int place = 0; place < sources.length; place++) {
      merged[place].copyFromSafe(rows[place], mergedRows, sources[place]);
      merged[place].setValueCount(mergedRows + 1);
    }
    selection.add(merged, mergedRows++);
  }

  private static FieldVector like(FieldVector vector) {
    FieldVector empty = vector.getField().createVector(vector.getAllocator());
    empty.allocateNew();
    return empty;
  }

  /** Rows put together earlier are no longer valid. */
  void clear() {
    mergedRows = 0;
    if (merged != null) {
      // Not emptied where they are: whoever was lent a row may share their memory.
      for (FieldVector vector : merged) {
        vector.clear();
        vector.allocateNew();
      }
    }
  }

  @Override
  public void close() {
    if (merged != null) {
      Arrays.stream(merged).forEach(FieldVector::close);
      merged = null;
    }
  }
}
