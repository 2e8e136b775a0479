package io.terrane.datanode.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.terrane.api.error.TerraneException;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/**
 * Parts of files, each checked against its checksum: from memory, from the local disk, else from
 * the bucket. Thread-safe. Failures are the store's, or CORRUPTED for what the bucket holds.
 */
public final class RangeReader {
  /** What all readers of a datanode share. */
  private record Shared(
      ObjectStore store,
      FileCache disk,
      CacheConfig config,
      Cache<FileRange, byte[]> memory,
      Semaphore aheadBytes) {}

  private final Shared shared;
  private final ReadCounters counters;
  private final boolean keeps;

  private RangeReader(Shared shared, ReadCounters counters, boolean keeps) {
    this.shared = shared;
    this.counters = counters;
    this.keeps = keeps;
  }

  /**
   * @param memoryBytes of parts that are kept in memory
   */
  public RangeReader(ObjectStore store, FileCache disk, CacheConfig config, long memoryBytes) {
    this(
        new Shared(
            store,
            disk,
            config,
            Caffeine.newBuilder()
                .maximumWeight(memoryBytes)
                .weigher((FileRange range, byte[] bytes) -> bytes.length)
                .executor(Runnable::run)
                .build(),
            new Semaphore(config.aheadBytes())),
        ReadCounters.total(),
        true);
  }

  /** The same for a reader of its own whose traffic is also counted here. */
  public RangeReader counted(ReadCounters part) {
    return new RangeReader(shared, part, keeps);
  }

  /** The same for somebody who will not come back: takes what is kept, keeps nothing. */
  public RangeReader once() {
    return new RangeReader(shared, counters, false);
  }

  public ReadCounters counters() {
    return counters;
  }

  public FileCache disk() {
    return shared.disk();
  }

  /** Blocks. */
  public byte[] read(FileRange range) {
    return findNear(range).orElseGet(() -> take(range, await(fetch(range)), 0));
  }

  /** Reads all of {@code ranges}, of any files, side by side. Blocks. */
  public List<byte[]> readAll(List<FileRange> ranges) {
    List<Optional<byte[]>> near = ranges.stream().map(this::findNear).toList();
    List<CompletableFuture<byte[]>> fetched = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      fetched.add(
          near.get(i).isPresent()
              ? CompletableFuture.completedFuture(near.get(i).get())
              : fetch(ranges.get(i)));
    }
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      byte[] bytes = await(fetched.get(i));
      all.add(near.get(i).isPresent() ? bytes : take(ranges.get(i), bytes, 0));
    }
    return all;
  }

  /** Reads {@code ranges} of one file one after the other, asking for the next ones meanwhile. */
  public ReadAhead readAhead(List<FileRange> ranges) {
    return new ReadAhead(this, shared.config(), shared.aheadBytes(), ranges);
  }

  /** Puts a part that was just written on the local disk. Blocks on the disk. */
  public void written(FileRange range, byte[] bytes, int from) {
    shared.disk().put(range, bytes, from);
  }

  boolean isNear(FileRange range) {
    return shared.memory().asMap().containsKey(range) || shared.disk().mayHave(range);
  }

  Optional<byte[]> findNear(FileRange range) {
    byte[] inMemory = shared.memory().getIfPresent(range);
    if (inMemory != null) {
      counters.foundInMemory(inMemory.length);
      return Optional.of(inMemory);
    }
    Optional<byte[]> onDisk = shared.disk().find(range);
    onDisk.ifPresent(
        bytes -> {
          counters.foundOnDisk(bytes.length);
          if (keeps) {
            shared.memory().put(range, bytes);
          }
        });
    return onDisk;
  }

  private CompletableFuture<byte[]> fetch(FileRange range) {
    return fetch(range.file(), range.offset(), range.length());
  }

  CompletableFuture<byte[]> fetch(ObjectKey file, long offset, int length) {
    counters.fetched(length);
    return shared.store().get(file, offset, length);
  }

  /** {@code range} out of what a request gave, checked, and kept for the next time. */
  byte[] take(FileRange range, byte[] fetched, int from) {
    if (!range.isAt(fetched, from)) {
      throw range.corrupted();
    }
    byte[] bytes =
        from == 0 && fetched.length == range.length()
            ? fetched
            : Arrays.copyOfRange(fetched, from, from + range.length());
    if (keeps) {
      shared.memory().put(range, bytes);
      shared.disk().put(range, bytes, 0);
    }
    return bytes;
  }

  static byte[] await(CompletableFuture<byte[]> fetched) {
    try {
      return fetched.join();
    } catch (CompletionException e) {
      throw TerraneException.of(e);
    }
  }
}
