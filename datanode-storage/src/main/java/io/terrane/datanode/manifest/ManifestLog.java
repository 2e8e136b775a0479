package io.terrane.datanode.manifest;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A region's history of edits in the bucket: each edit is a create-only object under the next
 * number, so that of two writers one loses. Blocks on the bucket. One caller at a time; {@link
 * #present} may be read by any thread.
 *
 * <p>Edits that checkpoints made superfluous are deleted, so their names are free again, and a node
 * that is far behind can take one by mistake. Therefore nothing read or written counts before a
 * look at the folder has shown that no checkpoint lies ahead of where this object stood: only
 * behind a checkpoint are edits deleted.
 */
public final class ManifestLog {
  private static final Logger LOG = LoggerFactory.getLogger(ManifestLog.class);

  /** A race with ourselves and one deposed leader at most needs two tries. */
  private static final int TRIES_MAX = 8;

  private final ManifestFolder folder;
  private final RegionId region;
  private final String writer;
  private final int checkpointEvery;
  private final ManifestCodec codec = new ManifestCodec();
  private volatile RegionManifest present = RegionManifest.NONE;
  private volatile long bytes;

  /**
   * @param writer names this node's life, to tell our own edits from others'
   */
  public ManifestLog(
      ObjectStore store, RegionId region, ObjectKey folder, String writer, int checkpointEvery) {
    this.folder = new ManifestFolder(store, folder);
    this.region = region;
    this.writer = writer;
    this.checkpointEvery = checkpointEvery;
  }

  /** As of the last load, refresh or commit. */
  public RegionManifest present() {
    return present;
  }

  /** Bytes of the manifest files read and written by this object. */
  public long bytes() {
    return bytes;
  }

  /** Reads the newest checkpoint and the edits behind it; NONE if the region was never created. */
  public RegionManifest load() {
    present = RegionManifest.NONE;
    jumpTo(folder.newestCheckpoint());
    return refresh();
  }

  /** Reads the edits that others have made since. */
  public RegionManifest refresh() {
    for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
      RegionManifest base = present;
      Edits edits = readEdits(base);
      long checkpoint = folder.newestCheckpoint();
      if (checkpoint <= base.version()) {
        if (edits.broken().isPresent()) {
          throw edits.broken().get();
        }
        present = edits.manifest();
        return present;
      }
      jumpTo(checkpoint);
    }
    throw new TerraneException(
        ErrorCode.CONFLICT,
        "region " + region + ": its manifest is written faster than it can be read");
  }

  /** Goes on from a checkpoint, if there is one and it is still there. */
  private void jumpTo(long version) {
    if (version > 0) {
      ObjectKey key = folder.checkpoint(version);
      read(key).ifPresent(content -> present = codec.decodeCheckpoint(key, content));
    }
  }

  /** Those behind {@code base} up to the first that does not fit, which may be one not to count. */
  private Edits readEdits(RegionManifest base) {
    RegionManifest manifest = base;
    try {
      for (Optional<byte[]> content = read(folder.edit(manifest.version() + 1));
          content.isPresent();
          content = read(folder.edit(manifest.version() + 1))) {
        manifest = apply(manifest, content.get());
      }
      return new Edits(manifest, Optional.empty());
    } catch (TerraneException e) {
      if (e.code() != ErrorCode.CORRUPTED) {
        throw e;
      }
      return new Edits(manifest, Optional.of(e));
    }
  }

  private record Edits(RegionManifest manifest, Optional<TerraneException> broken) {}

  private RegionManifest apply(RegionManifest manifest, byte[] content) {
    ObjectKey key = folder.edit(manifest.version() + 1);
    ManifestCodec.Stamped edit = codec.decodeEdit(key, content);
    if (edit.version() != manifest.version() + 1 || edit.epoch() < manifest.epoch()) {
      throw new TerraneException(
          ErrorCode.CORRUPTED,
          "manifest file "
              + key
              + " holds edit "
              + edit.version()
              + " of epoch "
              + edit.epoch()
              + " behind epoch "
              + manifest.epoch());
    }
    return manifest.apply(edit.epoch(), edit.edit());
  }

  /**
   * Makes an edit, durable on return. An edit that was made already, by an earlier try whose answer
   * was lost, is not made again. Fails with REGION_NOT_LEADER when a higher epoch has made an edit.
   */
  public RegionManifest commit(RegionEpoch epoch, ManifestEdit edit) {
    for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
      RegionManifest base = present;
      if (base.epoch() > epoch.value()) {
        throw new TerraneException(
            ErrorCode.REGION_NOT_LEADER,
            "region " + region + " is led under epoch " + base.epoch() + ", not " + epoch);
      }
      if (!edit.appliesTo(base)) {
        return base;
      }
      ManifestCodec.Stamped stamped =
          new ManifestCodec.Stamped(base.version() + 1, epoch.value(), writer, edit);
      byte[] content = codec.encodeEdit(stamped);
      if (folder.create(folder.edit(stamped.version()), content)) {
        long checkpoint = folder.newestCheckpoint();
        if (checkpoint < stamped.version()) {
          bytes += content.length;
          present = base.apply(epoch.value(), edit);
          if (isCheckpointDue(edit, present.version() - checkpoint)) {
            checkpoint(present);
          }
          return present;
        }
      }
      refresh();
    }
    throw new TerraneException(
        ErrorCode.CONFLICT, "region " + region + ": manifest edits are made by several writers");
  }

  /** A new leader leaves it to its first edit of another kind, as writes wait for it. */
  private boolean isCheckpointDue(ManifestEdit edit, long edits) {
    long due = edit instanceof ManifestEdit.Led ? 2L * checkpointEvery : checkpointEvery;
    return edits >= due;
  }

  /** The edit is made whatever becomes of this; the next one tries again. */
  private void checkpoint(RegionManifest manifest) {
    byte[] content = codec.encodeCheckpoint(manifest);
    try {
      folder.create(folder.checkpoint(manifest.version()), content);
      bytes += content.length;
      folder.deleteSuperseded();
    } catch (TerraneException e) {
      LOG.warn("region {}: manifest checkpoint: {}", region, e.getMessage());
    }
  }

  private Optional<byte[]> read(ObjectKey key) {
    Optional<byte[]> content = folder.read(key);
    content.ifPresent(read -> bytes += read.length);
    return content;
  }
}
