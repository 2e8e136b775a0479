package io.terrane.api.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Columns in declared order and the row key among them.
 *
 * <p>A row is identified by its <em>key columns</em>: the primary key in declared order, then the
 * time index. A table with neither has a hidden row id ({@link #ROW_ID}) as its only key column; it
 * is assigned by the region at insert, is not part of {@code columns}, and is offered by scans and
 * taken by deletes under its reserved name.
 *
 * @param version grows with every change of the table by ALTER, from 0
 * @param primaryKey column names in key order, possibly empty
 * @param timeIndex name of the time index column, a non-null TIMESTAMP
 */
public record TableSchema(
    int version, List<ColumnSchema> columns, List<String> primaryKey, Optional<String> timeIndex) {
  /** The hidden key column of a table without primary key and time index, UINT64 NOT NULL. */
  public static final ColumnSchema ROW_ID =
      new ColumnSchema(
          Integer.MAX_VALUE,
          "__row_id",
          DataType.UINT64,
          false,
          SemanticType.TAG,
          Optional.empty(),
          "");

  public TableSchema {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    Set<String> names = new HashSet<>();
    for (ColumnSchema column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("column " + column.name() + " is given twice");
      }
    }
    if (!names.containsAll(primaryKey)) {
      throw new IllegalArgumentException("primary key " + primaryKey + " names unknown columns");
    }
    timeIndex.ifPresent(
        name -> {
          if (!names.contains(name)) {
            throw new IllegalArgumentException("time index " + name + " names no column");
          }
        });
  }

  /** Primary key then time index, or the hidden row id alone. */
  public List<ColumnSchema> keyColumns() {
    List<ColumnSchema> keys = new ArrayList<>();
    primaryKey.forEach(name -> keys.add(column(name)));
    timeIndex.ifPresent(name -> keys.add(column(name)));
    return keys.isEmpty() ? List.of(ROW_ID) : List.copyOf(keys);
  }

  public boolean hasHiddenRowId() {
    return primaryKey.isEmpty() && timeIndex.isEmpty();
  }

  public Optional<ColumnSchema> findColumn(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** The column of this id, the hidden row id included where it is the key. */
  public Optional<ColumnSchema> findColumn(int id) {
    return Stream.concat(columns.stream(), keyColumns().stream())
        .filter(column -> column.id() == id)
        .findFirst();
  }

  /** The column of exactly this name, which must exist. */
  public ColumnSchema column(String name) {
    return findColumn(name)
        .orElseThrow(() -> new IllegalArgumentException("no column " + name + " in the table"));
  }

  /** Position of a column, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The declared columns as an Arrow schema, in declared order, without the hidden row id. */
  public Schema arrowSchema() {
    List<Field> fields = new ArrayList<>();
    for (ColumnSchema column : columns) {
      fields.add(column.type().arrowField(column.name(), column.nullable()));
    }
    return new Schema(fields);
  }
}
