package io.terrane.objectstore;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The bucket. Objects are written whole, never changed, and their names never used again; no
 * object's path may be a folder of another's. Thread-safe; futures complete on the store's own
 * threads, continuations must not block. Failures are TerraneExceptions: STORE_UNAVAILABLE for
 * anything that may pass, OBJECT_NOT_FOUND.
 */
public interface ObjectStore extends AutoCloseable {
  /**
   * Writes an object if there is none of that name. Completes with true if this call wrote it (or
   * an earlier try with the very same bytes did), with false if another object has the name.
   * Durable on return. The outcome of a failure is unknown; repeating the call is safe.
   */
  CompletableFuture<Boolean> create(ObjectKey key, byte[] content);

  /** The whole object; OBJECT_NOT_FOUND if there is none. */
  CompletableFuture<byte[]> get(ObjectKey key);

  /**
   * {@code length} bytes from {@code offset}; fewer if the object ends before, none at its end or
   * beyond.
   */
  CompletableFuture<byte[]> get(ObjectKey key, long offset, int length);

  CompletableFuture<Optional<ObjectInfo>> find(ObjectKey key);

  /** Every object whose path begins with {@code prefix + "/"}, in order of path. */
  CompletableFuture<List<ObjectInfo>> list(ObjectKey prefix);

  /** Deletes; an object that is not there is no failure. */
  CompletableFuture<Void> delete(ObjectKey key);

  @Override
  void close();
}
