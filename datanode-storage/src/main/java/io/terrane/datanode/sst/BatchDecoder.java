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

/** Turns a batch's message into the vectors of a projection, in its layout. */
final class BatchDecoder {
  private final BufferAllocator allocator;
  private final RegionSchema schema;
  private final List<Integer> rowColumns;
  private final List<Field> stored;
  private final List<Field> wanted = new ArrayList<>();
  private final int[] fileIndexes;
  private final int[] firstBuffers;

  BatchDecoder(Schema file, Projection projection, BufferAllocator allocator) {
    this.allocator = allocator;
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

  VectorSchemaRoot decode(byte[] message, BatchMeta meta) {
    ArrowBlock block = new ArrowBlock(0, meta.metadataLength(), meta.bodyLength());
    ReadChannel channel = new ReadChannel(Channels.newChannel(new ByteArrayInputStream(message)));
    VectorSchemaRoot target = VectorSchemaRoot.create(new Schema(wanted), allocator);
    try (ArrowRecordBatch batch =
        MessageSerializer.deserializeRecordBatch(channel, block, allocator)) {
      for (int i = 0; i < fileIndexes.length; i++) {
        if (fileIndexes[i] < 0) {
          StoredColumn.fill(
              target.getVector(i), schema.storedColumn(rowColumns.get(i)), batch.getLength());
        } else {
          load(batch, fileIndexes[i], target.getVector(i));
        }
      }
      target.setRowCount(batch.getLength());
      return target;
    } catch (IOException e) {
      target.close();
      throw new UncheckedIOException("reading from memory failed", e);
    } catch (RuntimeException e) {
      target.close();
      throw e;
    }
  }

  private void load(ArrowRecordBatch batch, int fileIndex, FieldVector target) {
    Field field = stored.get(fileIndex);
    if (field.getType().equals(target.getField().getType())) {
      loadStored(batch, fileIndex, target);
      return;
    }
    try (FieldVector before = field.createVector(allocator)) {
      loadStored(batch, fileIndex, before);
      StoredColumn.move(before, target);
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
