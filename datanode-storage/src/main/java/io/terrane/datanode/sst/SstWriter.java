package io.terrane.datanode.sst;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.Datum;
import io.terrane.api.table.Datums;
import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.RowSelection;
import io.terrane.datanode.row.RowValues;
import io.terrane.datanode.scan.MergeCursor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.IpcOption;

/** Writes merged rows into one file in memory. One use; not thread-safe. */
public final class SstWriter implements AutoCloseable {
  /** The stream's end mark between the last batch and the footer. */
  private static final int END_OF_STREAM_BYTES = 8;

  private final RegionSchema schema;
  private final int batchRows;
  private final int level;
  private final BufferAllocator allocator;
  private final Content bytes = new Content();
  private final Map<String, String> metadata = new HashMap<>();
  private final VectorSchemaRoot root;
  private final ArrowFileWriter writer;
  private final Projection projection;
  private final RowSelection selection;
  private final List<List<ColumnRange>> ranges = new ArrayList<>();
  private final List<Integer> rowCounts = new ArrayList<>();
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
    this.root = VectorSchemaRoot.create(schema.rowSchema(), allocator);
    this.writer =
        new ArrowFileWriter(
            root,
            null,
            Channels.newChannel(bytes),
            metadata,
            IpcOption.DEFAULT,
            ZstdCodec.FACTORY,
            CodecType.ZSTD,
            Optional.of(ZstdCodec.LEVEL));
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
      if (rows == 0) {
        writer.start();
      }
      observe(batch);
      move(batch, root);
      writer.writeBatch();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    selection.clear();
    source.releasePassed();
    return true;
  }

  /** Bytes written so far. */
  public long bytes() {
    return bytes.size();
  }

  /** Ends the file; empty if it has no row. */
  public Optional<SstFile> finish() {
    if (rows == 0) {
      return Optional.empty();
    }
    try {
      List<ArrowBlock> blocks = writer.getRecordBlocks();
      int footerOffset = bytes.size() + END_OF_STREAM_BYTES;
      metadata.put(FooterJson.KEY, FooterJson.write(batches(blocks)));
      writer.end();
      return Optional.of(file(footerOffset));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  @Override
  public void close() {
    writer.close();
    root.close();
  }

  private static void move(VectorSchemaRoot from, VectorSchemaRoot to) {
    for (int i = 0; i < to.getFieldVectors().size(); i++) {
      from.getVector(i).makeTransferPair(to.getVector(i)).transfer();
    }
    to.setRowCount(from.getRowCount());
    from.setRowCount(0);
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
    rowCounts.add(count);
    List<ColumnRange> columns = new ArrayList<>();
    for (FieldVector vector : batch.getFieldVectors()) {
      columns.add(ColumnStatistics.of(vector, count));
    }
    ranges.add(columns);
  }

  private List<Datum> key(VectorSchemaRoot batch, int row) {
    List<Datum> key = new ArrayList<>();
    List<ColumnSchema> keys = schema.keys();
    for (int k = 0; k < keys.size(); k++) {
      key.add(RowValues.read(batch.getVector(schema.keyIndex(k)), row, keys.get(k).type()));
    }
    return key;
  }

  private List<BatchMeta> batches(List<ArrowBlock> blocks) {
    List<BatchMeta> batches = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      ArrowBlock block = blocks.get(i);
      int length = Math.toIntExact(block.getMetadataLength() + block.getBodyLength());
      batches.add(
          new BatchMeta(
              block.getOffset(),
              block.getMetadataLength(),
              block.getBodyLength(),
              bytes.crc(Math.toIntExact(block.getOffset()), length),
              rowCounts.get(i),
              ranges.get(i)));
    }
    return batches;
  }

  private SstFile file(int footerOffset) {
    int size = bytes.size();
    int footerCrc = bytes.crc(footerOffset, size - footerOffset);
    Optional<TimeRange> time = timeRange();
    return new SstFile(
        bytes.toByteArray(),
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
    int column = schema.keyIndex(schema.keys().size() - 1);
    Optional<Datum> first =
        ranges.stream().flatMap(r -> r.get(column).min().stream()).min(Datums::compare);
    Optional<Datum> last =
        ranges.stream().flatMap(r -> r.get(column).max().stream()).max(Datums::compare);
    return first.flatMap(from -> last.map(to -> new TimeRange(from, to)));
  }

  /** What was written, with checksums of its parts. */
  private static final class Content extends ByteArrayOutputStream {
    synchronized int crc(int offset, int length) {
      CRC32C crc = new CRC32C();
      crc.update(buf, offset, length);
      return (int) crc.getValue();
    }
  }

  /** A file ready to be put into the bucket, and its description once it has a name. */
  public record SstFile(byte[] content, Function<SstId, SstMeta> description) {
    SstMeta describe(SstId id) {
      return description.apply(id);
    }
  }
}
