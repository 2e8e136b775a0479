package io.terrane.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** An object in parts, against a server that fails where it is told to. */
class MultipartUploadTest {
  private static final int MIB = 1 << 20;
  private static final ObjectKey KEY = ObjectKey.of("k");

  private final PartedS3 s3 = new PartedS3();
  private final byte[] content = content(33 * MIB + 5);

  @Test
  void partsGoAFewAtATimeAndMakeTheObject() {
    s3.answersLater = true;
    CompletableFuture<Boolean> created = store(S3Config.Encryption.NONE).create(KEY, content);
    assertThat(s3.waiting).hasSize(2);
    while (!s3.waiting.isEmpty()) {
      s3.answerOne();
      assertThat(s3.waiting).hasSizeLessThanOrEqualTo(2);
    }
    assertThat(created.join()).isTrue();
    assertThat(s3.object).isEqualTo(content);
    assertThat(s3.parts).hasSize(7);
    assertThat(s3.conditions).containsExactly("*");
    assertThat(s3.aborted).isZero();
  }

  @Test
  void smallObjectsArePutAtOnce() {
    byte[] small = content(5 * MIB);
    assertThat(store(S3Config.Encryption.NONE).create(KEY, small).join()).isTrue();
    assertThat(s3.object).isEqualTo(small);
    assertThat(s3.parts).isEmpty();
  }

  @Test
  void aPartThatFailsAbortsTheUpload() {
    s3.failsAtPart = 3;
    assertThatThrownBy(() -> store(S3Config.Encryption.NONE).create(KEY, content).join())
        .hasCauseInstanceOf(TerraneException.class)
        .satisfies(
            problem ->
                assertThat(TerraneException.of(problem).code())
                    .isEqualTo(ErrorCode.STORE_UNAVAILABLE));
    assertThat(s3.object).isNull();
    assertThat(s3.aborted).isOne();
    assertThat(s3.parts).hasSizeLessThan(7);
  }

  @Test
  void whoeverWasFirstIsToldApartByTheBytes() {
    s3.object = content.clone();
    assertThat(store(S3Config.Encryption.NONE).create(KEY, content).join()).isTrue();
    s3.object[4] ^= 1;
    assertThat(store(S3Config.Encryption.NONE).create(KEY, content).join()).isFalse();
    assertThat(s3.aborted).isEqualTo(2);
  }

  @Test
  void aLostAnswerToTheLastRequestIsFoundOutByTheNextTry() {
    s3.losesCompletion = true;
    assertThatThrownBy(() -> store(S3Config.Encryption.NONE).create(KEY, content).join())
        .satisfies(
            problem ->
                assertThat(TerraneException.of(problem).code())
                    .isEqualTo(ErrorCode.STORE_UNAVAILABLE));
    s3.losesCompletion = false;
    assertThat(store(S3Config.Encryption.NONE).create(KEY, content).join()).isTrue();
    assertThat(s3.object).isEqualTo(content);
  }

  @Test
  void objectsAreEncryptedAsConfigured() {
    store(S3Config.Encryption.AES256).create(KEY, content).join();
    assertThat(s3.encryption).isEqualTo(ServerSideEncryption.AES256);
    assertThat(s3.kmsKey).isNull();
    store(S3Config.Encryption.KMS).create(ObjectKey.of("other"), content(10)).join();
    assertThat(s3.encryption).isEqualTo(ServerSideEncryption.AWS_KMS);
    assertThat(s3.kmsKey).isEqualTo("alias/terrane");
  }

  @Test
  void partsGrowWhereThereWouldBeTooMany() {
    assertThat(S3Config.DEFAULT.partBytes(100L * MIB)).isEqualTo(16 * MIB);
    assertThat(S3Config.DEFAULT.partBytes(10_000L * 20 * MIB)).isEqualTo(20 * MIB);
  }

  private S3ObjectStore store(S3Config.Encryption encryption) {
    ObjectStoreConfig plain =
        ObjectStoreConfig.s3(
            URI.create("http://unused"), "bucket", new Secret("key"), new Secret("secret"));
    return new S3ObjectStore(
        new ObjectStoreConfig(
            plain.kind(),
            plain.directory(),
            plain.bucket(),
            plain.prefix(),
            plain.endpoint(),
            plain.region(),
            plain.pathStyle(),
            plain.accessKey(),
            plain.secretKey(),
            plain.requestTimeout(),
            new S3Config(
                5 * MIB,
                5 * MIB,
                2,
                encryption,
                encryption == S3Config.Encryption.KMS
                    ? Optional.of("alias/terrane")
                    : Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(1),
                1)),
        s3);
  }

  private static byte[] content(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
