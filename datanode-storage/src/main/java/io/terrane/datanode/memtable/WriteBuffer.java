package io.terrane.datanode.memtable;

import io.terrane.api.region.RegionId;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all memtables of a datanode share: says when somebody must flush and when writers
 * must wait. Bytes are Arrow capacities. Thread-safe.
 */
public final class WriteBuffer {
  private final long limitBytes;
  private final Map<RegionId, Long> bytesByRegion = new ConcurrentHashMap<>();
  private final AtomicLong total = new AtomicLong();
  private final Queue<Runnable> waiters = new ConcurrentLinkedQueue<>();

  public WriteBuffer(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Sets what a region holds now; 0 when it is closed. */
  public void set(RegionId region, long bytes) {
    Long before = bytes == 0 ? bytesByRegion.remove(region) : bytesByRegion.put(region, bytes);
    total.addAndGet(bytes - (before == null ? 0 : before));
    if (hasRoom()) {
      for (Runnable waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
        waiter.run();
      }
    }
  }

  /** Calls {@code waiter} once, as soon as there is room; it must not block. */
  public void whenRoom(Runnable waiter) {
    waiters.add(waiter);
  }

  public long bytes() {
    return total.get();
  }

  /** Writers go on below the limit. */
  public boolean hasRoom() {
    return total.get() < limitBytes;
  }

  /** The region that holds most, once half of the memory is taken. */
  public Optional<RegionId> regionToFlush() {
    return total.get() < limitBytes / 2
        ? Optional.empty()
        : bytesByRegion.entrySet().stream()
            .max(Comparator.comparingLong(Map.Entry::getValue))
            .map(Map.Entry::getKey);
  }
}
