package io.terrane.infoschema;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.TableName;
import io.terrane.api.table.VirtualTable;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A system table: its columns, each with the function that takes the value from a row, and where
 * the rows come from. Written with {@link SystemTableBuilder}. A null value is a NULL.
 *
 * <p>Stateless and thread-safe as long as the functions are. Rows are listed when {@code scan} is
 * called, values are taken batch by batch.
 *
 * @param <R> what one row is made from
 */
public final class SystemTable<R> implements VirtualTable {

  private final int id;
  private final TableName name;
  private final List<SystemColumn<R>> columns;
  private final Function<ScanContext, List<R>> rows;

  SystemTable(
      int id, TableName name, List<SystemColumn<R>> columns, Function<ScanContext, List<R>> rows) {
    this.id = id;
    this.name = name;
    this.columns = List.copyOf(columns);
    this.rows = Objects.requireNonNull(rows, "rows");
  }

  /**
   * Begins a table of {@code information_schema}.
   *
   * @param id number shown as {@code table_id}; below those of user tables and never used twice
   * @param name in lower case
   */
  public static <R> SystemTableBuilder<R> named(int id, String name) {
    return named(id, new TableName(TableName.INFORMATION_SCHEMA, name));
  }

  /** The same in any database. */
  public static <R> SystemTableBuilder<R> named(int id, TableName name) {
    return new SystemTableBuilder<>(id, name);
  }

  /** The number shown as {@code table_id}. */
  public int id() {
    return id;
  }

  @Override
  public TableName name() {
    return name;
  }

  @Override
  public List<ColumnSchema> columns() {
    return columns.stream().map(SystemColumn::schema).toList();
  }

  @Override
  public BatchStream scan(ScanContext context, BufferAllocator allocator) {
    return new SystemTableStream<>(columns, rows.apply(context), allocator);
  }
}
