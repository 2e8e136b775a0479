package io.terrane.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectStoreConfigTest {
  @Test
  void defaults() {
    ObjectStoreConfig config = ObjectStoreConfig.defaults();
    assertThat(config.kind()).isEqualTo(ObjectStoreConfig.Kind.LOCAL);
    assertThat(config.directory()).isEqualTo(Path.of("terrane-data", "objects"));
    assertThat(config.bucket()).isEmpty();
    assertThat(config.prefix()).isEmpty();
    assertThat(config.endpoint()).isEmpty();
    assertThat(config.region()).isEqualTo("us-east-1");
    assertThat(config.pathStyle()).isFalse();
    assertThat(config.accessKey()).isEmpty();
    assertThat(config.secretKey()).isEmpty();
    assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void secretsAreNotShown() {
    ObjectStoreConfig config =
        ObjectStoreConfig.s3(URI.create("http://h:1"), "b", new Secret("who"), new Secret("hush"));
    assertThat(config.toString()).doesNotContain("who", "hush").contains("***");
  }

  @Test
  void whatCannotWorkIsRefused() {
    assertThatThrownBy(() -> s3("", "", Optional.empty())).hasMessageContaining("bucket");
    assertThatThrownBy(() -> s3("b", "/x/", Optional.empty())).hasMessageContaining("/x/");
    assertThatThrownBy(() -> s3("b", "", Optional.of(new Secret("k"))))
        .hasMessageContaining("secret-key");
  }

  private static ObjectStoreConfig s3(String bucket, String prefix, Optional<Secret> accessKey) {
    return new ObjectStoreConfig(
        ObjectStoreConfig.Kind.S3,
        Path.of("x"),
        bucket,
        prefix,
        Optional.empty(),
        "us-east-1",
        false,
        accessKey,
        Optional.empty(),
        Duration.ofSeconds(1),
        S3Config.DEFAULT);
  }
}
