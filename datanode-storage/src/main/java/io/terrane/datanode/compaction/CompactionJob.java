package io.terrane.datanode.compaction;

import io.terrane.datanode.scan.MergeCursor.Tombstones;
import io.terrane.datanode.sst.SstMeta;
import java.util.ArrayList;
import java.util.List;

/**
 * Files to be replaced.
 *
 * @param runs to merge; files of one run do not overlap in keys and are in key order
 * @param expired files to drop unread: all their rows are out of their time
 * @param windowSeconds merged files do not cross a multiple of this; 0: no matter
 */
public record CompactionJob(
    List<List<SstMeta>> runs, List<SstMeta> expired, long windowSeconds, Tombstones tombstones) {
  public CompactionJob {
    runs = runs.stream().map(List::copyOf).toList();
    expired = List.copyOf(expired);
  }

  /** All that the job removes. */
  public List<SstMeta> inputs() {
    List<SstMeta> inputs = new ArrayList<>(expired);
    runs.forEach(inputs::addAll);
    return inputs;
  }

  public long bytes() {
    return inputs().stream().mapToLong(SstMeta::size).sum();
  }
}
