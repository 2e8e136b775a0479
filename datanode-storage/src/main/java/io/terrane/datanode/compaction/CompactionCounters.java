package io.terrane.datanode.compaction;

import java.util.concurrent.atomic.LongAdder;

/** What a datanode has written to files since it started, for its statistics. Thread-safe. */
public final class CompactionCounters {
  private final LongAdder flushedBytes = new LongAdder();
  private final LongAdder readBytes = new LongAdder();
  private final LongAdder writtenBytes = new LongAdder();
  private final LongAdder jobs = new LongAdder();
  private final LongAdder expiredFiles = new LongAdder();

  public void flushed(long bytes) {
    flushedBytes.add(bytes);
  }

  public void compacted(CompactionJob job, long bytes) {
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
