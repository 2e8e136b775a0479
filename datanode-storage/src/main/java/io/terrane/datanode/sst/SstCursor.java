package io.terrane.datanode.sst;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.StoredColumn;
import io.terrane.datanode.scan.KeySearch;
import io.terrane.datanode.scan.RowCursor;
import io.terrane.datanode.scan.RowRanges;
import io.terrane.objectstore.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Walks a file, batch by batch, decoding the projection's columns only, and those behind the key
 * only where a batch has wanted rows. Columns are matched by id; one that the file has not, or has
 * under another type, is brought into its present form.
 */
public final class SstCursor implements RowCursor {
  private final ObjectKey file;
  private final BatchDecoder decoder;
  private final KeySearch search;
  private final Optional<ColumnCache> cache;
  private final BufferAllocator allocator;
  private final List<BatchMeta> batches;
  private final List<BatchColumns> passed = new ArrayList<>();

  private final ChunkReader chunks;
  private BatchColumns present;
  private RowRanges ranges;
  private int range;
  private int nextBatch;
  private int row = -1;

  /**
   * @param wanted which batches to read, judged by the columns' ranges in file order
   * @param search which of their rows
   * @param cache for decoded columns
   * @param allocator for what is not in the cache
   */
  public SstCursor(
      SstReader reader,
      ObjectKey file,
      SstMeta meta,
      Projection projection,
      Predicate<BatchRanges> wanted,
      KeySearch search,
      Optional<ColumnCache> cache,
      BufferAllocator allocator) {
    this.file = file;
    this.search = search;
    this.cache = cache;
    this.allocator = allocator;
    SstFooter footer = reader.footer(file, meta);
    this.decoder = new BatchDecoder(footer, projection, allocator);
    this.batches =
        footer.batches().stream()
            .filter(batch -> wanted.test(name -> range(footer, projection.schema(), batch, name)))
            .toList();
    this.chunks =
        new ChunkReader(
            reader,
            file,
            batches,
            (batch, column) -> BatchColumns.isToBeRead(file, batch, column, decoder, cache));
  }

  private static Optional<ColumnRange> range(
      SstFooter footer, RegionSchema schema, BatchMeta batch, String column) {
    Field field = schema.rowSchema().findField(column);
    int index = StoredColumn.find(footer.schema(), field);
    boolean comparable =
        index >= 0 && footer.schema().getFields().get(index).getType().equals(field.getType());
    return comparable ? Optional.of(batch.columns().get(index).range()) : Optional.empty();
  }

  @Override
  public boolean advance() {
    boolean isWithin = present != null && row + 1 < ranges.end(range);
    return isWithin ? advance(1) : nextRange();
  }

  private boolean nextRange() {
    range++;
    while (present == null || range >= ranges.count()) {
      if (nextBatch == batches.size()) {
        return false;
      }
      if (present != null) {
        passed.add(present);
      }
      present = null;
      load(nextBatch++);
      range = 0;
    }
    row = ranges.first(range);
    return true;
  }

  private void load(int number) {
    BatchMeta batch = batches.get(number);
    present = new BatchColumns(file, batch, decoder, chunks, cache, allocator);
    try {
      present.need(search.columns());
      ranges = search.find(present.vectors(), batch.rows());
      if (!ranges.isEmpty()) {
        present.need(decoder.places());
      }
      chunks.nextBatch();
    } catch (TerraneException e) {
      throw new TerraneException(
          e.code(), "file " + file + ", batch at " + batch.offset() + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
      throw new TerraneException(
          ErrorCode.CORRUPTED,
          "file " + file + ", batch at " + batch.offset() + " is unreadable",
          e);
    }
  }

  @Override
  public int run() {
    return ranges.end(range) - row;
  }

  @Override
  public boolean advance(int rows) {
    row += rows;
    return row < ranges.end(range) || nextRange();
  }

  @Override
  public FieldVector[] vectors() {
    return present.vectors();
  }

  @Override
  public int row() {
    return row;
  }

  @Override
  public void releasePassed() {
    passed.forEach(BatchColumns::close);
    passed.clear();
  }

  @Override
  public void close() {
    releasePassed();
    if (present != null) {
      present.close();
      present = null;
    }
    chunks.close();
    nextBatch = batches.size();
  }
}
