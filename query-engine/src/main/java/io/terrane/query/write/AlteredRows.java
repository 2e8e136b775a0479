package io.terrane.query.write;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.WriteMode;
import io.terrane.api.table.ColumnDefault;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.Datum;
import io.terrane.api.table.DatumCasts;
import io.terrane.api.table.TableSchema;
import io.terrane.query.expr.ArrowColumns;
import io.terrane.query.expr.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * A batch that was made under one schema of its table, in the form that a later schema asks for:
 * columns are matched by id, those that are new get what a row without them gets, those that are
 * gone are left out. Not thread-safe.
 */
final class AlteredRows implements AutoCloseable {
  private final TableSchema planned;
  private final VectorSchemaRoot rows;
  private final WriteMode mode;
  private final BufferAllocator allocator;
  private TableSchema present;
  private Optional<VectorSchemaRoot> converted = Optional.empty();

  /**
   * @param rows stay the caller's
   */
  AlteredRows(
      TableSchema planned, VectorSchemaRoot rows, WriteMode mode, BufferAllocator allocator) {
    this.planned = planned;
    this.present = planned;
    this.rows = rows;
    this.mode = mode;
    this.allocator = allocator;
  }

  /** The rows as {@code schema} has them, valid until the next call. */
  VectorSchemaRoot under(TableSchema schema) {
    if (schema.version() != present.version()) {
      close();
      present = schema;
      if (schema.version() != planned.version()) {
        converted = Optional.of(convert(columns(planned), columns(schema)));
      }
    }
    return converted.orElse(rows);
  }

  private List<ColumnSchema> columns(TableSchema schema) {
    return mode == WriteMode.DELETE ? schema.keyColumns() : schema.columns();
  }

  private VectorSchemaRoot convert(List<ColumnSchema> from, List<ColumnSchema> to) {
    List<List<Datum>> values = new ArrayList<>();
    for (int row = 0; row < rows.getRowCount(); row++) {
      values.add(new ArrayList<>());
    }
    for (ColumnSchema column : to) {
      int index = indexOf(from, column.id());
      Column source = new Column(index < 0 ? column.type() : from.get(index).type());
      if (index >= 0) {
        ArrowColumns.read(rows.getVector(index), rows.getRowCount(), source);
      }
      for (int row = 0; row < rows.getRowCount(); row++) {
        Datum value =
            index < 0 ? withoutValue(column) : DatumCasts.cast(source.datumAt(row), column.type());
        values.get(row).add(checked(value, column));
      }
    }
    return RowBatches.of(to, values, allocator);
  }

  private static int indexOf(List<ColumnSchema> columns, int id) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).id() == id) {
        return i;
      }
    }
    return -1;
  }

  private static Datum withoutValue(ColumnSchema column) {
    return column
        .defaultValue()
        .filter(value -> value.kind() == ColumnDefault.Kind.VALUE)
        .map(ColumnDefault::value)
        .or(column::backfill)
        .map(value -> DatumCasts.cast(value, column.type()))
        .orElseGet(() -> Datum.ofNull(column.type()));
  }

  private static Datum checked(Datum value, ColumnSchema column) {
    if (value.isNull() && !column.nullable()) {
      throw new TerraneException(
          ErrorCode.NULL_NOT_ALLOWED, "Column '" + column.name() + "' cannot be null");
    }
    return value;
  }

  @Override
  public void close() {
    converted.ifPresent(VectorSchemaRoot::close);
    converted = Optional.empty();
  }
}
