package io.terrane.datanode.row;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.DatumCasts;
import java.util.Objects;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Brings columns that were stored under an older schema into their present form. A column is known
 * by its id: one that was not there yet gives what the table says for such rows, one whose type was
 * changed gives its values in the new type, NULL where it has none for them.
 */
public final class StoredColumn {
  private StoredColumn() {}

  /** Position of the field in what was stored: by column id, internal columns by name; or -1. */
  public static int find(Schema stored, Field field) {
    String id = field.getMetadata().get(RegionSchema.COLUMN_ID);
    for (int i = 0; i < stored.getFields().size(); i++) {
      Field candidate = stored.getFields().get(i);
      String candidateId = candidate.getMetadata().get(RegionSchema.COLUMN_ID);
      boolean same =
          id == null
              ? candidateId == null && candidate.getName().equals(field.getName())
              : Objects.equals(id, candidateId);
      if (same) {
        return i;
      }
    }
    return -1;
  }

  /** Fills a column of {@code rows} rows that was not stored. */
  public static void fill(FieldVector target, Optional<ColumnSchema> column, int rows) {
    target.setInitialCapacity(Math.max(1, rows));
    target.allocateNew();
    Datum value = column.flatMap(ColumnSchema::backfill).orElse(Datum.NULL);
    if (!value.isNull()) {
      for (int row = 0; row < rows; row++) {
        RowValues.write(target, row, value);
      }
    }
    target.setValueCount(rows);
  }

  /** Moves the values, or converts them if the types differ; the source stays the caller's. */
  public static void move(FieldVector source, FieldVector target) {
    if (source.getField().getType().equals(target.getField().getType())) {
      source.makeTransferPair(target).transfer();
      return;
    }
    DataType from = DataType.ofArrow(source.getField().getType());
    DataType to = DataType.ofArrow(target.getField().getType());
    int rows = source.getValueCount();
    target.setInitialCapacity(Math.max(1, rows));
    target.allocateNew();
    for (int row = 0; row < rows; row++) {
      Datum value = DatumCasts.cast(RowValues.read(source, row, from), to);
      if (!value.isNull()) {
        RowValues.write(target, row, value);
      }
    }
    target.setValueCount(rows);
  }

  /**
   * Moves stored rows into {@code target}, which has the row layout of {@code schema}; the source
   * is empty then and stays the caller's.
   */
  public static void moveAll(
      VectorSchemaRoot source, RegionSchema schema, VectorSchemaRoot target) {
    int rows = source.getRowCount();
    for (int i = 0; i < target.getFieldVectors().size(); i++) {
      int stored = find(source.getSchema(), target.getSchema().getFields().get(i));
      if (stored < 0) {
        fill(target.getVector(i), schema.storedColumn(i), rows);
      } else {
        move(source.getVector(stored), target.getVector(i));
      }
    }
    target.setRowCount(rows);
  }
}
