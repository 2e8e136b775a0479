package io.terrane.datanode.sst;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.terrane.objectstore.ObjectKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Decoded columns of files' batches, in memory, bounded by bytes; which of them go is Caffeine's
 * choice. Files never change, so nothing has to be invalidated: what is no longer asked for goes in
 * time. A column that is in use outlives its removal. Thread-safe.
 */
public final class ColumnCache implements AutoCloseable {
  private final BufferAllocator allocator;
  private final Cache<Key, Shared> columns;

  private record Key(ObjectKey file, long batchOffset, int column) {}

  /** A column that several may read; counted. */
  static final class Shared {
    private final FieldVector vector;
    private final AtomicInteger references = new AtomicInteger(1);

    Shared(FieldVector vector) {
      this.vector = vector;
    }

    /** Must be read only, and not be transferred. */
    FieldVector vector() {
      return vector;
    }

    private boolean tryRetain() {
      for (int count = references.get(); count > 0; count = references.get()) {
        if (references.compareAndSet(count, count + 1)) {
          return true;
        }
      }
      return false;
    }

    void release() {
      if (references.decrementAndGet() == 0) {
        vector.close();
      }
    }
  }

  /**
   * @param allocator for the columns; closed with the cache
   * @param bytesMax 0 keeps nothing
   */
  public ColumnCache(BufferAllocator allocator, long bytesMax) {
    this.allocator = allocator;
    this.columns =
        Caffeine.newBuilder()
            .maximumWeight(bytesMax)
            .weigher((Key key, Shared column) -> bytes(column.vector()))
            .removalListener((Key key, Shared column, RemovalCause cause) -> column.release())
            .executor(Runnable::run)
            .build();
  }

  private static int bytes(FieldVector vector) {
    long bytes = Arrays.stream(vector.getBuffers(false)).mapToLong(ArrowBuf::capacity).sum();
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  BufferAllocator allocator() {
    return allocator;
  }

  /** Whether {@link #find} would find a column just now. */
  boolean has(ObjectKey file, BatchMeta batch, int column) {
    return columns.asMap().containsKey(new Key(file, batch.offset(), column));
  }

  /** A column, which the caller releases. */
  Optional<Shared> find(ObjectKey file, BatchMeta batch, int column) {
    return Optional.ofNullable(columns.getIfPresent(new Key(file, batch.offset(), column)))
        .filter(Shared::tryRetain);
  }

  /** Takes over a vector of {@link #allocator}; the caller releases what comes back. */
  Shared add(ObjectKey file, BatchMeta batch, int column, FieldVector vector) {
    Shared shared = new Shared(vector);
    shared.tryRetain();
    columns.put(new Key(file, batch.offset(), column), shared);
    return shared;
  }

  /** Nobody may read any more. */
  @Override
  public void close() {
    columns.invalidateAll();
    columns.cleanUp();
    allocator.close();
  }
}
