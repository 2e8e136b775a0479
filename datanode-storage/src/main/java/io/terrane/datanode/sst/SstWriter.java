package io.terrane.datanode.sst;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.Datum;
import io.terrane.api.table.Datums;
import io.terrane.datanode.encoding.ColumnEncoder;
import io.terrane.datanode.encoding.StoredForm;
import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.RowSelection;
import io.terrane.datanode.row.RowValues;
import io.terrane.datanode.scan.MergeCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Writes merged rows into one file in memory. One use; not thread-safe. */
public final class SstWriter implements AutoCloseable {
  /** Beside the columns' bytes: heads of messages and the footer. */
  private static final int OTHER_BYTES = 1 << 13;

  private final RegionSchema schema;
  private final int batchRows;
  private final int level;
  private final BufferAllocator allocator;
  private final List<ColumnEncoder> columns = new ArrayList<>();
  private final Projection projection;
  private final RowSelection selection;
  private final List<List<ColumnRange>> ranges = new ArrayList<>();
  private long bytes;
  private List<Datum> firstKey = List.of();
  private List<Datum> lastKey = List.of();
  private long rows;
  private long tombstones;
  private long firstSequence = Long.MAX_VALUE;
  private long lastSequence;

  /**
   * @param level 0 for a flush, 1 for a merge
   */
  public SstWriter(RegionSchema schema, int batchRows, int level, BufferAllocator allocator) {
    this.schema = schema;
    this.batchRows = batchRows;
    this.level = level;
    this.allocator = allocator;
    this.projection = Projection.all(schema);
    this.selection = new RowSelection();
    for (int column : projection.rowColumns()) {
      columns.add(
          new ColumnEncoder(
              schema.rowSchema().getFields().get(column), form(column), level, allocator));
    }
  }

  /** Times go on without end; what counts them, and sequences, grow in even steps. */
  private StoredForm form(int column) {
    Optional<ColumnSchema> stored = schema.storedColumn(column);
    boolean isSequence = column == schema.sequenceIndex();
    boolean isRowId = schema.hasHiddenRowId() && column == schema.stored().size() - 1;
    if (isSequence || isRowId) {
      return StoredForm.DIFFERENCES;
    }
    boolean isTime =
        stored.isPresent()
            && schema.table().schema().timeIndex().equals(stored.map(ColumnSchema::name));
    return stored.isEmpty() || isTime ? StoredForm.PLAIN : StoredForm.DICTIONARY;
  }

  /** Reads {@code source}, which must give all columns, to its end. Empty if it has no row. */
  public Optional<SstFile> write(MergeCursor source) {
    while (append(source)) {}
    return finish();
  }

  /** Writes the next batch of {@code source}; false if it is at its end. */
  public boolean append(MergeCursor source) {
    source.fill(selection, batchRows);
    if (selection.size() == 0) {
      return false;
    }
    try (VectorSchemaRoot batch = selection.gather(projection, allocator)) {
      observe(batch);
      for (int i = 0; i < columns.size(); i++) {
        bytes += columns.get(i).add(batch.getVector(projection.rowColumns().get(i)));
      }
    }
    selection.clear();
    source.releasePassed();
    return true;
  }

  /** Bytes of the batches so far. */
  public long bytes() {
    return bytes;
  }

  /** Ends the file; empty if it has no row. */
  public Optional<SstFile> finish() {
    if (rows == 0) {
      return Optional.empty();
    }
    SstAssembly file = new SstAssembly(columns, Math.toIntExact(bytes + OTHER_BYTES));
    try {
      file.write(ranges);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return Optional.of(file(file));
  }

  @Override
  public void close() {
    columns.forEach(ColumnEncoder::close);
  }

  private void observe(VectorSchemaRoot batch) {
    int count = batch.getRowCount();
    UInt8Vector sequences = (UInt8Vector) batch.getVector(schema.sequenceIndex());
    UInt1Vector ops = (UInt1Vector) batch.getVector(schema.opIndex());
    sequences.getDataBuffer().checkBytes(0, (long) count * Long.BYTES);
    ops.getDataBuffer().checkBytes(0, count);
    for (int i = 0; i < count; i++) {
      long sequence = MemoryUtil.getLong(sequences.getDataBufferAddress() + (long) i * Long.BYTES);
      firstSequence = Math.min(firstSequence, sequence);
      lastSequence = Math.max(lastSequence, sequence);
      byte op = MemoryUtil.getByte(ops.getDataBufferAddress() + i);
      tombstones += op == RegionSchema.OP_DELETE ? 1 : 0;
    }
    if (rows == 0) {
      firstKey = key(batch, 0);
    }
    lastKey = key(batch, count - 1);
    rows += count;
    List<ColumnRange> found = new ArrayList<>();
    for (int column : projection.rowColumns()) {
      found.add(ColumnStatistics.of(batch.getVector(column), count));
    }
    ranges.add(found);
  }

  private List<Datum> key(VectorSchemaRoot batch, int row) {
    List<Datum> key = new ArrayList<>();
    List<ColumnSchema> keys = schema.keys();
    for (int k = 0; k < keys.size(); k++) {
      key.add(RowValues.read(batch.getVector(schema.keyIndex(k)), row, keys.get(k).type()));
    }
    return key;
  }

  private SstFile file(SstAssembly assembled) {
    int size = assembled.size();
    int footerOffset = assembled.footerOffset();
    int footerCrc = assembled.crc(footerOffset, size - footerOffset);
    Optional<TimeRange> time = timeRange();
    return new SstFile(
        assembled.bytes(),
        id ->
            new SstMeta(
                id,
                size,
                rows,
                tombstones,
                firstSequence,
                lastSequence,
                footerOffset,
                footerCrc,
                firstKey,
                lastKey,
                level,
                time));
  }

  /** Of the batches' ranges of the time index, which is the last key column and never NULL. */
  private Optional<TimeRange> timeRange() {
    if (schema.table().schema().timeIndex().isEmpty()) {
      return Optional.empty();
    }
    // Key columns come first in a file.
    int column = schema.keys().size() - 1;
    Optional<Datum> first =
        ranges.stream().flatMap(r -> r.get(column).min().stream()).min(Datums::compare);
    Optional<Datum> last =
        ranges.stream().flatMap(r -> r.get(column).max().stream()).max(Datums::compare);
    return first.flatMap(from -> last.map(to -> new TimeRange(from, to)));
  }

  /** A file ready to be put into the bucket, and its description once it has a name. */
  public record SstFile(byte[] content, Function<SstId, SstMeta> description) {
    SstMeta describe(SstId id) {
      return description.apply(id);
    }
  }
}
