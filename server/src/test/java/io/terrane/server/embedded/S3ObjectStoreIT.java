package io.terrane.server.embedded;

import io.terrane.objectstore.ObjectStore;
import io.terrane.objectstore.ObjectStoreConfig;
import io.terrane.objectstore.S3ObjectStore;
import io.terrane.objectstore.Secret;
import io.terrane.objectstore.testing.ObjectStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One store for all tests, since closing one takes seconds. */
class S3ObjectStoreIT extends ObjectStoreContract {
  @TempDir static Path directory;
  private static final ExecutorService COMPLETIONS = Executors.newCachedThreadPool();
  private static EmbeddedS3 s3;
  private static ObjectStore store;

  @BeforeAll
  static void startServer() throws IOException {
    s3 = EmbeddedS3.start(directory, 0, "bucket");
    store =
        new S3ObjectStore(
            ObjectStoreConfig.s3(
                s3.endpoint(),
                "bucket",
                new Secret(EmbeddedS3.ACCESS_KEY),
                new Secret(EmbeddedS3.SECRET_KEY)),
            COMPLETIONS);
  }

  @AfterAll
  static void stopServer() throws IOException {
    store.close();
    s3.close();
    COMPLETIONS.shutdownNow();
  }

  @Override
  protected ObjectStore open() {
    return store;
  }

  @Override
  protected void close(ObjectStore opened) {}
}
