package io.terrane.datanode.sst;

import io.terrane.objectstore.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/**
 * The columns of one batch in a projection's layout, each there once it was asked for: shared with
 * other readers where there is a cache, its own otherwise. Blocks on the bucket. Not thread-safe.
 */
final class BatchColumns implements AutoCloseable {
  /** Memory that is not worth a copy to save. */
  private static final long SMALL_BYTES = 1 << 12;

  private final ObjectKey file;
  private final BatchMeta batch;
  private final BatchDecoder decoder;
  private final Supplier<byte[]> source;
  private final Optional<ColumnCache> cache;
  private final BufferAllocator allocator;
  private final FieldVector[] vectors;
  private byte[] message;
  private final List<ColumnCache.Shared> shared = new ArrayList<>();
  private final List<FieldVector> own = new ArrayList<>();

  /**
   * @param source gives the batch's message; asked once, and only if it is needed
   */
  BatchColumns(
      ObjectKey file,
      BatchMeta batch,
      BatchDecoder decoder,
      Supplier<byte[]> source,
      Optional<ColumnCache> cache,
      BufferAllocator allocator) {
    this.file = file;
    this.batch = batch;
    this.decoder = decoder;
    this.source = source;
    this.cache = cache;
    this.allocator = allocator;
    this.vectors = new FieldVector[decoder.places()];
  }

  /** Null at places that were not asked for. */
  FieldVector[] vectors() {
    return vectors;
  }

  /** Makes the columns at the first {@code places} places be there. */
  void need(int places) {
    List<Integer> missing = new ArrayList<>();
    for (int place = 0; place < places; place++) {
      if (vectors[place] == null && !isCached(place)) {
        missing.add(place);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    if (message == null) {
      message = source.get();
    }
    try (ArrowRecordBatch buffers = BatchDecoder.read(message, batch, allocator)) {
      missing.forEach(place -> vectors[place] = decode(buffers, place));
    }
  }

  /** No more columns will be needed; answers whether the message was. */
  boolean complete() {
    boolean wasRead = message != null;
    message = null;
    return wasRead;
  }

  /** Whether the message is needed for the columns of a projection. */
  static boolean isNeeded(
      ObjectKey file, BatchMeta batch, BatchDecoder decoder, Optional<ColumnCache> cache) {
    for (int place = 0; place < decoder.places(); place++) {
      int column = decoder.fileColumn(place);
      boolean isKept =
          cache.isPresent() && decoder.isAsStored(place) && cache.get().has(file, batch, column);
      if (column >= 0 && !isKept) {
        return true;
      }
    }
    return false;
  }

  private boolean isCached(int place) {
    if (decoder.fileColumn(place) < 0) {
      vectors[place] = owned(decoder.fill(place, batch.rows(), allocator));
      return true;
    }
    if (cache.isEmpty() || !decoder.isAsStored(place)) {
      return false;
    }
    Optional<ColumnCache.Shared> found = cache.get().find(file, batch, decoder.fileColumn(place));
    found.ifPresent(column -> vectors[place] = kept(column));
    return found.isPresent();
  }

  private FieldVector decode(ArrowRecordBatch buffers, int place) {
    if (cache.isEmpty() || !decoder.isAsStored(place)) {
      return owned(decoder.decode(buffers, place, allocator));
    }
    FieldVector column = decoder.decode(buffers, place, cache.get().allocator());
    return kept(cache.get().add(file, batch, decoder.fileColumn(place), compact(column)));
  }

  /** A buffer that was stored as it is would keep its whole message in memory. */
  private static FieldVector compact(FieldVector column) {
    List<ArrowBuf> buffers = column.getFieldBuffers();
    if (buffers.stream().allMatch(b -> b.getReferenceManager().getSize() <= room(b.capacity()))) {
      return column;
    }
    FieldVector copy = column.getField().createVector(column.getAllocator());
    List<ArrowBuf> copies = new ArrayList<>();
    try (column) {
      for (ArrowBuf buffer : buffers) {
        ArrowBuf bytes = column.getAllocator().buffer(buffer.readableBytes());
        copies.add(bytes);
        bytes.setBytes(0, buffer, buffer.readerIndex(), buffer.readableBytes());
        bytes.writerIndex(buffer.readableBytes());
      }
      int rows = column.getValueCount();
      copy.loadFieldBuffers(new ArrowFieldNode(rows, column.getNullCount()), copies);
      return copy;
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    } finally {
      copies.forEach(ArrowBuf::close);
    }
  }

  private static long room(long capacity) {
    return Math.max(SMALL_BYTES, 2 * capacity);
  }

  private FieldVector owned(FieldVector vector) {
    own.add(vector);
    return vector;
  }

  private FieldVector kept(ColumnCache.Shared column) {
    shared.add(column);
    return column.vector();
  }

  @Override
  public void close() {
    own.forEach(FieldVector::close);
    own.clear();
    shared.forEach(ColumnCache.Shared::release);
    shared.clear();
  }
}
