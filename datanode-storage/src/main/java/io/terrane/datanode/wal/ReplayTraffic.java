package io.terrane.datanode.wal;

import io.terrane.api.region.ReplayWork;
import java.util.concurrent.atomic.LongAdder;

/**
 * How much of the log was read for a datanode's regions, or one of them, and how much was needed.
 */
public final class ReplayTraffic {
  private final LongAdder read = new LongAdder();
  private final LongAdder useful = new LongAdder();
  private final LongAdder records = new LongAdder();

  /** Bytes of all records read. */
  public long readBytes() {
    return read.sum();
  }

  /** Bytes of those records that a region took; a record taken by two readers counts twice. */
  public long usefulBytes() {
    return useful.sum();
  }

  void countRead(long bytes) {
    read.add(bytes);
  }

  /** What a region's readers have come to. */
  public ReplayWork work() {
    return new ReplayWork(read.sum(), useful.sum(), records.sum());
  }

  void countUseful(long bytes) {
    useful.add(bytes);
    records.increment();
  }
}
