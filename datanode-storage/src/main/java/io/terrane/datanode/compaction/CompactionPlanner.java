package io.terrane.datanode.compaction;

import io.terrane.datanode.sst.SstMeta;
import java.util.List;

/**
 * Decides which files to merge; pure. For now: all of them at once, as soon as there are two (asked
 * for) or {@code filesMin} (by itself).
 */
public final class CompactionPlanner {
  private final int filesMin;

  public CompactionPlanner(int filesMin) {
    this.filesMin = filesMin;
  }

  /** Files to merge because somebody asked; empty if there is nothing to gain. */
  public List<SstMeta> planAsked(List<SstMeta> files) {
    boolean tombstones = files.stream().anyMatch(file -> file.tombstones() > 0);
    return files.size() > 1 || tombstones ? files : List.of();
  }

  /** Files to merge by itself, after a flush. */
  public List<SstMeta> planAutomatic(List<SstMeta> files) {
    return files.size() >= filesMin ? files : List.of();
  }
}
