package io.terrane.datanode.compaction;

import io.terrane.api.region.RegionEpoch;
import io.terrane.datanode.manifest.ManifestEdit;
import io.terrane.datanode.manifest.ManifestLog;
import io.terrane.datanode.manifest.RegionManifest;
import io.terrane.datanode.region.RegionEnvironment;
import io.terrane.datanode.region.RegionPaths;
import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.scan.MergeCursor;
import io.terrane.datanode.scan.RowCursor;
import io.terrane.datanode.sst.SstCursor;
import io.terrane.datanode.sst.SstFiles;
import io.terrane.datanode.sst.SstMeta;
import io.terrane.datanode.sst.SstWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Merges all files of a region into one, older versions and tombstones left out: nothing older than
 * the files exists that a tombstone would have to cover. Blocks; runs in the background.
 */
public final class CompactionTask {
  private final RegionEnvironment environment;
  private final RegionPaths paths;
  private final ManifestLog manifest;

  public CompactionTask(RegionEnvironment environment, RegionPaths paths, ManifestLog manifest) {
    this.environment = environment;
    this.paths = paths;
    this.manifest = manifest;
  }

  /**
   * @param schema of the new file
   * @param files every file of the region
   */
  public RegionManifest run(RegionEpoch epoch, RegionSchema schema, List<SstMeta> files) {
    Optional<SstWriter.SstFile> merged = merge(schema, files);
    List<SstMeta> added =
        merged
            .map(
                file ->
                    SstFiles.create(
                        environment.store(),
                        paths::file,
                        epoch,
                        manifest.present().version(),
                        file))
            .stream()
            .toList();
    return manifest.commit(
        epoch, new ManifestEdit.Compacted(files.stream().map(SstMeta::id).toList(), added));
  }

  private Optional<SstWriter.SstFile> merge(RegionSchema schema, List<SstMeta> files) {
    Projection projection = Projection.all(schema);
    List<RowCursor> cursors = new ArrayList<>();
    for (SstMeta file : files) {
      cursors.add(
          new SstCursor(
              environment.reader(),
              paths.file(file.id()),
              file,
              projection,
              batch -> true,
              environment.allocator()));
    }
    try (MergeCursor rows = new MergeCursor(cursors, projection, MergeCursor.Tombstones.DROPPED)) {
      return new SstWriter(schema, environment.config().sstBatchRows(), environment.allocator())
          .write(rows);
    }
  }
}
