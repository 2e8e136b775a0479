package io.terrane.datanode.gc;

import io.terrane.api.time.Ticker;
import io.terrane.datanode.manifest.RegionManifest;
import io.terrane.datanode.region.RegionPaths;
import io.terrane.datanode.sst.SstId;
import io.terrane.datanode.sst.SstMeta;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Deletes files that nobody needs: replaced by a compaction, truncated, or left behind by a try
 * that failed. A file goes when two sweeps, a grace period apart, have found it in no manifest, so
 * that whoever still reads an older version can finish. Blocks; one call at a time.
 */
public final class OrphanSweeper {
  private final ObjectStore store;
  private final RegionPaths paths;
  private final Ticker ticker;
  private final Duration grace;
  private Map<ObjectKey, Long> foundNanos = Map.of();

  public OrphanSweeper(ObjectStore store, RegionPaths paths, Ticker ticker, Duration grace) {
    this.store = store;
    this.paths = paths;
    this.ticker = ticker;
    this.grace = grace;
  }

  /** Says what {@link #sweep} would do now, and does nothing. */
  public Swept look(RegionManifest manifest, Set<SstMeta> inUse, Set<SstId> created) {
    return go(manifest, inUse, created, true);
  }

  /**
   * @param manifest the newest there is
   * @param inUse files that scans on this node still read
   * @param created files of a compaction under way
   */
  public Swept sweep(RegionManifest manifest, Set<SstMeta> inUse, Set<SstId> created) {
    return go(manifest, inUse, created, false);
  }

  private Swept go(
      RegionManifest manifest, Set<SstMeta> inUse, Set<SstId> created, boolean dryRun) {
    Set<ObjectKey> needed = new HashSet<>();
    manifest.files().forEach(file -> needed.add(paths.file(file.id())));
    inUse.forEach(file -> needed.add(paths.file(file.id())));
    created.forEach(file -> needed.add(paths.file(file)));
    long now = ticker.nanos();
    int files = 0;
    long bytes = 0;
    Map<ObjectKey, Long> waiting = new HashMap<>();
    for (ObjectInfo object : store.list(paths.data()).join()) {
      long found = foundNanos.getOrDefault(object.key(), now);
      if (needed.contains(object.key())) {
        continue;
      }
      if (foundNanos.containsKey(object.key()) && now - found >= grace.toNanos()) {
        files++;
        bytes += object.size();
        if (!dryRun) {
          store.delete(object.key()).join();
        }
      } else {
        waiting.put(object.key(), found);
      }
    }
    if (!dryRun) {
      foundNanos = waiting;
    }
    return new Swept(files, bytes, waiting.size());
  }
}
