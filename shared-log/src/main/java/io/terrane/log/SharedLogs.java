package io.terrane.log;

import io.terrane.api.time.Scheduler;
import java.util.concurrent.Executor;

/** Opens the log a configuration asks for. */
public final class SharedLogs {
  private SharedLogs() {}

  /**
   * Does not wait for Kafka to answer; a local folder is locked, checked and recovered here. Topics
   * are made by {@link SharedLog#createTopics}.
   *
   * @param executor may be blocked: by file access, by each reader that polls Kafka
   * @param scheduler ends polls of the local log that found nothing
   * @throws io.terrane.api.error.TerraneException CORRUPTED or LOG_UNAVAILABLE
   */
  public static SharedLog open(LogConfig config, Executor executor, Scheduler scheduler) {
    return switch (config.kind()) {
      case LOCAL -> new LocalSharedLog(config.directory(), executor, scheduler);
      case KAFKA -> new KafkaSharedLog(config, executor);
    };
  }
}
