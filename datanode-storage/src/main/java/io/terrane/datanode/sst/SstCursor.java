package io.terrane.datanode.sst;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.datanode.cache.ReadAhead;
import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.StoredColumn;
import io.terrane.datanode.scan.RowCursor;
import io.terrane.objectstore.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Walks a file, batch by batch, decoding the projection's columns only. Columns are matched by id;
 * one that the file has not, or has under another type, is brought into its present form.
 */
public final class SstCursor implements RowCursor {
  private final ObjectKey file;
  private final BatchDecoder decoder;
  private final List<BatchMeta> batches;
  private final ReadAhead messages;
  private final List<VectorSchemaRoot> passed = new ArrayList<>();
  private VectorSchemaRoot present;
  private FieldVector[] vectors;
  private int nextBatch;
  private int row = -1;

  /**
   * @param wanted which batches to read, judged by the columns' ranges in file order
   */
  public SstCursor(
      SstReader reader,
      ObjectKey file,
      SstMeta meta,
      Projection projection,
      Predicate<BatchRanges> wanted,
      BufferAllocator allocator) {
    this.file = file;
    SstFooter footer = reader.footer(file, meta);
    this.decoder = new BatchDecoder(footer.schema(), projection, allocator);
    this.batches =
        footer.batches().stream()
            .filter(batch -> wanted.test(name -> range(footer, projection.schema(), batch, name)))
            .toList();
    this.messages = reader.batches(file, batches);
  }

  private static Optional<ColumnRange> range(
      SstFooter footer, RegionSchema schema, BatchMeta batch, String column) {
    Field field = schema.rowSchema().findField(column);
    int index = StoredColumn.find(footer.schema(), field);
    boolean comparable =
        index >= 0 && footer.schema().getFields().get(index).getType().equals(field.getType());
    return comparable ? Optional.of(batch.columns().get(index)) : Optional.empty();
  }

  @Override
  public boolean advance() {
    row++;
    while (present == null || row >= present.getRowCount()) {
      if (nextBatch == batches.size()) {
        return false;
      }
      if (present != null) {
        passed.add(present);
        present = null;
      }
      load(batches.get(nextBatch++));
      row = 0;
    }
    return true;
  }

  private void load(BatchMeta batch) {
    byte[] bytes = messages.next();
    try {
      present = decoder.decode(bytes, batch);
    } catch (TerraneException e) {
      throw new TerraneException(
          e.code(), "file " + file + ", batch at " + batch.offset() + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
      throw new TerraneException(
          ErrorCode.CORRUPTED,
          "file " + file + ", batch at " + batch.offset() + " is unreadable",
          e);
    }
    vectors = present.getFieldVectors().toArray(FieldVector[]::new);
  }

  @Override
  public int run() {
    return present.getRowCount() - row;
  }

  @Override
  public boolean advance(int rows) {
    row += rows - 1;
    return advance();
  }

  @Override
  public FieldVector[] vectors() {
    return vectors;
  }

  @Override
  public int row() {
    return row;
  }

  @Override
  public void releasePassed() {
    passed.forEach(VectorSchemaRoot::close);
    passed.clear();
  }

  @Override
  public void close() {
    messages.close();
    releasePassed();
    if (present != null) {
      present.close();
      present = null;
    }
    nextBatch = batches.size();
  }
}
