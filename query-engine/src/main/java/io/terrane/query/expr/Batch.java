package io.terrane.query.expr;

import io.terrane.api.table.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The input of an expression: columns that are read from Arrow when first asked for. One object is
 * loaded again for each batch, so that its registers are reused.
 */
public final class Batch {
  private final Column[] columns;
  private final boolean[] loaded;
  private int rows;
  private VectorSchemaRoot root;
  private Batch parent;
  private int[] selected;

  public Batch(List<DataType> types) {
    columns = types.stream().map(Column::new).toArray(Column[]::new);
    loaded = new boolean[columns.length];
  }

  /** The column types of an Arrow schema. */
  public static List<DataType> typesOf(Schema schema) {
    List<DataType> types = new ArrayList<>();
    for (Field field : schema.getFields()) {
      types.add(DataType.ofArrow(field.getType()));
    }
    return types;
  }

  /** No columns, {@code rows} rows. */
  public static Batch ofRows(int rows) {
    Batch batch = new Batch(List.of());
    batch.rows = rows;
    return batch;
  }

  /** Makes this the view of an Arrow batch, which must stay as it is while this is in use. */
  public Batch load(VectorSchemaRoot newRoot) {
    root = newRoot;
    rows = newRoot.getRowCount();
    java.util.Arrays.fill(loaded, false);
    return this;
  }

  public int rows() {
    return rows;
  }

  public DataType type(int index) {
    return columns[index].type();
  }

  /** The column's values; valid until the next {@link #load}. */
  public Column column(int index) {
    Column column = columns[index];
    if (!loaded[index]) {
      if (parent != null) {
        Column source = parent.column(index);
        column.reset(rows);
        for (int i = 0; i < rows; i++) {
          column.setFrom(i, source, selected[i]);
        }
      } else {
        FieldVector vector = root.getVector(index);
        ArrowColumns.read(vector, rows, column);
      }
      loaded[index] = true;
    }
    return column;
  }

  /** A batch of only the rows at the first {@code count} indexes of {@code indexes}. */
  public Batch select(int[] indexes, int count) {
    List<DataType> types = new ArrayList<>();
    for (Column column : columns) {
      types.add(column.type());
    }
    Batch part = new Batch(types);
    part.parent = this;
    part.selected = indexes;
    part.rows = count;
    return part;
  }
}
