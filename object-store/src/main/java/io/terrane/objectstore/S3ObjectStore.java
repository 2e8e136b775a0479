package io.terrane.objectstore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.core.BytesWrapper;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket on S3 or a server that speaks its protocol and keeps {@code If-None-Match: *}. The SDK
 * does not retry: a decorator does, above the comparison that tells our own earlier success from
 * somebody else's object.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">S3:
 *     conditional writes</a>
 */
public final class S3ObjectStore implements ObjectStore {
  private final S3AsyncClient client;
  private final String bucket;
  private final String prefix;
  private final S3Config config;
  private final S3Encryption encryption;

  /**
   * @param executor completes the futures
   */
  public S3ObjectStore(ObjectStoreConfig config, Executor executor) {
    this(config, S3Clients.open(config, executor));
  }

  S3ObjectStore(ObjectStoreConfig config, S3AsyncClient client) {
    this.client = client;
    this.config = config.s3();
    this.encryption = S3Encryption.of(config.s3());
    this.bucket = config.bucket();
    this.prefix = config.prefix().isEmpty() ? "" : config.prefix() + "/";
  }

  @Override
  public CompletableFuture<Boolean> create(ObjectKey key, byte[] content) {
    return write(prefix + key.path(), content)
        .handle(
            (done, failure) -> {
              if (failure == null) {
                return CompletableFuture.completedFuture(true);
              }
              if (S3Failures.isPreconditionFailed(failure)) {
                return isSame(key, content);
              }
              return CompletableFuture.<Boolean>failedFuture(
                  S3Failures.unavailable("create " + key, failure));
            })
        .thenCompose(Function.identity());
  }

  private CompletableFuture<?> write(String path, byte[] content) {
    return config.isMultipart(content.length)
        ? new MultipartUpload(client, config, bucket, path, content).run(encryption)
        : client.putObject(
            request -> encryption.on(request.bucket(bucket).key(path).ifNoneMatch("*")),
            AsyncRequestBody.fromBytesUnsafe(content));
  }

  private CompletableFuture<Boolean> isSame(ObjectKey key, byte[] content) {
    return getRaw(request -> request.key(prefix + key.path()))
        .handle(
            (present, failure) -> {
              if (failure != null) {
                // Even "not found" only means that it was deleted meanwhile: the next try will
                // tell.
                throw S3Failures.unavailable("compare " + key, failure);
              }
              return Arrays.equals(present.asByteArrayUnsafe(), content);
            });
  }

  @Override
  public CompletableFuture<byte[]> get(ObjectKey key) {
    return getRaw(request -> request.key(prefix + key.path()))
        .handle(
            (bytes, failure) -> {
              if (failure != null) {
                throw S3Failures.ofRead("get " + key, failure);
              }
              return bytes.asByteArrayUnsafe();
            });
  }

  @Override
  public CompletableFuture<byte[]> get(ObjectKey key, long offset, int length) {
    // HTTP has no empty range; one byte tells whether the object exists.
    long last = offset + Math.max(1, length) - 1;
    return getRaw(request -> request.key(prefix + key.path()).range("bytes=" + offset + "-" + last))
        .handle(
            (bytes, failure) -> {
              if (failure == null && length > 0) {
                return bytes.asByteArrayUnsafe();
              }
              if (failure == null || S3Failures.isRangeBeyondEnd(failure)) {
                return new byte[0];
              }
              throw S3Failures.ofRead("get " + key, failure);
            });
  }

  private CompletableFuture<? extends BytesWrapper> getRaw(
      Consumer<GetObjectRequest.Builder> which) {
    return client.getObject(
        request -> which.accept(request.bucket(bucket)), AsyncResponseTransformer.toBytes());
  }

  @Override
  public CompletableFuture<Optional<ObjectInfo>> find(ObjectKey key) {
    return client
        .headObject(request -> request.bucket(bucket).key(prefix + key.path()))
        .handle(
            (found, failure) -> {
              if (failure == null) {
                return Optional.of(
                    new ObjectInfo(key, found.contentLength(), found.lastModified()));
              }
              if (S3Failures.isNotFound(failure)) {
                return Optional.empty();
              }
              throw S3Failures.unavailable("find " + key, failure);
            });
  }

  @Override
  public CompletableFuture<List<ObjectInfo>> list(ObjectKey folder) {
    return listFrom(folder, null, new ArrayList<>());
  }

  private CompletableFuture<List<ObjectInfo>> listFrom(
      ObjectKey folder, String continuation, List<ObjectInfo> found) {
    return client
        .listObjectsV2(
            request ->
                request
                    .bucket(bucket)
                    .prefix(prefix + folder.path() + "/")
                    .continuationToken(continuation))
        .handle(
            (page, failure) -> {
              if (failure != null) {
                throw S3Failures.unavailable("list " + folder, failure);
              }
              return page;
            })
        .thenCompose(page -> next(folder, page, found));
  }

  private CompletableFuture<List<ObjectInfo>> next(
      ObjectKey folder, ListObjectsV2Response page, List<ObjectInfo> found) {
    for (S3Object object : page.contents()) {
      ObjectKey key = new ObjectKey(object.key().substring(prefix.length()));
      found.add(new ObjectInfo(key, object.size(), object.lastModified()));
    }
    if (Boolean.TRUE.equals(page.isTruncated())) {
      return listFrom(folder, page.nextContinuationToken(), found);
    }
    found.sort(Comparator.comparing(ObjectInfo::key));
    return CompletableFuture.completedFuture(found);
  }

  @Override
  public CompletableFuture<Void> delete(ObjectKey key) {
    return client
        .deleteObject(request -> request.bucket(bucket).key(prefix + key.path()))
        .handle(
            (done, failure) -> {
              if (failure != null && !S3Failures.isNotFound(failure)) {
                throw S3Failures.unavailable("delete " + key, failure);
              }
              return null;
            });
  }

  @Override
  public void close() {
    client.close();
  }
}
