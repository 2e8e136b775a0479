package io.terrane.objectstore;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the bucket lies: the table {@code [object-store]} of the configuration.
 *
 * @param kind a folder of this machine, or S3
 * @param directory folder of the local store
 * @param bucket an S3 bucket that exists
 * @param prefix begins every key, without slashes at its ends; empty for none
 * @param endpoint of an S3-compatible server; none for AWS
 * @param region of the bucket; S3-compatible servers mostly take any
 * @param pathStyle whether the bucket stands in the path of a URL and not in its host name
 * @param accessKey id of a key; without it the AWS SDK looks in its usual places (environment,
 *     profile, instance)
 * @param secretKey belongs to {@code accessKey}
 * @param requestTimeout most that one request, without our retries, may take
 * @param s3 how S3 is spoken to
 */
public record ObjectStoreConfig(
    Kind kind,
    Path directory,
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    String region,
    boolean pathStyle,
    Optional<Secret> accessKey,
    Optional<Secret> secretKey,
    Duration requestTimeout,
    S3Config s3) {

  /** What holds the objects. */
  public enum Kind {
    LOCAL,
    S3
  }

  public ObjectStoreConfig {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(s3, "s3");
    if (kind == Kind.S3 && bucket.isBlank()) {
      throw new IllegalArgumentException("bucket must be given when kind = s3");
    }
    if (!prefix.isEmpty() && !ObjectKey.isValid(prefix)) {
      throw new IllegalArgumentException("prefix is not usable in an object's key: " + prefix);
    }
    if (accessKey.isPresent() != secretKey.isPresent()) {
      throw new IllegalArgumentException("access-key and secret-key must be given together");
    }
    if (requestTimeout.isNegative() || requestTimeout.isZero()) {
      throw new IllegalArgumentException("request-timeout must be positive: " + requestTimeout);
    }
  }

  /** A folder of this machine. */
  public static ObjectStoreConfig defaults() {
    return local(Path.of("terrane-data", "objects"));
  }

  public static ObjectStoreConfig local(Path directory) {
    return new ObjectStoreConfig(
        Kind.LOCAL,
        directory,
        "",
        "",
        Optional.empty(),
        "us-east-1",
        false,
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(30),
        S3Config.DEFAULT);
  }

  /** A bucket on an S3-compatible server that is addressed by path. */
  public static ObjectStoreConfig s3(
      URI endpoint, String bucket, Secret accessKey, Secret secretKey) {
    ObjectStoreConfig defaults = defaults();
    return new ObjectStoreConfig(
        Kind.S3,
        defaults.directory,
        bucket,
        defaults.prefix,
        Optional.of(endpoint),
        defaults.region,
        true,
        Optional.of(accessKey),
        Optional.of(secretKey),
        defaults.requestTimeout,
        defaults.s3);
  }
}
