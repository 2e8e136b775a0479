package io.terrane.datanode.wal;

import java.util.concurrent.atomic.LongAdder;

/** How much of the log a datanode has read for its regions, and how much of it they needed. */
public final class ReplayTraffic {
  private final LongAdder read = new LongAdder();
  private final LongAdder useful = new LongAdder();

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

  void countUseful(long bytes) {
    useful.add(bytes);
  }
}
