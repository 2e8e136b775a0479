package io.terrane.datanode.flush;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.datanode.compaction.CompactionCounters;
import io.terrane.datanode.manifest.ManifestEdit;
import io.terrane.datanode.manifest.ManifestLog;
import io.terrane.datanode.manifest.RegionManifest;
import io.terrane.datanode.memtable.MemTable;
import io.terrane.datanode.region.RegionEnvironment;
import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.scan.BatchCursor;
import io.terrane.datanode.scan.MergeCursor;
import io.terrane.datanode.scan.RowCursor;
import io.terrane.datanode.sst.SstFiles;
import io.terrane.datanode.sst.SstMeta;
import io.terrane.datanode.sst.SstWriter;
import io.terrane.datanode.wal.WalPoint;
import java.util.List;

/** Writes frozen rows to a file and says so in the manifest. Blocks; runs in the background. */
public final class FlushTask {
  private final RegionEnvironment environment;
  private final SstFiles files;
  private final ManifestLog manifest;
  private final CompactionCounters counters;

  /**
   * @param counters hears of each file
   */
  public FlushTask(
      RegionEnvironment environment,
      SstFiles files,
      ManifestLog manifest,
      CompactionCounters counters) {
    this.counters = counters;
    this.environment = environment;
    this.files = files;
    this.manifest = manifest;
  }

  /**
   * @param frozen all rows between the last flush and {@code flushed}
   */
  public RegionManifest run(RegionEpoch epoch, MemTable frozen, WalPoint flushed, WalPoint replay) {
    RegionSchema schema = frozen.schema();
    Projection projection = Projection.all(schema);
    List<RowCursor> cursors =
        frozen.batches().stream()
            .map(batch -> (RowCursor) new BatchCursor(batch, projection))
            .toList();
    try (MergeCursor rows = new MergeCursor(cursors, projection, MergeCursor.Tombstones.KEPT);
        SstWriter writer =
            new SstWriter(
                schema, environment.config().sstBatchRows(), 0, environment.allocator())) {
      SstWriter.SstFile file =
          writer
              .write(rows)
              .orElseThrow(
                  () -> new TerraneException(ErrorCode.INTERNAL, "an empty memtable is flushed"));
      SstMeta stored = files.create(epoch, manifest.present().version(), file);
      counters.flushed(stored.size());
      return manifest.commit(epoch, new ManifestEdit.Flushed(stored, flushed, replay));
    }
  }
}
