package io.terrane.datanode.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts of the bucket's files on the local disk, one file each, of bounded size in all; what is
 * wanted least goes first. Nobody has to tell it of deleted files: names are never used again, so
 * what is left of them is evicted in time.
 *
 * <p>It may be deleted or damaged at any time, while it is in use too: a part is believed only if
 * its checksum is right, else it counts as absent. Nothing is forced to the disk. What the disk
 * refuses is not kept, and is no failure of whoever brought it. Blocks on the disk. Thread-safe.
 */
public final class FileCache {
  private static final Logger LOG = LoggerFactory.getLogger(FileCache.class);
  private static final String UNFINISHED = ".tmp";

  private final Path folder;
  private final Cache<String, Integer> kept;
  private final long bytesMax;
  private final AtomicLong writes = new AtomicLong();
  private final AtomicBoolean troubled = new AtomicBoolean();
  private final LongAdder damaged = new LongAdder();
  private final LongAdder refused = new LongAdder();

  private FileCache(Path folder, long bytesMax) {
    this.folder = folder;
    this.bytesMax = bytesMax;
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(bytesMax)
            .weigher((String name, Integer length) -> length)
            .executor(Runnable::run)
            .evictionListener((name, length, cause) -> delete(name, cause))
            .build();
  }

  /**
   * Takes over what an earlier process has left in {@code folder}, which is made if need be.
   *
   * @param bytesMax 0: nothing is kept, and the folder not looked at
   */
  public static FileCache open(Path folder, long bytesMax) {
    FileCache cache = new FileCache(folder, bytesMax);
    if (bytesMax > 0) {
      cache.takeOver();
    }
    return cache;
  }

  private void takeOver() {
    try {
      Files.createDirectories(folder);
      for (LeftFile file : LeftFile.in(folder)) {
        if (file.isWhole()) {
          kept.put(file.name(), Math.toIntExact(file.size()));
        } else {
          Files.deleteIfExists(file.path());
        }
      }
    } catch (IOException failure) {
      trouble("look at", failure);
    }
  }

  /** Whether anything is kept at all. */
  public boolean isOn() {
    return bytesMax > 0;
  }

  /** Whether {@code range} seems to be here; {@link #find} may think otherwise. */
  public boolean mayHave(FileRange range) {
    return isOn() && kept.asMap().containsKey(LeftFile.name(range));
  }

  /** The bytes of {@code range}, checked. */
  public Optional<byte[]> find(FileRange range) {
    if (!isOn()) {
      return Optional.empty();
    }
    String name = LeftFile.name(range);
    if (kept.getIfPresent(name) == null) {
      return Optional.empty();
    }
    try {
      Path file = folder.resolve(name);
      if (Files.size(file) == range.length()) {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length == range.length() && range.isAt(bytes, 0)) {
          return Optional.of(bytes);
        }
      }
      LOG.warn("cache file {} is damaged and is read again from the bucket", file);
    } catch (NoSuchFileException deleted) {
      LOG.debug("cache file {} was deleted", name);
    } catch (IOException failure) {
      trouble("read", failure);
    }
    damaged.increment();
    forget(name);
    return Optional.empty();
  }

  /** Keeps {@code range}, whose checked bytes lie in {@code bytes} from {@code from} on. */
  public void put(FileRange range, byte[] bytes, int from) {
    if (range.length() > bytesMax || mayHave(range)) {
      return;
    }
    String name = LeftFile.name(range);
    Path unfinished = folder.resolve(name + "-" + writes.incrementAndGet() + UNFINISHED);
    try {
      write(unfinished, bytes, from, range.length());
      Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      kept.put(name, range.length());
      troubled.set(false);
    } catch (IOException failure) {
      trouble("write", failure);
      refused.increment();
      deleteQuietly(unfinished);
    }
  }

  private void write(Path file, byte[] bytes, int from, int length) throws IOException {
    try {
      writeOnce(file, bytes, from, length);
    } catch (NoSuchFileException folderDeleted) {
      Files.createDirectories(folder);
      writeOnce(file, bytes, from, length);
    }
  }

  private static void writeOnce(Path file, byte[] bytes, int from, int length) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      out.write(bytes, from, length);
    }
  }

  private void forget(String name) {
    kept.invalidate(name);
    deleteQuietly(folder.resolve(name));
  }

  private void delete(String name, RemovalCause cause) {
    LOG.debug("cache file {} goes: {}", name, cause);
    deleteQuietly(folder.resolve(name));
  }

  private void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      trouble("delete from", failure);
    }
  }

  /** Said once until something succeeds again: a full disk would say it with every read. */
  private void trouble(String what, IOException failure) {
    if (troubled.compareAndSet(false, true)) {
      LOG.warn("cannot {} the cache folder {}: {}", what, folder, failure.toString());
    }
  }

  /** Bytes that are kept. */
  public long bytes() {
    kept.cleanUp();
    return kept.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }

  /** Parts that were kept but gone, or not what they should be, when they were wanted. */
  public long damaged() {
    return damaged.sum();
  }

  /** Parts that the disk did not take. */
  public long refused() {
    return refused.sum();
  }
}
