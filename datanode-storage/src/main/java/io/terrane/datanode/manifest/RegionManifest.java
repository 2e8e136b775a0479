package io.terrane.datanode.manifest;

import io.terrane.datanode.sst.SstMeta;
import io.terrane.datanode.wal.WalPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * What is needed to open a region; immutable.
 *
 * @param version number of the last edit, 0 before the first
 * @param epoch of the last leader that made an edit
 * @param files all there are
 * @param flushed rows up to here are in files, or truncated
 * @param replay where to begin reading the WAL, at or before {@code flushed}
 */
public record RegionManifest(
    long version, long epoch, List<SstMeta> files, WalPoint flushed, WalPoint replay) {
  private static final WalPoint ORIGIN = new WalPoint(0, 0, 0);

  /** Before the first edit. */
  public static final RegionManifest NONE = new RegionManifest(0, 0, List.of(), ORIGIN, ORIGIN);

  public RegionManifest {
    files = List.copyOf(files);
  }

  /** The manifest after {@code edit}, made by the leader of {@code newEpoch}. */
  RegionManifest apply(long newEpoch, ManifestEdit edit) {
    long next = version + 1;
    if (edit instanceof ManifestEdit.Created created) {
      return new RegionManifest(next, newEpoch, files, created.start(), created.start());
    } else if (edit instanceof ManifestEdit.Led) {
      return new RegionManifest(next, newEpoch, files, flushed, replay);
    } else if (edit instanceof ManifestEdit.Flushed flush) {
      List<SstMeta> more = new ArrayList<>(files);
      more.add(flush.file());
      return new RegionManifest(next, newEpoch, more, flush.flushed(), later(flush.replay()));
    } else if (edit instanceof ManifestEdit.Advanced advanced) {
      return new RegionManifest(
          next, newEpoch, files, advanced.flushed(), later(advanced.replay()));
    } else if (edit instanceof ManifestEdit.Compacted compacted) {
      List<SstMeta> left = new ArrayList<>(files);
      left.removeIf(file -> compacted.removed().contains(file.id()));
      left.addAll(compacted.added());
      return new RegionManifest(next, newEpoch, left, flushed, replay);
    }
    ManifestEdit.Truncated truncated = (ManifestEdit.Truncated) edit;
    return new RegionManifest(
        next, newEpoch, List.of(), truncated.flushed(), later(truncated.replay()));
  }

  /**
   * Where reading begins never goes back: what lies before may be trimmed already. A new leader,
   * which met the writes later than the old one, remembers some that the old one had let go.
   */
  private WalPoint later(WalPoint other) {
    return other.position() > replay.position() ? other : replay;
  }
}
