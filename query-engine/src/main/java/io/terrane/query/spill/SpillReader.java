package io.terrane.query.spill;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads a file of batches from its beginning; closing it frees the file. One thread. */
public final class SpillReader implements BatchStream {
  private final SpillFile file;
  private final ArrowStreamReader reader;

  SpillReader(SpillFile file, FileChannel channel, BufferAllocator allocator) {
    this.file = file;
    this.reader = new ArrowStreamReader(channel, allocator);
  }

  /** Goes to the next batch; false if there is none. */
  public boolean next() {
    try {
      return reader.loadNextBatch();
    } catch (IOException failure) {
      throw file.failed(failure);
    }
  }

  /** The present batch, until {@link #next} is called again. */
  public VectorSchemaRoot rows() {
    try {
      return reader.getVectorSchemaRoot();
    } catch (IOException failure) {
      throw file.failed(failure);
    }
  }

  @Override
  public Schema schema() {
    return file.schema();
  }

  @Override
  public boolean advance(BatchSink sink) {
    if (!next()) {
      return false;
    }
    sink.accept(rows());
    return true;
  }

  @Override
  public void close() {
    try {
      reader.close(false);
    } catch (IOException failure) {
      throw file.failed(failure);
    } finally {
      file.close();
    }
  }
}
