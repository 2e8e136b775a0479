package io.terrane.datanode.manifest;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The objects of one region's manifest: edits and checkpoints, by version. Blocks. */
final class ManifestFolder {
  /** Objects deleted in one go at most. */
  private static final int DELETED_MAX = 256;

  private static final String CHECKPOINT = "checkpoint-";
  private static final String EDIT = "edit-";
  private static final String SUFFIX = ".json";

  private final ObjectStore store;
  private final ObjectKey folder;

  ManifestFolder(ObjectStore store, ObjectKey folder) {
    this.store = store;
    this.folder = folder;
  }

  ObjectKey edit(long version) {
    return folder.child(String.format(EDIT + "%019d" + SUFFIX, version));
  }

  ObjectKey checkpoint(long version) {
    return folder.child(String.format(CHECKPOINT + "%019d" + SUFFIX, version));
  }

  /** False if another object has the name. */
  boolean create(ObjectKey key, byte[] content) {
    return await(store.create(key, content));
  }

  /** Nothing if it is not there. */
  Optional<byte[]> read(ObjectKey key) {
    try {
      return Optional.of(await(store.get(key)));
    } catch (TerraneException e) {
      if (e.code() == ErrorCode.OBJECT_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Version of the newest checkpoint; 0 if there is none. */
  long newestCheckpoint() {
    List<Long> checkpoints = checkpoints(await(store.list(folder)));
    return checkpoints.isEmpty() ? 0 : checkpoints.get(checkpoints.size() - 1);
  }

  /**
   * Deletes what the last checkpoint but one makes superfluous. The last but one stays, with the
   * edits behind it, so that whoever is a few edits late need not begin anew.
   */
  void deleteSuperseded() {
    List<ObjectInfo> objects = await(store.list(folder));
    List<Long> checkpoints = checkpoints(objects);
    if (checkpoints.size() < 2) {
      return;
    }
    ObjectKey firstCheckpoint = checkpoint(checkpoints.get(checkpoints.size() - 2));
    ObjectKey lastEdit = edit(checkpoints.get(checkpoints.size() - 2));
    CompletableFuture<?>[] deleted =
        objects.stream()
            .map(ObjectInfo::key)
            .filter(
                key ->
                    isBefore(key, CHECKPOINT, firstCheckpoint)
                        || isBefore(key, EDIT, lastEdit)
                        || key.equals(lastEdit))
            .limit(DELETED_MAX)
            .map(store::delete)
            .toArray(CompletableFuture<?>[]::new);
    await(CompletableFuture.allOf(deleted));
  }

  /** Names have as many digits as any version, so that their order is that of the versions. */
  private static boolean isBefore(ObjectKey key, String prefix, ObjectKey limit) {
    return key.name().startsWith(prefix) && key.name().compareTo(limit.name()) < 0;
  }

  private static List<Long> checkpoints(List<ObjectInfo> objects) {
    return objects.stream()
        .map(object -> object.key().name())
        .filter(name -> name.startsWith(CHECKPOINT))
        .map(name -> name.substring(CHECKPOINT.length(), name.length() - SUFFIX.length()))
        .map(Long::valueOf)
        .toList();
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw TerraneException.of(e);
    }
  }
}
