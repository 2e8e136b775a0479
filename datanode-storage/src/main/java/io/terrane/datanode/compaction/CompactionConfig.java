package io.terrane.datanode.compaction;

import java.time.Duration;

/**
 * When and how files are merged.
 *
 * @param filesMin sorted runs of like size in a time window that are merged by themselves
 * @param runsMax runs merged in one job at most: of each a batch is in memory
 * @param fileBytes a merged file ends when it has this size
 * @param jobsMax jobs that run at once on a datanode
 * @param bytesPerSecond what all jobs of a datanode together write; 0: as much as they can
 * @param interval how often regions that are not written are looked at, for rows out of their time
 */
public record CompactionConfig(
    int filesMin,
    int runsMax,
    long fileBytes,
    int jobsMax,
    long bytesPerSecond,
    Duration interval) {
  public static final CompactionConfig DEFAULT =
      new CompactionConfig(4, 16, 64L << 20, 2, 0, Duration.ofMinutes(5));

  public CompactionConfig {
    if (filesMin < 2 || runsMax < filesMin) {
      throw new IllegalArgumentException(
          "files-min " + filesMin + " must be at least 2, and runs-max " + runsMax + " that much");
    }
    if (fileBytes < 1 || jobsMax < 1 || bytesPerSecond < 0) {
      throw new IllegalArgumentException(
          "file-bytes and jobs-max must be positive, bytes-per-second not negative");
    }
  }
}
