package io.terrane.datanode.memtable;

import io.terrane.api.region.RegionId;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all memtables of a datanode share: says when somebody must flush and when writers
 * must wait. A part of it is kept for regions that hold little, so that one that is written faster
 * than it can be flushed does not stop the others. Bytes are what the allocator gave. Thread-safe.
 */
public final class WriteBuffer {
  /** Of the limit, one part in so many is for regions that hold little. */
  private static final int RESERVED_PART = 5;

  private final long limitBytes;
  private final Map<RegionId, Long> bytesByRegion = new ConcurrentHashMap<>();
  private final AtomicLong total = new AtomicLong();
  private final Map<RegionId, Runnable> waiters = new ConcurrentHashMap<>();

  public WriteBuffer(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Sets what a region holds now; 0 when it is closed. */
  public void set(RegionId region, long bytes) {
    Long before = bytes == 0 ? bytesByRegion.remove(region) : bytesByRegion.put(region, bytes);
    total.addAndGet(bytes - (before == null ? 0 : before));
    waiters.keySet().forEach(this::wakeIfRoom);
  }

  private void wakeIfRoom(RegionId region) {
    if (hasRoom(region)) {
      Optional.ofNullable(waiters.remove(region)).ifPresent(Runnable::run);
    }
  }

  /**
   * Calls {@code waiter} once, as soon as there is room for the region; it must not block. A region
   * has one waiter at a time.
   */
  public void whenRoom(RegionId region, Runnable waiter) {
    waiters.put(region, waiter);
    wakeIfRoom(region);
  }

  public long bytes() {
    return total.get();
  }

  /** A region's writers go on below the limit, or well below it if the region holds much. */
  public boolean hasRoom(RegionId region) {
    long taken = total.get();
    long reserved = limitBytes / RESERVED_PART;
    if (taken < limitBytes - reserved) {
      return true;
    }
    long own = bytesByRegion.getOrDefault(region, 0L);
    return taken < limitBytes && own < reserved / Math.max(1, bytesByRegion.size());
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
