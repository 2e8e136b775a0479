package io.terrane.query.write;

import io.terrane.api.region.RegionId;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.Datum;
import io.terrane.api.table.TableInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Splits rows by the table's partition rule. */
final class RowRouter {
  private final TableInfo table;
  private final Map<String, Integer> positions = new HashMap<>();

  /**
   * @param columns of the rows, the partition columns among them
   */
  RowRouter(TableInfo table, List<ColumnSchema> columns) {
    this.table = table;
    for (int i = 0; i < columns.size(); i++) {
      positions.put(columns.get(i).name(), i);
    }
  }

  Map<RegionId, List<List<Datum>>> split(List<List<Datum>> rows) {
    Map<RegionId, List<List<Datum>>> split = new TreeMap<>();
    for (List<Datum> row : rows) {
      int number = table.partitionRule().regionFor(name -> row.get(positions.get(name)));
      split.computeIfAbsent(RegionId.of(table.id(), number), region -> new ArrayList<>()).add(row);
    }
    return split;
  }
}
