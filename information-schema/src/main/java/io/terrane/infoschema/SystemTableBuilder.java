package io.terrane.infoschema;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.TableName;
import io.terrane.api.table.VirtualTable.ScanContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;

/**
 * Writes down a system table column by column, in the order clients see. Column names are declared
 * in lower case. A column given without a function is always NULL: one that MySQL's tools select by
 * name though there is nothing to say.
 */
public final class SystemTableBuilder<R> {
  private static final long SECONDS_IN_NANOS_MAX = Long.MAX_VALUE / 1_000_000_000;

  private final int id;
  private final TableName name;
  private final List<SystemColumn<R>> columns = new ArrayList<>();

  SystemTableBuilder(int id, TableName name) {
    this.id = id;
    this.name = name;
  }

  public SystemTableBuilder<R> text(String column, Function<R, String> value) {
    return add(
        column,
        DataType.STRING,
        VarCharVector.class,
        value,
        (vector, i, text) -> vector.setSafe(i, text.getBytes(StandardCharsets.UTF_8)));
  }

  public SystemTableBuilder<R> text(String column) {
    return text(column, row -> null);
  }

  public SystemTableBuilder<R> int64(String column, Function<R, Long> value) {
    return add(column, DataType.INT64, BigIntVector.class, value, BigIntVector::setSafe);
  }

  public SystemTableBuilder<R> int64(String column) {
    return int64(column, row -> null);
  }

  /** The long's bits are the value. */
  public SystemTableBuilder<R> uint64(String column, Function<R, Long> value) {
    return add(column, DataType.UINT64, UInt8Vector.class, value, UInt8Vector::setSafe);
  }

  public SystemTableBuilder<R> uint64(String column) {
    return uint64(column, row -> null);
  }

  /** The int's bits are the value. */
  public SystemTableBuilder<R> uint32(String column, Function<R, Integer> value) {
    return add(column, DataType.UINT32, UInt4Vector.class, value, UInt4Vector::setSafe);
  }

  public SystemTableBuilder<R> uint32(String column) {
    return uint32(column, row -> null);
  }

  public SystemTableBuilder<R> uint8(String column, Function<R, Integer> value) {
    return add(column, DataType.UINT8, UInt1Vector.class, value, UInt1Vector::setSafe);
  }

  public SystemTableBuilder<R> bool(String column, Function<R, Boolean> value) {
    return add(
        column,
        DataType.BOOLEAN,
        BitVector.class,
        value,
        (vector, i, truth) -> vector.setSafe(i, truth ? 1 : 0));
  }

  /** A timestamp of whole seconds. */
  public SystemTableBuilder<R> seconds(String column, Function<R, Instant> value) {
    return add(
        column,
        DataType.TIMESTAMP_SECOND,
        TimeStampSecVector.class,
        value,
        (vector, i, instant) -> vector.setSafe(i, instant.getEpochSecond()));
  }

  public SystemTableBuilder<R> seconds(String column) {
    return seconds(column, row -> null);
  }

  /** A timestamp of milliseconds. */
  public SystemTableBuilder<R> millis(String column, Function<R, Instant> value) {
    return add(
        column,
        DataType.TIMESTAMP_MILLIS,
        TimeStampMilliVector.class,
        value,
        (vector, i, instant) -> vector.setSafe(i, instant.toEpochMilli()));
  }

  /** A timestamp of nanoseconds; NULL where these do not fit into 64 bits. */
  public SystemTableBuilder<R> nanos(String column, Function<R, Instant> value) {
    return add(
        column,
        DataType.TIMESTAMP_NANOS,
        TimeStampNanoVector.class,
        row -> nanos(value.apply(row)),
        (vector, i, nanos) -> vector.setSafe(i, nanos));
  }

  private static Long nanos(Instant instant) {
    if (instant == null || Math.abs(instant.getEpochSecond()) >= SECONDS_IN_NANOS_MAX) {
      return null;
    }
    return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
  }

  public SystemTableBuilder<R> float64(String column, Function<R, Double> value) {
    return add(
        column,
        DataType.FLOAT64,
        Float8Vector.class,
        value,
        (vector, i, number) -> vector.setSafe(i, number));
  }

  public SystemTableBuilder<R> millis(String column) {
    return millis(column, row -> null);
  }

  /** Ends the table: {@code rows} is asked once per scan. */
  public SystemTable<R> rows(Function<ScanContext, List<R>> rows) {
    return new SystemTable<>(id, name, columns, rows);
  }

  /** Ends the table: it never has a row. */
  public SystemTable<R> empty() {
    return rows(context -> List.of());
  }

  private <V extends FieldVector, T> SystemTableBuilder<R> add(
      String column,
      DataType type,
      Class<V> vectorType,
      Function<R, T> value,
      SystemColumn.Setter<V, T> setter) {
    columns.add(
        new SystemColumn.Typed<>(
            ColumnSchema.field(columns.size(), column, type), vectorType, value, setter));
    return this;
  }
}
