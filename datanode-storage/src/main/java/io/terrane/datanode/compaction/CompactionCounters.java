package io.terrane.datanode.compaction;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a datanode, or one of its regions since it was opened, has written to files. Thread-safe.
 */
public final class CompactionCounters {
  private final Optional<CompactionCounters> total;
  private final LongAdder flushedBytes = new LongAdder();
  private final LongAdder readBytes = new LongAdder();
  private final LongAdder writtenBytes = new LongAdder();
  private final LongAdder jobs = new LongAdder();
  private final LongAdder expiredFiles = new LongAdder();

  private CompactionCounters(Optional<CompactionCounters> total) {
    this.total = total;
  }

  public CompactionCounters() {
    this(Optional.empty());
  }

  /** Of a region, whose files are counted here too. */
  public CompactionCounters part() {
    return new CompactionCounters(Optional.of(this));
  }

  public void flushed(long bytes) {
    total.ifPresent(above -> above.flushed(bytes));
    flushedBytes.add(bytes);
  }

  public void compacted(CompactionJob job, long bytes) {
    total.ifPresent(above -> above.compacted(job, bytes));
    jobs.increment();
    expiredFiles.add(job.expired().size());
    job.runs().forEach(run -> run.forEach(file -> readBytes.add(file.size())));
    writtenBytes.add(bytes);
  }

  public long flushedBytes() {
    return flushedBytes.sum();
  }

  /** Sizes of merged files. */
  public long readBytes() {
    return readBytes.sum();
  }

  /** Sizes of the files that came out. */
  public long writtenBytes() {
    return writtenBytes.sum();
  }

  public long jobs() {
    return jobs.sum();
  }

  public long expiredFiles() {
    return expiredFiles.sum();
  }

  /** Bytes written to files for each byte flushed; 1 if nothing was merged yet. */
  public double writeAmplification() {
    long flushed = flushedBytes();
    return flushed == 0 ? 1 : (double) (flushed + writtenBytes()) / flushed;
  }
}
