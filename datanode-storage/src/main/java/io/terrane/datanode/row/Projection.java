package io.terrane.datanode.row;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Which columns a reader needs. Its layout is: key columns in key order, sequence, op, then
 * whatever else the output wants, each once.
 */
public final class Projection {
  private final RegionSchema schema;
  private final List<Integer> rowColumns;
  private final int[] outputs;
  private final Schema outputSchema;

  private Projection(
      RegionSchema schema, List<Integer> rowColumns, int[] outputs, Schema outputSchema) {
    this.schema = schema;
    this.rowColumns = rowColumns;
    this.outputs = outputs;
    this.outputSchema = outputSchema;
  }

  /** What gives the columns of these names, declared ones or the row id. */
  public static Projection of(RegionSchema schema, List<String> columns) {
    List<Integer> layout = keysSequenceOp(schema);
    int[] outputs = new int[columns.size()];
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < outputs.length; i++) {
      String name = columns.get(i);
      int index = schema.indexOf(name);
      if (index < 0 && name.equals(TableSchema.ROW_ID.name())) {
        fields.add(TableSchema.ROW_ID.type().arrowField(name, false));
        index = schema.sequenceIndex();
      } else if (index < 0) {
        throw new TerraneException(
            ErrorCode.COLUMN_NOT_FOUND,
            "Unknown column '" + name + "' in '" + schema.table().name().table() + "'");
      } else {
        ColumnSchema column = schema.stored().get(index);
        fields.add(column.type().arrowField(name, column.nullable()));
      }
      if (!layout.contains(index)) {
        layout.add(index);
      }
      outputs[i] = layout.indexOf(index);
    }
    return new Projection(schema, layout, outputs, new Schema(fields));
  }

  /** Every column; the output is {@link RegionSchema#rowSchema()}. */
  public static Projection all(RegionSchema schema) {
    List<Integer> layout = keysSequenceOp(schema);
    int width = schema.rowSchema().getFields().size();
    IntStream.range(0, width).filter(i -> !layout.contains(i)).forEach(layout::add);
    int[] outputs = IntStream.range(0, width).map(layout::indexOf).toArray();
    return new Projection(schema, layout, outputs, schema.rowSchema());
  }

  private static List<Integer> keysSequenceOp(RegionSchema schema) {
    List<Integer> layout = new ArrayList<>();
    for (int k = 0; k < schema.keys().size(); k++) {
      layout.add(schema.keyIndex(k));
    }
    layout.add(schema.sequenceIndex());
    layout.add(schema.opIndex());
    return layout;
  }

  public RegionSchema schema() {
    return schema;
  }

  /** For each place of the layout, the column's position in {@link RegionSchema#rowSchema()}. */
  public List<Integer> rowColumns() {
    return rowColumns;
  }

  public Schema outputSchema() {
    return outputSchema;
  }

  /** Place in the layout of an output column. */
  public int output(int column) {
    return outputs[column];
  }

  /** Place of the op in the layout. */
  public int opPlace() {
    return schema.keys().size() + 1;
  }

  /** The vectors of a full row batch in this layout. */
  public FieldVector[] layout(VectorSchemaRoot rows) {
    return rowColumns.stream().map(rows::getVector).toArray(FieldVector[]::new);
  }
}
