package io.terrane.datanode.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.objectstore.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCacheTest {
  private static final ObjectKey FILE =
      ObjectKey.of("regions", "1024", "0", "data", "e1-m5-0.arrow");

  @TempDir Path folder;

  @Test
  void whatWasPutIsFoundAgainByTheNextProcessToo() {
    byte[] bytes = bytes(1_000);
    FileRange range = range(8, bytes);
    FileCache.open(folder, 10_000).put(range, bytes, 0);
    FileCache reopened = FileCache.open(folder, 10_000);
    assertThat(reopened.mayHave(range)).isTrue();
    assertThat(reopened.find(range)).hasValue(bytes);
    assertThat(reopened.bytes()).isEqualTo(1_000);
  }

  @Test
  void aPartOfAnArrayIsKept() {
    byte[] whole = bytes(100);
    byte[] part = Arrays.copyOfRange(whole, 20, 70);
    FileCache cache = FileCache.open(folder, 10_000);
    cache.put(range(20, part), whole, 20);
    assertThat(cache.find(range(20, part))).hasValue(part);
  }

  @Test
  void itStaysWithinItsBound() throws IOException {
    FileCache cache = FileCache.open(folder, 5_000);
    for (int i = 0; i < 40; i++) {
      byte[] bytes = bytes(300);
      cache.put(range(i * 300L, bytes), bytes, 0);
      assertThat(bytesInFolder()).isLessThanOrEqualTo(5_000);
    }
    assertThat(cache.bytes()).isEqualTo(bytesInFolder()).isGreaterThan(4_000);
  }

  @Test
  void whatIsLeftOfALargerCacheIsCutDown() throws IOException {
    FileCache large = FileCache.open(folder, 100_000);
    for (int i = 0; i < 40; i++) {
      byte[] bytes = bytes(300);
      large.put(range(i * 300L, bytes), bytes, 0);
    }
    FileCache small = FileCache.open(folder, 1_000);
    assertThat(small.bytes()).isEqualTo(bytesInFolder()).isLessThanOrEqualTo(1_000);
  }

  @Test
  void unfinishedAndCutFilesAreDeletedAtOpeningOthersLeftAlone() throws IOException {
    Path unfinished = Files.write(folder.resolve("a~b.arrow@8+100-7.tmp"), bytes(50));
    Path cut = Files.write(folder.resolve("a~b.arrow@8+100"), bytes(50));
    Path foreign = Files.write(folder.resolve("README"), bytes(50));
    FileCache cache = FileCache.open(folder, 10_000);
    assertThat(List.of(unfinished, cut)).allMatch(Files::notExists);
    assertThat(foreign).exists();
    assertThat(cache.bytes()).isZero();
  }

  @Property(tries = 200)
  void aFlippedBitIsNeverGivenOut(
      @ForAll @IntRange(max = 999) int at, @ForAll @IntRange(max = 7) int bit) throws IOException {
    Path place = Files.createTempDirectory("file-cache");
    try {
      byte[] bytes = bytes(1_000);
      FileRange range = range(0, bytes);
      FileCache cache = FileCache.open(place, 10_000);
      cache.put(range, bytes, 0);
      Path file = place.resolve(LeftFile.name(range));
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) (1 << bit);
      Files.write(file, damaged);
      assertThat(cache.find(range)).isEmpty();
      assertThat(cache.damaged()).isOne();
      assertThat(file).doesNotExist();
      cache.put(range, bytes, 0);
      assertThat(cache.find(range)).hasValue(bytes);
    } finally {
      deleteAll(place);
    }
  }

  @Test
  void aFileThatWasCutOrDeletedCountsAsAbsent() throws IOException {
    byte[] bytes = bytes(1_000);
    FileRange range = range(0, bytes);
    FileCache cache = FileCache.open(folder, 10_000);
    cache.put(range, bytes, 0);
    Files.write(folder.resolve(LeftFile.name(range)), bytes(10));
    assertThat(cache.find(range)).isEmpty();
    cache.put(range, bytes, 0);
    Files.delete(folder.resolve(LeftFile.name(range)));
    assertThat(cache.find(range)).isEmpty();
    assertThat(cache.damaged()).isEqualTo(2);
    assertThat(cache.mayHave(range)).isFalse();
  }

  @Test
  void theFolderMayBeDeletedWhileItIsInUse() throws IOException {
    Path place = folder.resolve("cache");
    byte[] bytes = bytes(1_000);
    FileCache cache = FileCache.open(place, 10_000);
    cache.put(range(0, bytes), bytes, 0);
    deleteAll(place);
    assertThat(cache.find(range(0, bytes))).isEmpty();
    cache.put(range(0, bytes), bytes, 0);
    assertThat(cache.find(range(0, bytes))).hasValue(bytes);
  }

  @Test
  void aDiskThatRefusesIsNoFailure() throws IOException {
    Path file = Files.write(folder.resolve("not-a-folder"), bytes(10));
    FileCache cache = FileCache.open(file, 10_000);
    byte[] bytes = bytes(1_000);
    cache.put(range(0, bytes), bytes, 0);
    assertThat(cache.find(range(0, bytes))).isEmpty();
    assertThat(cache.refused()).isOne();
    assertThat(file).hasSize(10);
  }

  @Test
  void withoutBytesNothingIsKept() {
    Path place = folder.resolve("cache");
    FileCache cache = FileCache.open(place, 0);
    byte[] bytes = bytes(10);
    cache.put(range(0, bytes), bytes, 0);
    assertThat(cache.isOn()).isFalse();
    assertThat(cache.find(range(0, bytes))).isEmpty();
    assertThat(place).doesNotExist();
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static FileRange range(long offset, byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return new FileRange(FILE, offset, bytes.length, (int) crc.getValue());
  }

  private long bytesInFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void deleteAll(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(place);
  }
}
