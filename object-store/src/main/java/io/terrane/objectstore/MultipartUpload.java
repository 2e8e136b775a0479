package io.terrane.objectstore;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One object on its way in parts, a few at a time. It is there when the last request says so, under
 * the same condition as an object that is put at once: that nobody else has the name. What fails is
 * aborted; parts that not even this removes are the bucket's to forget (a lifecycle rule).
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">S3:
 *     multipart upload</a>
 */
final class MultipartUpload {
  private static final Logger LOG = LoggerFactory.getLogger(MultipartUpload.class);

  private final S3AsyncClient client;
  private final String bucket;
  private final String key;
  private final byte[] content;
  private final int partBytes;
  private final int atOnce;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReferenceArray<CompletedPart> parts;
  private volatile boolean failed;

  /**
   * @param content must not change until the upload is over
   */
  MultipartUpload(
      S3AsyncClient client, S3Config config, String bucket, String key, byte[] content) {
    this.client = client;
    this.bucket = bucket;
    this.key = key;
    this.content = content;
    this.partBytes = config.partBytes(content.length);
    this.atOnce = config.partsAtOnce();
    this.parts = new AtomicReferenceArray<>((content.length + partBytes - 1) / partBytes);
  }

  /** Fails as the SDK does; with status 412 if another object has the name. */
  CompletableFuture<Void> run(S3Encryption encryption) {
    return client
        .createMultipartUpload(request -> encryption.on(request.bucket(bucket).key(key)))
        .thenCompose(begun -> send(begun.uploadId()));
  }

  private CompletableFuture<Void> send(String upload) {
    CompletableFuture<?>[] lanes =
        IntStream.range(0, Math.min(atOnce, parts.length()))
            .mapToObj(lane -> sendNext(upload))
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(lanes)
        .thenCompose(sent -> complete(upload))
        .handle((done, failure) -> failure == null ? null : abort(upload, failure))
        .thenCompose(
            aborted -> aborted == null ? CompletableFuture.completedFuture(null) : aborted);
  }

  /** Sends parts one after the other until none is left or one has failed. */
  private CompletableFuture<Void> sendNext(String upload) {
    int part = next.getAndIncrement();
    if (part >= parts.length() || failed) {
      return CompletableFuture.completedFuture(null);
    }
    int from = part * partBytes;
    int length = Math.min(partBytes, content.length - from);
    return client
        .uploadPart(
            request ->
                request
                    .bucket(bucket)
                    .key(key)
                    .uploadId(upload)
                    .partNumber(part + 1)
                    .contentLength((long) length),
            AsyncRequestBody.fromByteBufferUnsafe(ByteBuffer.wrap(content, from, length).slice()))
        .whenComplete((sent, failure) -> failed |= failure != null)
        .thenCompose(
            sent -> {
              parts.set(
                  part, CompletedPart.builder().partNumber(part + 1).eTag(sent.eTag()).build());
              return sendNext(upload);
            });
  }

  private CompletableFuture<Void> complete(String upload) {
    return client
        .completeMultipartUpload(
            request ->
                request
                    .bucket(bucket)
                    .key(key)
                    .uploadId(upload)
                    .ifNoneMatch("*")
                    .multipartUpload(
                        whole ->
                            whole.parts(
                                IntStream.range(0, parts.length()).mapToObj(parts::get).toList())))
        .thenApply(done -> null);
  }

  /** All lanes have ended. Gives the failure on, whether or not the parts could be removed. */
  private CompletableFuture<Void> abort(String upload, Throwable failure) {
    return client
        .abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload))
        .handle(
            (done, problem) -> {
              if (problem != null && !S3Failures.isNotFound(problem)) {
                LOG.warn("parts of {} may be left in the bucket: {}", key, problem.getMessage());
              }
              return CompletableFuture.<Void>failedFuture(failure);
            })
        .thenCompose(failing -> failing);
  }
}
