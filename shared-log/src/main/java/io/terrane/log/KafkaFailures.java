package io.terrane.log;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What an exception of the Kafka clients means for the caller of the log. */
final class KafkaFailures {
  private KafkaFailures() {}

  /** The producer did not take the record, so nothing was written. */
  static TerraneException notSent(LogTopic topic, Throwable failure) {
    if (failure instanceof RecordTooLargeException || failure instanceof BufferExhaustedException) {
      return new TerraneException(
          ErrorCode.RESOURCE_EXHAUSTED,
          "append to log topic " + topic + " is refused: " + failure.getMessage(),
          failure);
    }
    return new TerraneException(
        ErrorCode.LOG_UNAVAILABLE,
        "append to log topic " + topic + " is not sent: " + failure.getMessage(),
        failure);
  }

  /**
   * The producer took the record and gave up. It may have sent it more than once: only what a
   * broker refuses whatever came before is certain; anything else, a time-out above all, is not.
   */
  static TerraneException notAcknowledged(LogTopic topic, Throwable failure) {
    if (failure instanceof RecordTooLargeException
        || failure instanceof AuthorizationException
        || failure instanceof AuthenticationException
        || failure instanceof InvalidTopicException) {
      return notSent(topic, failure);
    }
    return new TerraneException(
        ErrorCode.WRITE_OUTCOME_UNKNOWN,
        "append to log topic " + topic + " is not acknowledged: " + failure.getMessage(),
        failure);
  }

  /** A question, a trim or a read went wrong; asking again does no harm. */
  static TerraneException unavailable(String what, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String reason =
        cause instanceof UnknownTopicOrPartitionException ? "is unknown" : cause.getMessage();
    return new TerraneException(ErrorCode.LOG_UNAVAILABLE, what + ": " + reason, cause);
  }
}
