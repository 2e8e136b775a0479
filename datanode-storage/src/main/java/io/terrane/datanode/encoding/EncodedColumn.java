package io.terrane.datanode.encoding;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * A column of some rows as it goes into a file. Owns its buffers. Not thread-safe.
 *
 * @param buffers compressed one by one, in Arrow's order; an empty one where Arrow allows it
 */
public record EncodedColumn(int rows, int nulls, List<ArrowBuf> buffers) implements AutoCloseable {
  public EncodedColumn {
    buffers = List.copyOf(buffers);
  }

  /** Of a vector, which stays the caller's. */
  static EncodedColumn of(FieldVector vector, ZstdCodec codec, BufferAllocator allocator) {
    int rows = vector.getValueCount();
    int nulls = vector.getNullCount();
    List<ArrowBuf> compressed = new ArrayList<>();
    try {
      for (ArrowBuf plain : vector.getFieldBuffers()) {
        boolean isSuperfluous = compressed.isEmpty() && nulls == 0;
        compressed.add(
            isSuperfluous || plain.readableBytes() == 0
                ? allocator.getEmpty()
                : compress(plain, codec, allocator));
      }
      return new EncodedColumn(rows, nulls, compressed);
    } catch (RuntimeException e) {
      compressed.forEach(ArrowBuf::close);
      throw e;
    }
  }

  /** The buffer's memory stays the vector's; what is kept is as small as its content. */
  private static ArrowBuf compress(ArrowBuf plain, ZstdCodec codec, BufferAllocator allocator) {
    plain.getReferenceManager().retain();
    try (ArrowBuf roomy = codec.compress(allocator, plain)) {
      ArrowBuf exact = allocator.buffer(roomy.readableBytes());
      exact.setBytes(0, roomy, roomy.readerIndex(), roomy.readableBytes());
      exact.writerIndex(roomy.readableBytes());
      return exact;
    }
  }

  /** Bytes in the file, without what aligns them. */
  public long bytes() {
    return buffers.stream().mapToLong(ArrowBuf::readableBytes).sum();
  }

  @Override
  public void close() {
    buffers.forEach(ArrowBuf::close);
  }
}
