package io.terrane.datanode.manifest;

import io.terrane.datanode.sst.SstId;
import io.terrane.datanode.sst.SstMeta;
import io.terrane.datanode.wal.WalPoint;
import java.util.List;

/** One step in a region's history. */
public sealed interface ManifestEdit {
  /** Whether the edit still makes sense on top of {@code manifest}; one already made does not. */
  boolean appliesTo(RegionManifest manifest);

  /** The region begins; its first WAL record is at or behind {@code start}. */
  record Created(WalPoint start) implements ManifestEdit {
    @Override
    public boolean appliesTo(RegionManifest manifest) {
      return manifest.version() == 0;
    }
  }

  /** A leader begins; edits of lower epochs are refused from now on. */
  record Led() implements ManifestEdit {
    @Override
    public boolean appliesTo(RegionManifest manifest) {
      return true;
    }
  }

  /**
   * Rows up to {@code flushed} are in files.
   *
   * @param replay where a reader of the WAL begins, to also meet the writes that are remembered
   */
  record Flushed(SstMeta file, WalPoint flushed, WalPoint replay) implements ManifestEdit {
    @Override
    public boolean appliesTo(RegionManifest manifest) {
      return flushed.sequence() > manifest.flushed().sequence();
    }
  }

  /**
   * All rows are in files, and the WAL was read or written by the leader up to {@code flushed}: the
   * region needs less of it than it did.
   */
  record Advanced(WalPoint flushed, WalPoint replay) implements ManifestEdit {
    @Override
    public boolean appliesTo(RegionManifest manifest) {
      return flushed.sequence() >= manifest.flushed().sequence()
          && (flushed.position() > manifest.flushed().position()
              || replay.position() > manifest.replay().position());
    }
  }

  /** Files were replaced by others with the same live rows. */
  record Compacted(List<SstId> removed, List<SstMeta> added) implements ManifestEdit {
    public Compacted {
      removed = List.copyOf(removed);
      added = List.copyOf(added);
    }

    @Override
    public boolean appliesTo(RegionManifest manifest) {
      return manifest.files().stream().map(SstMeta::id).toList().containsAll(removed);
    }
  }

  /** Every row up to {@code flushed} is gone. */
  record Truncated(WalPoint flushed, WalPoint replay) implements ManifestEdit {
    @Override
    public boolean appliesTo(RegionManifest manifest) {
      return true;
    }
  }
}
