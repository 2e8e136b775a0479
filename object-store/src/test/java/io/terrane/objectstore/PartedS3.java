package io.terrane.objectstore;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A bucket of one object, whatever its name, that is written at once or in parts. */
final class PartedS3 implements S3AsyncClient {
  final Map<Integer, byte[]> parts = new TreeMap<>();
  final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
  final List<String> conditions = new ArrayList<>();
  byte[] object;
  ServerSideEncryption encryption;
  String kmsKey;
  int aborted;
  int failsAtPart;
  boolean losesCompletion;
  boolean answersLater;

  /** The part that has waited longest. */
  void answerOne() {
    waiting.remove().complete(null);
  }

  @Override
  public CompletableFuture<PutObjectResponse> putObject(
      PutObjectRequest request, AsyncRequestBody body) {
    encryption = request.serverSideEncryption();
    kmsKey = request.ssekmsKeyId();
    object = bytes(body);
    return CompletableFuture.completedFuture(PutObjectResponse.builder().build());
  }

  @Override
  public CompletableFuture<CreateMultipartUploadResponse> createMultipartUpload(
      CreateMultipartUploadRequest request) {
    parts.clear();
    encryption = request.serverSideEncryption();
    kmsKey = request.ssekmsKeyId();
    return CompletableFuture.completedFuture(
        CreateMultipartUploadResponse.builder().uploadId("upload").build());
  }

  @Override
  public CompletableFuture<UploadPartResponse> uploadPart(
      UploadPartRequest request, AsyncRequestBody body) {
    if (request.partNumber() == failsAtPart) {
      return CompletableFuture.failedFuture(status(503));
    }
    parts.put(request.partNumber(), bytes(body));
    CompletableFuture<Void> answer = new CompletableFuture<>();
    waiting.add(answer);
    if (!answersLater) {
      answerOne();
    }
    return answer.thenApply(
        done -> UploadPartResponse.builder().eTag("tag-" + request.partNumber()).build());
  }

  @Override
  public CompletableFuture<CompleteMultipartUploadResponse> completeMultipartUpload(
      CompleteMultipartUploadRequest request) {
    conditions.add(request.ifNoneMatch());
    if (object != null) {
      return CompletableFuture.failedFuture(status(412));
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (CompletedPart part : request.multipartUpload().parts()) {
      if (!part.eTag().equals("tag-" + part.partNumber())) {
        return CompletableFuture.failedFuture(status(400));
      }
      whole.writeBytes(parts.get(part.partNumber()));
    }
    object = whole.toByteArray();
    return losesCompletion
        ? CompletableFuture.failedFuture(status(500))
        : CompletableFuture.completedFuture(CompleteMultipartUploadResponse.builder().build());
  }

  @Override
  public CompletableFuture<AbortMultipartUploadResponse> abortMultipartUpload(
      AbortMultipartUploadRequest request) {
    aborted++;
    return CompletableFuture.completedFuture(AbortMultipartUploadResponse.builder().build());
  }

  @Override
  public <T> CompletableFuture<T> getObject(
      GetObjectRequest request, AsyncResponseTransformer<GetObjectResponse, T> transformer) {
    CompletableFuture<T> result = transformer.prepare();
    transformer.onResponse(GetObjectResponse.builder().build());
    transformer.onStream(SdkPublisher.adapt(AsyncRequestBody.fromBytes(object)));
    return result;
  }

  private static byte[] bytes(AsyncRequestBody body) {
    ByteArrayOutputStream collected = new ByteArrayOutputStream();
    body.subscribe(
        new Subscriber<ByteBuffer>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            collected.writeBytes(bytes);
          }

          @Override
          public void onError(Throwable failure) {
            throw new AssertionError(failure);
          }

          @Override
          public void onComplete() {}
        });
    return collected.toByteArray();
  }

  private static Throwable status(int code) {
    return S3Exception.builder().statusCode(code).message("status " + code).build();
  }

  @Override
  public String serviceName() {
    return "s3";
  }

  @Override
  public void close() {}
}
