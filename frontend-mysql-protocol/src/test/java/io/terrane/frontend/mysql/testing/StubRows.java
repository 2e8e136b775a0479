package io.terrane.frontend.mysql.testing;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A stream that lends the same rows {@code batches} times, and knows how often that was. Values
 * have the Java forms of a Datum, except that bytes are a {@code byte[]}.
 */
public final class StubRows implements BatchStream {
  private final List<ResultColumn> columns;
  private final VectorSchemaRoot root;
  private final int batches;
  private final AtomicInteger lent = new AtomicInteger();
  private volatile boolean closed;
  private volatile RuntimeException failure;

  public StubRows(
      BufferAllocator allocator, List<ResultColumn> columns, List<List<Object>> rows, int batches) {
    this.columns = columns;
    this.batches = batches;
    this.root =
        VectorSchemaRoot.create(
            new Schema(
                columns.stream()
                    .map(column -> column.type().arrowField(column.name(), column.nullable()))
                    .toList()),
            allocator);
    for (int i = 0; i < columns.size(); i++) {
      FieldVector vector = root.getVector(i);
      vector.allocateNew();
      for (int row = 0; row < rows.size(); row++) {
        set(vector, columns.get(i).type(), row, rows.get(row).get(i));
      }
      vector.setValueCount(rows.size());
    }
    root.setRowCount(rows.size());
  }

  public static StatementResult.Rows of(
      BufferAllocator allocator, List<ResultColumn> columns, List<List<Object>> rows) {
    return new StubRows(allocator, columns, rows, 1).result();
  }

  public StatementResult.Rows result() {
    return new StatementResult.Rows(columns, this, 0);
  }

  /** Fails instead of lending the batch after the last. */
  public StubRows failingWith(RuntimeException atEnd) {
    failure = atEnd;
    return this;
  }

  public int lent() {
    return lent.get();
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public Schema schema() {
    return root.getSchema();
  }

  @Override
  public boolean advance(BatchSink sink) {
    if (lent.get() == batches) {
      if (failure != null) {
        throw failure;
      }
      return false;
    }
    lent.incrementAndGet();
    sink.accept(root);
    return true;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      root.close();
    }
  }

  private static void set(FieldVector vector, DataType type, int row, Object value) {
    if (value == null) {
      if (type.kind() != DataType.Kind.NULL) {
        vector.setNull(row);
      }
      return;
    }
    switch (type.kind()) {
      case NULL -> throw new IllegalArgumentException("a NULL has no value " + value);
      case BOOLEAN -> ((BitVector) vector).setSafe(row, (Boolean) value ? 1 : 0);
      case INT8 -> ((TinyIntVector) vector).setSafe(row, ((Long) value).intValue());
      case INT16 -> ((SmallIntVector) vector).setSafe(row, ((Long) value).intValue());
      case INT32 -> ((IntVector) vector).setSafe(row, ((Long) value).intValue());
      case INT64 -> ((BigIntVector) vector).setSafe(row, (Long) value);
      case UINT8 -> ((UInt1Vector) vector).setSafe(row, ((Long) value).intValue());
      case UINT16 -> ((UInt2Vector) vector).setSafe(row, ((Long) value).intValue());
      case UINT32 -> ((UInt4Vector) vector).setSafe(row, ((Long) value).intValue());
      case UINT64 -> ((UInt8Vector) vector).setSafe(row, (Long) value);
      case FLOAT32 -> ((Float4Vector) vector).setSafe(row, ((Double) value).floatValue());
      case FLOAT64 -> ((Float8Vector) vector).setSafe(row, (Double) value);
      case DECIMAL -> setDecimal(vector, row, (BigDecimal) value);
      case STRING ->
          ((VarCharVector) vector).setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
      case BINARY -> ((VarBinaryVector) vector).setSafe(row, (byte[]) value);
      case DATE -> ((DateDayVector) vector).setSafe(row, ((Long) value).intValue());
      case TIME -> ((TimeMicroVector) vector).setSafe(row, (Long) value);
      case TIMESTAMP -> ((TimeStampVector) vector).setSafe(row, (Long) value);
    }
  }

  private static void setDecimal(FieldVector vector, int row, BigDecimal value) {
    if (vector instanceof DecimalVector narrow) {
      narrow.setSafe(row, value);
    } else {
      ((Decimal256Vector) vector).setSafe(row, value);
    }
  }
}
