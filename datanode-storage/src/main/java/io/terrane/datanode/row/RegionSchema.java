package io.terrane.datanode.row;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.DurationText;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The Arrow form of a region's rows: the declared columns in declared order, the hidden row id
 * where it is the key, then {@link #SEQUENCE} and {@link #OP}. Every field is nullable, because a
 * tombstone has key columns only. Immutable.
 */
public final class RegionSchema {
  /** UINT64: the place of the row's version in the region's history. */
  public static final String SEQUENCE = "__sequence";

  /** UINT8: {@link #OP_PUT} or {@link #OP_DELETE}. */
  public static final String OP = "__op";

  public static final byte OP_PUT = 0;
  public static final byte OP_DELETE = 1;

  /** Field metadata key that carries the column's id. */
  public static final String COLUMN_ID = "terrane.column-id";

  private final TableInfo table;
  private final List<ColumnSchema> stored;
  private final List<ColumnSchema> keys;
  private final int[] keyIndexes;
  private final Schema rowSchema;

  public RegionSchema(TableInfo table) {
    this.table = table;
    List<ColumnSchema> columns = new ArrayList<>(table.schema().columns());
    if (table.schema().hasHiddenRowId()) {
      columns.add(TableSchema.ROW_ID);
    }
    this.stored = List.copyOf(columns);
    this.keys = table.schema().keyColumns();
    this.keyIndexes = keys.stream().mapToInt(stored::indexOf).toArray();
    List<Field> fields = new ArrayList<>();
    stored.forEach(column -> fields.add(field(column.name(), column.type(), column.id())));
    fields.add(DataType.UINT64.arrowField(SEQUENCE, true));
    fields.add(DataType.UINT8.arrowField(OP, true));
    this.rowSchema = new Schema(fields);
  }

  private static Field field(String name, DataType type, int id) {
    ArrowType arrowType = type.arrowType();
    return new Field(
        name, new FieldType(true, arrowType, null, Map.of(COLUMN_ID, Integer.toString(id))), null);
  }

  public TableInfo table() {
    return table;
  }

  /** The declared columns, and the hidden row id last where there is one. */
  public List<ColumnSchema> stored() {
    return stored;
  }

  /** The key columns in key order. */
  public List<ColumnSchema> keys() {
    return keys;
  }

  /** Position among {@link #stored()} of each key column. */
  public int keyIndex(int key) {
    return keyIndexes[key];
  }

  public boolean hasHiddenRowId() {
    return table.schema().hasHiddenRowId();
  }

  /** Length of the windows that files are merged within, where the table says it. */
  public Optional<Duration> compactionWindow() {
    return Optional.ofNullable(table.options().get("compaction.twcs.time_window"))
        .flatMap(DurationText::parse);
  }

  /**
   * Whether a row's versions are merged column by column, the newest value that is not NULL winning
   * ({@code merge_mode = 'last_non_null'}); all of them are kept until then.
   */
  public boolean mergesColumns() {
    return "last_non_null".equalsIgnoreCase(table.options().get("merge_mode"))
        && table.schema().timeIndex().isPresent()
        && !isAppendOnly();
  }

  /** Whether the newest version of a row stands for all of them. */
  public boolean keepsNewestOnly() {
    return !isAppendOnly() && !mergesColumns();
  }

  public boolean isAppendOnly() {
    return table.isAppendOnly();
  }

  /** Stored columns, sequence, op. */
  public Schema rowSchema() {
    return rowSchema;
  }

  /** Position of the sequence in {@link #rowSchema()}. */
  public int sequenceIndex() {
    return stored.size();
  }

  /** Position of the op in {@link #rowSchema()}. */
  public int opIndex() {
    return stored.size() + 1;
  }

  /** Position of a stored column in {@link #rowSchema()}, or -1. */
  public int indexOf(String column) {
    for (int i = 0; i < stored.size(); i++) {
      if (stored.get(i).name().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  public RowOrder keyOrder() {
    return new RowOrder(keys.stream().map(ColumnSchema::type).map(ValueOrder::of).toList());
  }
}
