package io.terrane.server.embedded;

import io.terrane.objectstore.ObjectStore;
import io.terrane.objectstore.ObjectStoreConfig;
import io.terrane.objectstore.S3ObjectStore;
import io.terrane.objectstore.Secret;
import io.terrane.objectstore.testing.ObjectStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class S3ObjectStoreIT extends ObjectStoreContract {
  @TempDir static Path directory;
  private static EmbeddedS3 s3;

  @BeforeAll
  static void startServer() throws IOException {
    s3 = EmbeddedS3.start(directory, 0, "bucket");
  }

  @AfterAll
  static void stopServer() throws IOException {
    s3.close();
  }

  @Override
  protected ObjectStore open() {
    return new S3ObjectStore(
        ObjectStoreConfig.s3(
            s3.endpoint(),
            "bucket",
            new Secret(EmbeddedS3.ACCESS_KEY),
            new Secret(EmbeddedS3.SECRET_KEY)),
        executor);
  }
}
