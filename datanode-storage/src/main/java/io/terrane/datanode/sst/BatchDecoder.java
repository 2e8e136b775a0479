package io.terrane.datanode.sst;

import io.terrane.api.table.Datum;
import io.terrane.datanode.encoding.ColumnDecoder;
import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.StoredColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Turns stored columns of a batch into vectors of a projection, known by their places in it. */
final class BatchDecoder {
  private final RegionSchema schema;
  private final List<Integer> rowColumns;
  private final List<Field> stored;
  private final List<Field> wanted = new ArrayList<>();
  private final int[] fileIndexes;

  /** For each place what reads its column; nothing where the file has none. */
  private final ColumnDecoder[] decoders;

  BatchDecoder(SstFooter footer, Projection projection, BufferAllocator allocator) {
    Schema file = footer.schema();
    this.schema = projection.schema();
    this.rowColumns = projection.rowColumns();
    this.stored = file.getFields();
    for (int column : projection.rowColumns()) {
      wanted.add(projection.schema().rowSchema().getFields().get(column));
    }
    this.fileIndexes = wanted.stream().mapToInt(field -> StoredColumn.find(file, field)).toArray();
    this.decoders = new ColumnDecoder[fileIndexes.length];
    for (int place = 0; place < decoders.length; place++) {
      int column = fileIndexes[place];
      decoders[place] = column < 0 ? null : footer.decoder(column, allocator);
    }
  }

  int places() {
    return fileIndexes.length;
  }

  /** The column of the file that a place shows; -1 if it is not in the file. */
  int fileColumn(int place) {
    return fileIndexes[place];
  }

  /** The place that shows a column of the file; -1 if none does. */
  int place(int fileColumn) {
    for (int place = 0; place < fileIndexes.length; place++) {
      if (fileIndexes[place] == fileColumn) {
        return place;
      }
    }
    return -1;
  }

  /** Whether a place shows its column as it is in the file. */
  boolean isAsStored(int place) {
    int column = fileIndexes[place];
    return column >= 0 && stored.get(column).getType().equals(wanted.get(place).getType());
  }

  /** A column that is not in the file. */
  FieldVector fill(int place, int rows, BufferAllocator allocator) {
    FieldVector target = wanted.get(place).createVector(allocator);
    try {
      StoredColumn.fill(target, schema.storedColumn(rowColumns.get(place)), rows);
      return target;
    } catch (RuntimeException e) {
      target.close();
      throw e;
    }
  }

  /** A column whose value the batch's statistics tell, in its present form. */
  FieldVector constant(int place, int rows, Datum value, BufferAllocator allocator) {
    return inPresentForm(place, allocator, before -> ConstantColumn.fill(before, rows, value));
  }

  /**
   * A column of the file, in its present form.
   *
   * @param bytes of the column as it is stored
   */
  FieldVector decode(BatchMeta batch, byte[] bytes, int place, BufferAllocator allocator) {
    ColumnChunk chunk = batch.columns().get(fileIndexes[place]);
    try (ArrowBuf content = allocator.buffer(bytes.length)) {
      content.setBytes(0, bytes);
      List<ArrowBuf> buffers = new ArrayList<>();
      long at = 0;
      for (int length : chunk.buffers()) {
        ArrowBuf buffer = content.slice(at, length);
        buffer.writerIndex(length);
        buffers.add(buffer);
        at += ColumnChunk.aligned(length);
      }
      int nulls = Math.toIntExact(chunk.range().nulls());
      return inPresentForm(
          place, allocator, before -> decoders[place].decode(batch.rows(), nulls, buffers, before));
    }
  }

  /**
   * @param read gives the column as it was stored
   */
  private FieldVector inPresentForm(
      int place, BufferAllocator allocator, Consumer<FieldVector> read) {
    FieldVector target = wanted.get(place).createVector(allocator);
    try {
      if (isAsStored(place)) {
        read.accept(target);
        return target;
      }
      Field field = stored.get(fileIndexes[place]);
      Field plain =
          new Field(field.getName(), new FieldType(true, field.getType(), null), List.of());
      try (FieldVector before = plain.createVector(allocator)) {
        read.accept(before);
        StoredColumn.move(before, target);
      }
      return target;
    } catch (RuntimeException e) {
      target.close();
      throw e;
    }
  }
}
