package io.terrane.query.spill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Batches on disk: first written, then read once. Closing it, or the reader it gave, frees the
 * disk. One thread.
 */
public final class SpillFile implements AutoCloseable {
  private final SpillSpace space;
  private final FileChannel channel;
  private final WriteChannel out;
  private final Schema schema;
  private long bytes;
  private long rows;
  private boolean closed;

  SpillFile(SpillSpace space, FileChannel channel, Schema schema) throws IOException {
    this.space = space;
    this.channel = channel;
    this.out = new WriteChannel(channel);
    this.schema = schema;
    MessageSerializer.serialize(out, schema);
  }

  public Schema schema() {
    return schema;
  }

  /** How many rows it has. */
  public long rows() {
    return rows;
  }

  /** Copies a batch; QUERY_MEMORY_EXCEEDED if there is no room for it. */
  public void append(VectorSchemaRoot batch) {
    try (ArrowRecordBatch message = new VectorUnloader(batch).getRecordBatch()) {
      long size = message.computeBodyLength();
      space.reserve(size);
      bytes += size;
      MessageSerializer.serialize(out, message);
      rows += batch.getRowCount();
    } catch (IOException failure) {
      throw space.failed(failure);
    }
  }

  /** All batches in the order they came. */
  public SpillReader read(BufferAllocator allocator) {
    try {
      channel.position(0);
      return new SpillReader(this, channel, allocator);
    } catch (IOException failure) {
      throw space.failed(failure);
    }
  }

  RuntimeException failed(IOException failure) {
    return space.failed(failure);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    space.release(bytes);
    try {
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
