package io.terrane.datanode.sst;

import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.StoredColumn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TypeLayout;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Turns columns of a batch's message into vectors of a projection, known by their places in it. */
final class BatchDecoder {
  private final RegionSchema schema;
  private final List<Integer> rowColumns;
  private final List<Field> stored;
  private final List<Field> wanted = new ArrayList<>();
  private final int[] fileIndexes;
  private final int[] firstBuffers;

  BatchDecoder(Schema file, Projection projection) {
    this.schema = projection.schema();
    this.rowColumns = projection.rowColumns();
    this.stored = file.getFields();
    for (int column : projection.rowColumns()) {
      wanted.add(projection.schema().rowSchema().getFields().get(column));
    }
    this.fileIndexes = wanted.stream().mapToInt(field -> StoredColumn.find(file, field)).toArray();
    this.firstBuffers = new int[file.getFields().size() + 1];
    for (int i = 0; i < file.getFields().size(); i++) {
      firstBuffers[i + 1] =
          firstBuffers[i] + TypeLayout.getTypeBufferCount(file.getFields().get(i).getType());
    }
  }

  int places() {
    return fileIndexes.length;
  }

  /** The column of the file that a place shows; -1 if it is not in the file. */
  int fileColumn(int place) {
    return fileIndexes[place];
  }

  /** Whether a place shows its column as it is in the file. */
  boolean isAsStored(int place) {
    int column = fileIndexes[place];
    return column >= 0 && stored.get(column).getType().equals(wanted.get(place).getType());
  }

  /** A message's buffers, as they are in the file; the caller closes them. */
  static ArrowRecordBatch read(byte[] message, BatchMeta meta, BufferAllocator allocator) {
    ArrowBlock block = new ArrowBlock(0, meta.metadataLength(), meta.bodyLength());
    ReadChannel channel = new ReadChannel(Channels.newChannel(new ByteArrayInputStream(message)));
    try {
      return MessageSerializer.deserializeRecordBatch(channel, block, allocator);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
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

  /** A column of the file, in its present form. */
  FieldVector decode(ArrowRecordBatch batch, int place, BufferAllocator allocator) {
    FieldVector target = wanted.get(place).createVector(allocator);
    try {
      if (isAsStored(place)) {
        loadStored(batch, fileIndexes[place], target);
        return target;
      }
      try (FieldVector before = stored.get(fileIndexes[place]).createVector(allocator)) {
        loadStored(batch, fileIndexes[place], before);
        StoredColumn.move(before, target);
      }
      return target;
    } catch (RuntimeException e) {
      target.close();
      throw e;
    }
  }

  private void loadStored(ArrowRecordBatch batch, int fileIndex, FieldVector target) {
    List<ArrowFieldNode> node = batch.getNodes().subList(fileIndex, fileIndex + 1);
    List<ArrowBuf> buffers =
        batch.getBuffers().subList(firstBuffers[fileIndex], firstBuffers[fileIndex + 1]);
    VectorSchemaRoot single = VectorSchemaRoot.of(target);
    try (ArrowRecordBatch column =
        new ArrowRecordBatch(batch.getLength(), node, buffers, batch.getBodyCompression())) {
      new VectorLoader(single, ZstdCodec.FACTORY).load(column);
    }
  }
}
