package io.terrane.datanode.scan;

import io.terrane.api.table.ColumnSchema;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.ValueOrder;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;

/**
 * Finds where series end among rows in key order: a series are the rows whose keys differ in the
 * last column only, the time index. Immutable.
 */
public final class SeriesEnds {
  private final ValueOrder[] orders;

  public SeriesEnds(RegionSchema schema) {
    this.orders =
        schema.keys().stream()
            .limit(schema.keys().size() - 1L)
            .map(key -> ValueOrder.of(key.type()))
            .toArray(ValueOrder[]::new);
  }

  /**
   * Whether the last row of each series is all that is needed to know the greatest value of a
   * column per value of others.
   */
  public static boolean areEnough(RegionSchema schema, Set<String> groups, String greatest) {
    return schema.table().schema().timeIndex().equals(Optional.of(greatest))
        && schema.keys().stream()
            .map(ColumnSchema::name)
            .filter(name -> !name.equals(greatest))
            .toList()
            .containsAll(groups);
  }

  /**
   * Behind the last of the rows from {@code first} to {@code to} that belong to its series.
   *
   * @param vectors of a batch; the key columns come first
   */
  int end(FieldVector[] vectors, int first, int to) {
    int end = to;
    for (int key = 0; key < orders.length; key++) {
      end = KeySearch.runEnd(vectors[key], orders[key], first, end);
    }
    return end;
  }
}
