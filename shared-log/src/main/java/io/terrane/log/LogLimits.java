package io.terrane.log;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;

/** How every log says that an append is too much for it; nothing was written then. */
final class LogLimits {
  private LogLimits() {}

  static TerraneException tooLarge(LogTopic topic, LogRecord record) {
    return new TerraneException(
        ErrorCode.RESOURCE_EXHAUSTED,
        "record of %d bytes is larger than log topic %s takes, %d"
            .formatted(record.size(), topic, LogRecord.SIZE_MAX));
  }

  static TerraneException tooMuchInFlight(LogTopic topic, long bytes) {
    return new TerraneException(
        ErrorCode.RESOURCE_EXHAUSTED,
        "%d bytes wait already to be appended to log topic %s".formatted(bytes, topic));
  }
}
