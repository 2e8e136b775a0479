package io.terrane.objectstore;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a failure of the SDK means. */
final class S3Failures {
  private S3Failures() {}

  static boolean isPreconditionFailed(Throwable failure) {
    return status(failure) == 412;
  }

  static boolean isRangeBeyondEnd(Throwable failure) {
    return status(failure) == 416;
  }

  /** No such object; a bucket that is not there is another matter. */
  static boolean isNotFound(Throwable failure) {
    return status(failure) == 404
        && unwrap(failure) instanceof S3Exception answer
        && (answer.awsErrorDetails() == null
            || !"NoSuchBucket".equals(answer.awsErrorDetails().errorCode()));
  }

  static TerraneException ofRead(String what, Throwable failure) {
    return isNotFound(failure)
        ? new TerraneException(
            ErrorCode.OBJECT_NOT_FOUND, what + ": it does not exist", unwrap(failure))
        : unavailable(what, failure);
  }

  static TerraneException unavailable(String what, Throwable failure) {
    Throwable cause = unwrap(failure);
    return new TerraneException(
        ErrorCode.STORE_UNAVAILABLE, what + ": " + cause.getMessage(), cause);
  }

  private static int status(Throwable failure) {
    return unwrap(failure) instanceof S3Exception answer ? answer.statusCode() : 0;
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
