package io.terrane.meta.store;

import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images in the bucket, one object each, created once under the position they stand for. Two are
 * kept, so that one that cannot be read costs nothing but replay. Never blocks.
 */
public final class MetadataSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataSnapshots.class);
  private static final int KEPT = 2;

  private final ObjectStore objects;
  private final ObjectKey folder;

  public MetadataSnapshots(ObjectStore objects, ObjectKey folder) {
    this.objects = objects;
    this.folder = folder;
  }

  /** The newest image that can be read, or the empty one. */
  CompletableFuture<MetadataImage> newest() {
    return objects
        .list(folder)
        .thenCompose(
            infos ->
                firstReadable(
                    infos.stream()
                        .map(ObjectInfo::key)
                        .sorted(Comparator.reverseOrder())
                        .toList()));
  }

  /** Stores an image; completes with the position before which the log is needed no more. */
  CompletableFuture<Long> store(MetadataImage image) {
    return objects
        .create(key(image.version()), ImageCodec.encode(image))
        .thenCompose(created -> objects.list(folder))
        .thenCompose(this::dropAllButTheNewest);
  }

  private CompletableFuture<MetadataImage> firstReadable(List<ObjectKey> keys) {
    if (keys.isEmpty()) {
      return CompletableFuture.completedFuture(MetadataImage.EMPTY);
    }
    return objects
        .get(keys.get(0))
        .thenApply(ImageCodec::decode)
        .exceptionallyCompose(failure -> skipCorrupted(keys, TerraneException.of(failure)));
  }

  private CompletableFuture<MetadataImage> skipCorrupted(
      List<ObjectKey> keys, TerraneException failure) {
    if (failure.kind() != ErrorKind.CORRUPTION) {
      return CompletableFuture.failedFuture(failure);
    }
    LOG.warn("skip metadata snapshot {} that cannot be read", keys.get(0), failure);
    return firstReadable(keys.subList(1, keys.size()));
  }

  private CompletableFuture<Long> dropAllButTheNewest(List<ObjectInfo> infos) {
    List<ObjectKey> old =
        infos.stream().map(ObjectInfo::key).sorted(Comparator.reverseOrder()).skip(KEPT).toList();
    List<ObjectKey> kept =
        infos.stream().map(ObjectInfo::key).sorted(Comparator.reverseOrder()).limit(KEPT).toList();
    long needed = kept.size() < KEPT ? 0 : position(kept.get(KEPT - 1));
    return CompletableFuture.allOf(
            old.stream().map(objects::delete).toArray(CompletableFuture[]::new))
        .thenApply(done -> needed);
  }

  private ObjectKey key(long position) {
    return folder.child(String.format("%020d.json", position));
  }

  private static long position(ObjectKey key) {
    String name = key.name();
    return Long.parseLong(name.substring(0, name.length() - ".json".length()));
  }
}
