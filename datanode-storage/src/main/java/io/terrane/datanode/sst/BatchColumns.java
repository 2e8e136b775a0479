package io.terrane.datanode.sst;

import io.terrane.api.table.Datum;
import io.terrane.objectstore.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * The columns of one batch in a projection's layout, each there once it was asked for: shared with
 * other readers where there is a cache, its own otherwise. Blocks on the bucket. Not thread-safe.
 */
final class BatchColumns implements AutoCloseable {
  private final ObjectKey file;
  private final BatchMeta batch;
  private final BatchDecoder decoder;
  private final ChunkReader source;
  private final Optional<ColumnCache> cache;
  private final BufferAllocator allocator;
  private final FieldVector[] vectors;
  private final List<ColumnCache.Shared> shared = new ArrayList<>();
  private final List<FieldVector> own = new ArrayList<>();

  /**
   * @param source stands at this batch; asked once for each column that is not kept
   */
  BatchColumns(
      ObjectKey file,
      BatchMeta batch,
      BatchDecoder decoder,
      ChunkReader source,
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
      if (vectors[place] == null && !isAtHand(place)) {
        missing.add(place);
      }
    }
    missing.sort(Comparator.comparingInt(decoder::fileColumn));
    for (int place : missing) {
      vectors[place] = decode(source.take(decoder.fileColumn(place)), place);
    }
  }

  /** Whether a column of the file has to be read for a projection. */
  static boolean isToBeRead(
      ObjectKey file,
      BatchMeta batch,
      int column,
      BatchDecoder decoder,
      Optional<ColumnCache> cache) {
    int place = decoder.place(column);
    if (place < 0 || batch.columns().get(column).constant(batch.rows()).isPresent()) {
      return false;
    }
    return cache.isEmpty() || !decoder.isAsStored(place) || !cache.get().has(file, batch, column);
  }

  private boolean isAtHand(int place) {
    int fileColumn = decoder.fileColumn(place);
    if (fileColumn < 0) {
      vectors[place] = owned(decoder.fill(place, batch.rows(), allocator));
      return true;
    }
    Optional<Datum> constant = batch.columns().get(fileColumn).constant(batch.rows());
    if (constant.isPresent()) {
      vectors[place] = owned(decoder.constant(place, batch.rows(), constant.get(), allocator));
      return true;
    }
    if (cache.isEmpty() || !decoder.isAsStored(place)) {
      return false;
    }
    Optional<ColumnCache.Shared> found = cache.get().find(file, batch, fileColumn);
    found.ifPresent(column -> vectors[place] = kept(column));
    return found.isPresent();
  }

  private FieldVector decode(byte[] bytes, int place) {
    if (cache.isEmpty() || !decoder.isAsStored(place)) {
      return owned(decoder.decode(batch, bytes, place, allocator));
    }
    FieldVector column = decoder.decode(batch, bytes, place, cache.get().allocator());
    return kept(cache.get().add(file, batch, decoder.fileColumn(place), column));
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
