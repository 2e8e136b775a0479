package io.terrane.datanode.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RangeReaderTest {
  private static final int FILES = 3;
  private static final int BYTES = 100;

  private final List<Runnable> waiting = new ArrayList<>();
  private boolean together;

  /**
   * Calls of the bucket are answered at once, or only when there are as many as there are files.
   */
  private final InMemoryObjectStore bucket = new InMemoryObjectStore(this::run);

  private void run(Runnable call) {
    if (!together) {
      call.run();
      return;
    }
    waiting.add(call);
    if (waiting.size() == FILES) {
      waiting.forEach(Runnable::run);
    }
  }

  @Test
  @Timeout(60)
  void partsOfSeveralFilesAreAskedForBeforeTheFirstIsThere() {
    List<FileRange> parts = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      byte[] content = FileCacheTest.bytes(BYTES + i);
      ObjectKey file = ObjectKey.of("file-" + i);
      bucket.create(file, content).join();
      CRC32C crc = new CRC32C();
      crc.update(content);
      parts.add(new FileRange(file, 0, content.length, (int) crc.getValue()));
    }
    RangeReader reader =
        new RangeReader(bucket, FileCache.open(Path.of("unused"), 0), CacheConfig.DEFAULT, 1 << 20);
    together = true;
    assertThat(reader.readAll(parts).stream().map(bytes -> bytes.length))
        .containsExactly(BYTES, BYTES + 1, BYTES + 2);
    assertThat(reader.counters().requests()).isEqualTo(FILES);
    reader.readAll(parts);
    assertThat(reader.counters().requests()).isEqualTo(FILES);
  }
}
