package io.terrane.datanode.compaction;

import io.terrane.datanode.sst.SstMeta;
import io.terrane.datanode.sst.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Time cut into windows of one length, as Cassandra's TimeWindowCompactionStrategy does: rows of
 * different windows are never in one merged file, so that old windows are left alone.
 *
 * @param seconds length of a window; 0: all of time is one
 */
record TimeWindows(long seconds) {
  /** What is chosen from, so that the choice seldom changes. */
  private static final List<Duration> LENGTHS =
      List.of(
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(365),
          Duration.ofDays(3650));

  /** A job that would make more windows makes files that span them. */
  private static final long WINDOWS_MAX = 24;

  static final TimeWindows NONE = new TimeWindows(0);

  /** The least length that holds what a file usually spans when it is flushed. */
  static TimeWindows inferred(List<SstMeta> files) {
    List<SstMeta> flushed = files.stream().filter(file -> file.level() == 0).toList();
    long[] spans =
        (flushed.isEmpty() ? files : flushed)
            .stream()
                .flatMap(file -> file.time().stream())
                .mapToLong(time -> time.lastSecond() - time.firstSecond())
                .sorted()
                .toArray();
    if (spans.length == 0) {
      return NONE;
    }
    long median = spans[spans.length / 2];
    return LENGTHS.stream()
        .mapToLong(Duration::toSeconds)
        .filter(length -> length >= median)
        .mapToObj(TimeWindows::new)
        .findFirst()
        .orElse(NONE);
  }

  long windowOf(long second) {
    return seconds == 0 ? 0 : Math.floorDiv(second, seconds);
  }

  /** Files by the window of their last row; files whose time nobody knows are in the last one. */
  TreeMap<Long, List<SstMeta>> group(List<SstMeta> files) {
    TreeMap<Long, List<SstMeta>> groups = new TreeMap<>();
    for (SstMeta file : files) {
      long window = file.time().map(time -> windowOf(time.lastSecond())).orElse(Long.MAX_VALUE);
      groups.computeIfAbsent(window, w -> new ArrayList<>()).add(file);
    }
    return groups;
  }

  /** Length of the windows to split these files by; 0: not at all. */
  long splitSeconds(List<SstMeta> inputs) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (SstMeta file : inputs) {
      first = Math.min(first, file.time().map(TimeRange::firstSecond).orElse(Long.MIN_VALUE));
      last = Math.max(last, file.time().map(TimeRange::lastSecond).orElse(Long.MAX_VALUE));
    }
    boolean few = windowOf(last) / 2 - windowOf(first) / 2 < WINDOWS_MAX / 2;
    return few ? seconds : 0;
  }

  /** Whether a file holds rows of more than one window. */
  boolean isSpanned(Optional<TimeRange> time) {
    return seconds > 0
        && time.map(t -> windowOf(t.firstSecond()) != windowOf(t.lastSecond())).orElse(true);
  }
}
