package io.terrane.datanode.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final ObjectKey FILE = ObjectKey.of("file");

  private final InMemoryObjectStore bucket = new InMemoryObjectStore(Runnable::run);

  @Test
  void neighboursAreFetchedTogetherMoreEachTime() {
    List<FileRange> parts = parts(Arrays.asList(100, 100, 100, 100, 100, 100, 100, 100), 0);
    RangeReader reader = reader(new CacheConfig(0, Path.of("unused"), 1_000, 1, 10_000), 0);
    read(reader, parts);
    // The first, the next two, then four, then the rest.
    assertThat(reader.counters().requests()).isEqualTo(4);
    assertThat(reader.counters().bucketBytes()).isEqualTo(800);
  }

  @Test
  void whoStopsAtTheFirstPartHasAskedForThatAlone() {
    List<FileRange> parts = parts(Arrays.asList(100, 100, 100, 100), 0);
    RangeReader reader = reader(CacheConfig.DEFAULT, 0);
    try (ReadAhead ahead = reader.readAhead(parts).begin(0)) {
      ahead.next();
    }
    assertThat(reader.counters().bucketBytes()).isEqualTo(100);
  }

  @Test
  void whatIsInMemoryIsNotAskedForAgain() {
    List<FileRange> parts = parts(Arrays.asList(100, 100, 100, 100), 0);
    RangeReader reader = reader(CacheConfig.DEFAULT, 10_000);
    read(reader, parts);
    long requests = reader.counters().requests();
    read(reader, parts);
    assertThat(reader.counters().requests()).isEqualTo(requests);
    assertThat(reader.counters().memoryBytes()).isEqualTo(400);
  }

  @Test
  void aDamagedPartIsNamed() {
    List<FileRange> parts = new ArrayList<>(parts(Arrays.asList(100, 100, 100), 0));
    FileRange second = parts.get(1);
    parts.set(1, new FileRange(FILE, second.offset(), second.length(), second.crc() + 1));
    RangeReader reader = reader(CacheConfig.DEFAULT, 10_000);
    assertThatThrownBy(() -> read(reader, parts))
        .isInstanceOfSatisfying(
            TerraneException.class,
            problem -> assertThat(problem.code()).isEqualTo(ErrorCode.CORRUPTED))
        .hasMessageContaining("file file is corrupted: checksum of 100 bytes at 100");
  }

  @Test
  void theLimitHoldsForAllAndIsGivenBack() {
    List<FileRange> parts = parts(Arrays.asList(100, 100, 100, 100), 0);
    RangeReader reader = reader(new CacheConfig(0, Path.of("unused"), 1_000, 2, 300), 0);
    ReadAhead first = reader.readAhead(parts);
    first.next();
    first.next();
    try (ReadAhead second = reader.readAhead(parts)) {
      // The first holds 200 of 300: no request for two parts is left, those that are wanted are
      // read.
      for (FileRange part : parts) {
        assertThat(second.next()).hasSize(part.length());
      }
    }
    first.close();
    RangeReader other = reader.counted(ReadCounters.total());
    read(other, parts);
    assertThat(other.counters().requests()).isLessThan(4);
  }

  /** Whatever the sizes, gaps, limits and caches: every part comes in order with its own bytes. */
  @Property(tries = 300)
  void everyPartComesInOrder(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 50) Integer> sizes,
      @ForAll @IntRange(max = 3) int gap,
      @ForAll @IntRange(min = 1, max = 200) int requestBytes,
      @ForAll @IntRange(max = 3) int requests,
      @ForAll @IntRange(max = 300) int aheadBytes,
      @ForAll @IntRange(max = 500) int memoryBytes) {
    ReadAheadTest test = new ReadAheadTest();
    List<FileRange> parts = test.parts(sizes, gap);
    RangeReader reader =
        test.reader(
            new CacheConfig(0, Path.of("unused"), requestBytes, requests, aheadBytes), memoryBytes);
    for (int round = 0; round < 3; round++) {
      try (ReadAhead ahead = reader.readAhead(parts).begin(0)) {
        for (FileRange part : parts) {
          byte[] bytes = ahead.next();
          assertThat(bytes).hasSize(part.length());
          assertThat(part.isAt(bytes, 0)).isTrue();
        }
      }
    }
  }

  private static void read(RangeReader reader, List<FileRange> parts) {
    try (ReadAhead ahead = reader.readAhead(parts)) {
      parts.forEach(part -> ahead.next());
    }
  }

  /** Parts of these sizes, with gaps between every second two, of a file that is in the bucket. */
  private List<FileRange> parts(List<Integer> sizes, int gap) {
    byte[] content =
        FileCacheTest.bytes(sizes.stream().mapToInt(size -> size).sum() + gap * sizes.size());
    bucket.create(FILE, content).join();
    List<FileRange> parts = new ArrayList<>();
    int offset = 0;
    for (int size : sizes) {
      CRC32C crc = new CRC32C();
      crc.update(content, offset, size);
      parts.add(new FileRange(FILE, offset, size, (int) crc.getValue()));
      offset += size + (parts.size() % 2 == 0 ? gap : 0);
    }
    return parts;
  }

  private RangeReader reader(CacheConfig config, long memoryBytes) {
    return new RangeReader(
        bucket, FileCache.open(config.directory(), config.diskBytes()), config, memoryBytes);
  }
}
