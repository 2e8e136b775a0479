package io.terrane.query.exec;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import org.apache.arrow.memory.BufferAllocator;

/** Counts heap that an operator holds against the same limit as its Arrow buffers. One thread. */
final class MemoryAccount implements AutoCloseable {
  private final BufferAllocator allocator;
  private long bytes;

  MemoryAccount(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** Sets what is held; QUERY_MEMORY_EXCEEDED if the allocator's limit does not allow it. */
  void hold(long newBytes) {
    long more = newBytes - bytes;
    if (more < 0) {
      allocator.releaseBytes(-more);
    } else if (more > 0 && !allocator.forceAllocate(more)) {
      allocator.releaseBytes(more);
      throw exceeded(allocator, null);
    }
    bytes = newBytes;
  }

  static TerraneException exceeded(BufferAllocator allocator, Throwable cause) {
    return new TerraneException(
        ErrorCode.QUERY_MEMORY_EXCEEDED,
        "Out of memory: the statement needs more than its limit of "
            + allocator.getLimit()
            + " bytes",
        cause);
  }

  @Override
  public void close() {
    hold(0);
  }
}
