package io.terrane.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import io.terrane.objectstore.ObjectStoreConfig;
import io.terrane.objectstore.S3ObjectStore;
import io.terrane.objectstore.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The S3 server's folder is used again after a kill. */
class EmbeddedS3RestartIT {
  @TempDir Path directory;
  private final ExecutorService executor = Executors.newCachedThreadPool();

  @AfterEach
  void stopThreads() {
    executor.shutdownNow();
  }

  @Test
  void objectsOutliveAKill() throws Exception {
    ObjectKey key = ObjectKey.of("regions", "1", "file");
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    EmbeddedProcess first = start();
    try (ObjectStore store = open(first)) {
      assertThat(store.create(key, content).get()).isTrue();
    }
    first.kill();
    Path beside = directory.resolve("terrane").resolve("regions").resolve("1");
    Path unfinished = beside.resolve("file-79c5d8b4-4226-4d08-959d-71367b7716e0");
    Files.write(unfinished, content);
    try (EmbeddedProcess second = start();
        ObjectStore store = open(second)) {
      assertThat(store.get(key).get()).isEqualTo(content);
      assertThat(store.list(ObjectKey.of("regions")).get())
          .extracting(ObjectInfo::key)
          .isEqualTo(List.of(key));
      assertThat(store.create(key, new byte[1]).get()).isFalse();
      assertThat(unfinished).doesNotExist();
      Files.write(unfinished, content);
      assertThat(store.list(ObjectKey.of("regions")).get()).hasSize(1);
    }
  }

  private EmbeddedProcess start() throws Exception {
    return EmbeddedProcess.start(EmbeddedS3Main.class, "--data-dir", directory.toString());
  }

  private ObjectStore open(EmbeddedProcess server) {
    return new S3ObjectStore(
        ObjectStoreConfig.s3(
            URI.create(server.address()),
            "terrane",
            new Secret(EmbeddedS3.ACCESS_KEY),
            new Secret(EmbeddedS3.SECRET_KEY)),
        executor);
  }
}
