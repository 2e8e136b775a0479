package io.terrane.objectstore;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A bucket in a folder: every object is a file under {@code objects}. A file is written under
 * another name, forced to the disk and then hard-linked to its own name, which fails if that name
 * is taken; so an object is there whole or not at all, and creators exclude each other across
 * processes too. The file system must know hard links.
 */
public final class LocalObjectStore implements ObjectStore {
  private final Path objects;
  private final StagingFolder staging;
  private final Executor executor;

  /**
   * @param executor runs file access, which blocks
   * @throws TerraneException STORE_UNAVAILABLE if the folder cannot be used
   */
  public LocalObjectStore(Path directory, Executor executor) {
    this.objects = directory.resolve("objects");
    this.executor = executor;
    try {
      Files.createDirectories(objects);
      this.staging = StagingFolder.open(directory.resolve("staging"));
      FolderSync.force(objects);
      FolderSync.force(directory);
    } catch (IOException failure) {
      throw unavailable("open object store " + directory, failure);
    }
  }

  @Override
  public CompletableFuture<Boolean> create(ObjectKey key, byte[] content) {
    return run("create " + key, () -> createNow(file(key), content));
  }

  private boolean createNow(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Path staged = staging.write(content);
    boolean created;
    try {
      Files.createLink(file, staged);
      created = true;
    } catch (FileAlreadyExistsException taken) {
      created = false;
    } finally {
      Files.deleteIfExists(staged);
    }
    boolean ours = created || isSame(file, content);
    if (ours) {
      FolderSync.forceUpTo(file.getParent(), objects);
    }
    return ours;
  }

  private static boolean isSame(Path file, byte[] content) throws IOException {
    try {
      return Arrays.equals(Files.readAllBytes(file), content);
    } catch (NoSuchFileException deletedMeanwhile) {
      throw new IOException("deleted while it was compared", deletedMeanwhile);
    }
  }

  @Override
  public CompletableFuture<byte[]> get(ObjectKey key) {
    return run("get " + key, () -> Files.readAllBytes(file(key)));
  }

  @Override
  public CompletableFuture<byte[]> get(ObjectKey key, long offset, int length) {
    return run("get " + key, () -> range(file(key), offset, length));
  }

  private static byte[] range(Path file, long offset, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int present = (int) Math.max(0, Math.min(length, channel.size() - offset));
      ByteBuffer bytes = ByteBuffer.allocate(present);
      while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
        // The next read goes on behind this one.
      }
      return bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
    }
  }

  @Override
  public CompletableFuture<Optional<ObjectInfo>> find(ObjectKey key) {
    return run(
        "find " + key,
        () -> {
          try {
            BasicFileAttributes found = Files.readAttributes(file(key), BasicFileAttributes.class);
            return found.isRegularFile()
                ? Optional.of(ObjectListing.info(key, found))
                : Optional.empty();
          } catch (NoSuchFileException absent) {
            return Optional.empty();
          }
        });
  }

  @Override
  public CompletableFuture<List<ObjectInfo>> list(ObjectKey prefix) {
    return run("list " + prefix, () -> ObjectListing.of(objects, file(prefix)));
  }

  @Override
  public CompletableFuture<Void> delete(ObjectKey key) {
    return run(
        "delete " + key,
        () -> {
          Files.deleteIfExists(file(key));
          return null;
        });
  }

  @Override
  public void close() {}

  private Path file(ObjectKey key) {
    return objects.resolve(key.path());
  }

  private <T> CompletableFuture<T> run(String what, Callable<T> action) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return action.call();
          } catch (NoSuchFileException absent) {
            throw new TerraneException(
                ErrorCode.OBJECT_NOT_FOUND, what + ": it does not exist", absent);
          } catch (IOException failure) {
            throw unavailable(what, failure);
          } catch (Exception defect) {
            throw TerraneException.of(defect);
          }
        },
        executor);
  }

  private static TerraneException unavailable(String what, IOException failure) {
    return new TerraneException(ErrorCode.STORE_UNAVAILABLE, what + ": " + failure, failure);
  }
}
