package io.terrane.api.fragment;

import io.terrane.api.batch.BatchStream;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Runs on a datanode what was pushed down to it. Thread-safe; each stream belongs to one thread.
 */
@FunctionalInterface
public interface FragmentRunner {
  /**
   * @param allocator bounds the fragment's memory; exceeding it is a QUERY_MEMORY_EXCEEDED
   */
  BatchStream run(PlanFragment fragment, RegionSource source, BufferAllocator allocator);
}
