package io.terrane.datanode.cache;

import io.terrane.api.batch.ReadTraffic;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where the bytes came from that somebody has read, also counted for whoever is above. Thread-safe.
 */
public final class ReadCounters {
  private final Optional<ReadCounters> total;
  private final LongAdder requests = new LongAdder();
  private final LongAdder bucketBytes = new LongAdder();
  private final LongAdder diskBytes = new LongAdder();
  private final LongAdder memoryBytes = new LongAdder();

  private ReadCounters(Optional<ReadCounters> total) {
    this.total = total;
  }

  /** Counts for itself only. */
  public static ReadCounters total() {
    return new ReadCounters(Optional.empty());
  }

  /** A part of what is counted here. */
  public ReadCounters part() {
    return new ReadCounters(Optional.of(this));
  }

  void fetched(long bytes) {
    requests.increment();
    bucketBytes.add(bytes);
    total.ifPresent(above -> above.fetched(bytes));
  }

  void foundOnDisk(long bytes) {
    diskBytes.add(bytes);
    total.ifPresent(above -> above.foundOnDisk(bytes));
  }

  void foundInMemory(long bytes) {
    memoryBytes.add(bytes);
    total.ifPresent(above -> above.foundInMemory(bytes));
  }

  /** All of it. */
  public ReadTraffic traffic() {
    return new ReadTraffic(requests(), bucketBytes(), diskBytes(), memoryBytes());
  }

  /** Reads asked of the bucket; the store's own repetitions are not seen from here. */
  public long requests() {
    return requests.sum();
  }

  /** Bytes asked of the bucket. */
  public long bucketBytes() {
    return bucketBytes.sum();
  }

  public long diskBytes() {
    return diskBytes.sum();
  }

  public long memoryBytes() {
    return memoryBytes.sum();
  }
}
