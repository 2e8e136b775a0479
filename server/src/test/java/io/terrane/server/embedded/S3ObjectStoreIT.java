package io.terrane.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import io.terrane.objectstore.ObjectStoreConfig;
import io.terrane.objectstore.S3Config;
import io.terrane.objectstore.S3ObjectStore;
import io.terrane.objectstore.Secret;
import io.terrane.objectstore.testing.ObjectStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
    store = new S3ObjectStore(config("bucket", ""), COMPLETIONS);
  }

  private static ObjectStoreConfig config(String bucket, String prefix) {
    ObjectStoreConfig plain =
        ObjectStoreConfig.s3(
            s3.endpoint(),
            bucket,
            new Secret(EmbeddedS3.ACCESS_KEY),
            new Secret(EmbeddedS3.SECRET_KEY));
    return new ObjectStoreConfig(
        plain.kind(),
        plain.directory(),
        bucket,
        prefix,
        plain.endpoint(),
        plain.region(),
        plain.pathStyle(),
        plain.accessKey(),
        plain.secretKey(),
        plain.requestTimeout(),
        s3(S3Config.Encryption.NONE));
  }

  /** Small parts, so that the contract's large objects are written in several. */
  private static S3Config s3(S3Config.Encryption encryption) {
    S3Config d = S3Config.DEFAULT;
    return new S3Config(
        5 << 20,
        5 << 20,
        2,
        encryption,
        Optional.empty(),
        Optional.empty(),
        d.connectTimeout(),
        d.connectionsMax());
  }

  @AfterAll
  static void stopServer() throws IOException {
    store.close();
    s3.close();
    COMPLETIONS.shutdownNow();
  }

  @Test
  void aPrefixKeepsClustersApart() {
    ObjectKey key = ObjectKey.of("shared", "name");
    try (ObjectStore one = new S3ObjectStore(config("bucket", "clusters/one"), COMPLETIONS)) {
      assertThat(await(one.create(key, bytes("one")))).isTrue();
      assertThat(await(store.create(key, bytes("outside")))).isTrue();
      assertThat(await(one.get(key))).isEqualTo(bytes("one"));
      assertThat(await(one.list(ObjectKey.of("shared"))))
          .extracting(ObjectInfo::key)
          .containsExactly(key);
    }
    assertThat(await(store.find(ObjectKey.of("clusters", "one", "shared", "name")))).isPresent();
  }

  @Test
  void aMissingBucketIsNoMissingObject() {
    try (ObjectStore nowhere = new S3ObjectStore(config("missing", ""), COMPLETIONS)) {
      assertFails(nowhere.get(ObjectKey.of("k")), ErrorCode.STORE_UNAVAILABLE);
      assertFails(nowhere.create(ObjectKey.of("k"), bytes("x")), ErrorCode.STORE_UNAVAILABLE);
    }
  }

  @Override
  protected ObjectStore open() {
    return store;
  }

  @Override
  protected void close(ObjectStore opened) {}
}
