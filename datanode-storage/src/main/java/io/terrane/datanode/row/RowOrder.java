package io.terrane.datanode.row;

import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt8Vector;

/**
 * The order of rows in a region: by key columns, then newest version first. Rows are given as
 * vectors in a {@link Projection}'s layout (keys first, then the sequence) and a row number.
 */
public final class RowOrder {
  private final ValueOrder[] keys;

  public RowOrder(List<ValueOrder> keys) {
    this.keys = keys.toArray(ValueOrder[]::new);
  }

  public int keyCount() {
    return keys.length;
  }

  public int compareKeys(FieldVector[] left, int i, FieldVector[] right, int j) {
    for (int k = 0; k < keys.length; k++) {
      int order = keys[k].compare(left[k], i, right[k], j);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** By key, then by sequence, the higher first. */
  public int compare(FieldVector[] left, int i, FieldVector[] right, int j) {
    int order = compareKeys(left, i, right, j);
    return order != 0
        ? order
        : Long.compareUnsigned(
            ((UInt8Vector) right[keys.length]).get(j), ((UInt8Vector) left[keys.length]).get(i));
  }
}
