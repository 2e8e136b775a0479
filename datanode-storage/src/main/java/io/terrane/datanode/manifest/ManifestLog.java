package io.terrane.datanode.manifest;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A region's history of edits in the bucket: each edit is a create-only object under the next
 * number, so that of two writers one loses. Blocks on the bucket. One caller at a time; {@link
 * #present} may be read by any thread.
 */
public final class ManifestLog {
  /** A race with ourselves and one deposed leader at most needs two tries. */
  private static final int TRIES_MAX = 8;

  private final ObjectStore store;
  private final RegionId region;
  private final ObjectKey folder;
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
    this.store = store;
    this.region = region;
    this.folder = folder;
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
    List<ObjectInfo> objects = await(store.list(folder));
    Optional<ObjectKey> checkpoint =
        objects.stream()
            .map(ObjectInfo::key)
            .filter(key -> key.name().startsWith("checkpoint-"))
            .reduce((earlier, later) -> later);
    RegionManifest manifest = RegionManifest.NONE;
    if (checkpoint.isPresent()) {
      byte[] content = await(store.get(checkpoint.get()));
      bytes += content.length;
      manifest = codec.decodeCheckpoint(checkpoint.get(), content);
    }
    present = manifest;
    return refresh();
  }

  /** Reads the edits that others have made since. */
  public RegionManifest refresh() {
    RegionManifest manifest = present;
    for (Optional<byte[]> content = read(manifest.version() + 1);
        content.isPresent();
        content = read(manifest.version() + 1)) {
      manifest = apply(manifest, content.get());
    }
    present = manifest;
    return manifest;
  }

  private RegionManifest apply(RegionManifest manifest, byte[] content) {
    ObjectKey key = key(manifest.version() + 1);
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
      if (await(store.create(key(stamped.version()), content))) {
        bytes += content.length;
        present = base.apply(epoch.value(), edit);
        checkpoint(present);
        return present;
      }
      refresh();
    }
    throw new TerraneException(
        ErrorCode.CONFLICT, "region " + region + ": manifest edits are made by several writers");
  }

  private void checkpoint(RegionManifest manifest) {
    if (manifest.version() % checkpointEvery != 0) {
      return;
    }
    byte[] content = codec.encodeCheckpoint(manifest);
    await(store.create(checkpointKey(manifest.version()), content));
    bytes += content.length;
  }

  private Optional<byte[]> read(long version) {
    try {
      byte[] content = await(store.get(key(version)));
      bytes += content.length;
      return Optional.of(content);
    } catch (TerraneException e) {
      if (e.code() == ErrorCode.OBJECT_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private ObjectKey key(long version) {
    return folder.child(String.format("edit-%019d.json", version));
  }

  private ObjectKey checkpointKey(long version) {
    return folder.child(String.format("checkpoint-%019d.json", version));
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw TerraneException.of(e);
    }
  }
}
