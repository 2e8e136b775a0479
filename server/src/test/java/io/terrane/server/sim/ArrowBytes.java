package io.terrane.server.sim;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/** A batch as bytes, so that nothing is shared between processes. */
final class ArrowBytes {
  private ArrowBytes() {}

  static byte[] encode(VectorSchemaRoot batch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer = new ArrowStreamWriter(batch, null, bytes)) {
      writer.writeBatch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The reader's root is the batch; closing the reader frees it. */
  static ArrowStreamReader decode(byte[] bytes, BufferAllocator allocator) {
    ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(bytes), allocator);
    try {
      reader.loadNextBatch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reader;
  }

  static VectorSchemaRoot root(ArrowStreamReader reader) {
    try {
      return reader.getVectorSchemaRoot();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void close(ArrowStreamReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
