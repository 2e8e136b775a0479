package io.terrane.datanode.gc;

import io.terrane.datanode.manifest.RegionManifest;
import io.terrane.datanode.region.RegionPaths;
import io.terrane.datanode.sst.SstId;
import io.terrane.datanode.sst.SstMeta;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Deletes files that nobody needs: replaced by a compaction, truncated, or left behind by a try
 * that failed. A file goes when two sweeps, a grace period apart, have found it in no manifest, so
 * that whoever still reads an older version can finish. Blocks; one call at a time.
 */
public final class OrphanSweeper {
  private final ObjectStore store;
  private final RegionPaths paths;
  private Set<ObjectKey> foundBefore = Set.of();

  public OrphanSweeper(ObjectStore store, RegionPaths paths) {
    this.store = store;
    this.paths = paths;
  }

  /**
   * @param manifest the newest there is
   * @param inUse files that scans on this node still read
   * @param created files of a compaction under way
   * @return how many orphans are left for the next sweep
   */
  public int sweep(RegionManifest manifest, Set<SstMeta> inUse, Set<SstId> created) {
    Set<ObjectKey> needed = new HashSet<>();
    manifest.files().forEach(file -> needed.add(paths.file(file.id())));
    inUse.forEach(file -> needed.add(paths.file(file.id())));
    created.forEach(file -> needed.add(paths.file(file)));
    Set<ObjectKey> orphans =
        store.list(paths.data()).join().stream()
            .map(ObjectInfo::key)
            .filter(key -> !needed.contains(key))
            .collect(Collectors.toSet());
    for (ObjectKey orphan : Set.copyOf(orphans)) {
      if (foundBefore.contains(orphan)) {
        store.delete(orphan).join();
        orphans.remove(orphan);
      }
    }
    foundBefore = orphans;
    return orphans.size();
  }
}
