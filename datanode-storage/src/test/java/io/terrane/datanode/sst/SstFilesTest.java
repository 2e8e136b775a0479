package io.terrane.datanode.sst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.datanode.cache.CacheConfig;
import io.terrane.datanode.cache.FileCache;
import io.terrane.datanode.cache.RangeReader;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import io.terrane.objectstore.testing.FlakyObjectStore;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import io.terrane.objectstore.testing.StoreFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SstFilesTest {
  private static final RegionEpoch EPOCH = new RegionEpoch(3);

  private final List<String> puts = new ArrayList<>();
  private final ObjectStore bucket = new InMemoryObjectStore(Runnable::run);
  private StoreFault fault = StoreFault.NONE;
  private final SstFiles files =
      new SstFiles(
          new FlakyObjectStore(
              bucket,
              (call, key) -> {
                puts.add(key.path());
                return fault;
              },
              (delay, task) -> () -> {}),
          new SstReader(
              new RangeReader(bucket, FileCache.open(Path.of("unused"), 0), CacheConfig.DEFAULT, 0),
              0),
          SstFilesTest::path);

  @Test
  void everyFileIsPutOnce() {
    for (int i = 0; i < 3; i++) {
      create(7);
    }
    assertThat(puts).containsExactly("e3-m7-0", "e3-m7-1", "e3-m7-2");
  }

  @Test
  void numbersBeginAnewWithTheManifestVersion() {
    create(7);
    create(8);
    assertThat(puts).containsExactly("e3-m7-0", "e3-m8-0");
  }

  @Test
  void aNameInDoubtIsNotTriedAgain() {
    fault = StoreFault.FAILS_AFTER;
    assertThatThrownBy(() -> create(7)).isInstanceOf(TerraneException.class);
    fault = StoreFault.NONE;
    create(7);
    assertThat(puts).containsExactly("e3-m7-0", "e3-m7-1");
  }

  @Test
  void anothersNameIsPassedOver() {
    bucket.create(ObjectKey.of("e3-m7-0"), new byte[] {1}).join();
    assertThat(create(7)).isEqualTo(new SstId("e3-m7-1"));
    assertThat(bucket.get(ObjectKey.of("e3-m7-0")).join()).containsExactly(1);
  }

  private static ObjectKey path(SstId id) {
    return ObjectKey.of(id.name());
  }

  private SstId create(long version) {
    return files
        .create(EPOCH, version, new SstWriter.SstFile(new byte[8], SstFilesTest::described))
        .id();
  }

  private static SstMeta described(SstId id) {
    return new SstMeta(id, 8, 1, 0, 1, 1, 4, 4, List.of(), List.of(), 0, Optional.empty());
  }
}
