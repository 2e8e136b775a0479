package io.terrane.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server that does not answer, and none at all. */
class S3ObjectStoreFailureTest {
  private static final ObjectKey KEY = ObjectKey.of("k");

  @Test
  void everyCallEndsThoughNobodyAnswers() throws Exception {
    int port;
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      port = silent.getLocalPort();
      try (S3ObjectStore store = open(port)) {
        assertThat(code(store.create(KEY, new byte[10]))).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(code(store.get(KEY))).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(code(store.get(KEY, 0, 1))).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(code(store.find(KEY))).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(code(store.list(KEY))).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(code(store.delete(KEY))).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
      }
    }
    try (S3ObjectStore nobody = open(port)) {
      assertThat(code(nobody.get(KEY))).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    }
  }

  private static S3ObjectStore open(int port) {
    return new S3ObjectStore(
        new ObjectStoreConfig(
            ObjectStoreConfig.Kind.S3,
            Path.of("unused"),
            "bucket",
            "prefix",
            Optional.of(URI.create("http://127.0.0.1:" + port)),
            "us-east-1",
            true,
            Optional.of(new Secret("key")),
            Optional.of(new Secret("secret")),
            Duration.ofMillis(200),
            S3Config.DEFAULT),
        Runnable::run);
  }

  private static ErrorCode code(CompletableFuture<?> answer) throws Exception {
    return answer
        .handle((value, failure) -> TerraneException.of(failure).code())
        .get(30, TimeUnit.SECONDS);
  }
}
