package io.terrane.datanode.sst;

import io.terrane.objectstore.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private final SstReader reader;
  private final ObjectKey file;
  private final BatchMeta batch;
  private final BatchDecoder decoder;
  private final Optional<ColumnCache> cache;
  private final BufferAllocator allocator;
  private final FieldVector[] vectors;
  private final List<ColumnCache.Shared> shared = new ArrayList<>();
  private final List<FieldVector> own = new ArrayList<>();

  BatchColumns(
      SstReader reader,
      ObjectKey file,
      BatchMeta batch,
      BatchDecoder decoder,
      Optional<ColumnCache> cache,
      BufferAllocator allocator) {
    this.reader = reader;
    this.file = file;
    this.batch = batch;
    this.decoder = decoder;
    this.cache = cache;
    this.allocator = allocator;
    this.vectors = new FieldVector[decoder.places()];
  }

  int rows() {
    return batch.rows();
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
    try (ArrowRecordBatch message =
        BatchDecoder.read(reader.batch(file, batch), batch, allocator)) {
      missing.forEach(place -> vectors[place] = decode(message, place));
    }
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

  private FieldVector decode(ArrowRecordBatch message, int place) {
    if (cache.isEmpty() || !decoder.isAsStored(place)) {
      return owned(decoder.decode(message, place, allocator));
    }
    FieldVector column = decoder.decode(message, place, cache.get().allocator());
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
