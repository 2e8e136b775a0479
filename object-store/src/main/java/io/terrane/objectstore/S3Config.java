package io.terrane.objectstore;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How S3 is spoken to: the table {@code [object-store.s3]} of the configuration.
 *
 * @param multipartBytes larger objects are written in parts
 * @param partBytes of one part; 5 MB at least, which is S3's own bound
 * @param partsAtOnce parts of one object on their way at a time
 * @param encryption what S3 is asked to encrypt objects with
 * @param kmsKey id or ARN of the key, with {@code kms} only; without it, the account's own
 * @param caFile certificates (PEM) of the authorities that the endpoint's certificate may be from,
 *     instead of the Java runtime's
 * @param connectTimeout until an address counts as unreachable
 * @param connectionsMax open at a time; further requests wait
 */
public record S3Config(
    long multipartBytes,
    int partBytes,
    int partsAtOnce,
    Encryption encryption,
    Optional<String> kmsKey,
    Optional<Path> caFile,
    Duration connectTimeout,
    int connectionsMax) {
  private static final int MIB = 1 << 20;

  /** S3 refuses more. */
  private static final int PARTS_MAX = 10_000;

  /** Who encrypts. */
  public enum Encryption {
    /** The bucket's default. */
    NONE,
    /** A key that S3 manages. */
    AES256,
    /** AWS's key management service. */
    KMS
  }

  public static final S3Config DEFAULT =
      new S3Config(
          32L * MIB,
          16 * MIB,
          4,
          Encryption.NONE,
          Optional.empty(),
          Optional.empty(),
          Duration.ofSeconds(5),
          64);

  public S3Config {
    Objects.requireNonNull(encryption, "encryption");
    if (partBytes < 5 * MIB) {
      throw new IllegalArgumentException("part-bytes must be 5 MB at least: " + partBytes);
    }
    if (multipartBytes < partBytes || partsAtOnce < 1) {
      throw new IllegalArgumentException(
          "multipart-bytes must be part-bytes at least, and parts-at-once positive");
    }
    if (kmsKey.isPresent() && encryption != Encryption.KMS) {
      throw new IllegalArgumentException("kms-key needs encryption = kms");
    }
    if (connectTimeout.isNegative() || connectTimeout.isZero() || connectionsMax < 1) {
      throw new IllegalArgumentException("connect-timeout and connections-max must be positive");
    }
  }

  boolean isMultipart(long length) {
    return length > multipartBytes;
  }

  /** Of an object of this length: larger than usual where there would be too many. */
  int partBytes(long length) {
    return (int) Math.max(partBytes, (length + PARTS_MAX - 1) / PARTS_MAX);
  }
}
