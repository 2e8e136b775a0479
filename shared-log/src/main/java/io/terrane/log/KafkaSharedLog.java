package io.terrane.log;

import io.terrane.api.error.TerraneException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The log on Kafka: a topic is a Kafka topic of one partition, a position an offset. An append is
 * acknowledged when all in-sync replicas have it; the producer is idempotent, so its own retries
 * neither repeat nor reorder. Appends complete on the producer's thread.
 */
public final class KafkaSharedLog implements SharedLog {
  private static final int KNOWN_TRIES_MAX = 1_000;
  private static final long KNOWN_PAUSE_NANOS = 5_000_000;
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final LogConfig config;
  private final Executor executor;
  private final Producer<byte[], byte[]> producer;
  private final Admin admin;
  private final AtomicLong inFlightBytes = new AtomicLong();
  private final Map<LogTopic, KafkaTopicAppender> appenders = new ConcurrentHashMap<>();
  private final Set<KafkaLogReader> readers = ConcurrentHashMap.newKeySet();

  /**
   * @param executor each reader that polls blocks one of its threads
   * @throws io.terrane.api.error.TerraneException LOG_UNAVAILABLE if no client can be made of the
   *     configuration; it is not tried whether Kafka answers
   */
  public KafkaSharedLog(LogConfig config, Executor executor) {
    this.config = config;
    this.executor = executor;
    try {
      this.producer = new KafkaProducer<>(KafkaSettings.producer(config));
    } catch (KafkaException unusable) {
      throw unusable(config, unusable);
    }
    try {
      this.admin = Admin.create(KafkaSettings.admin(config));
    } catch (KafkaException unusable) {
      producer.close(CLOSE_WAIT);
      throw unusable(config, unusable);
    }
  }

  private static TerraneException unusable(LogConfig config, KafkaException unusable) {
    Throwable reason = unusable.getCause() == null ? unusable : unusable.getCause();
    return KafkaFailures.unavailable("use Kafka at " + config.bootstrapServers(), reason);
  }

  @Override
  public CompletableFuture<Void> createTopics(Collection<LogTopic> topics) {
    Map<String, String> settings = KafkaSettings.topic(config);
    List<NewTopic> wanted =
        topics.stream()
            .map(
                topic ->
                    new NewTopic(topic.name(), 1, (short) config.replicationFactor())
                        .configs(settings))
            .toList();
    Map<String, KafkaFuture<Void>> made = admin.createTopics(wanted).values();
    return CompletableFuture.allOf(
            topics.stream()
                .map(topic -> made(topic, made.get(topic.name())))
                .toArray(CompletableFuture<?>[]::new))
        .thenCompose(
            done ->
                CompletableFuture.allOf(
                    topics.stream()
                        .map(topic -> known(topic, KNOWN_TRIES_MAX))
                        .toArray(CompletableFuture<?>[]::new)));
  }

  /** A broker that has made a topic may take a moment to know it. */
  private CompletableFuture<Void> known(LogTopic topic, int triesLeft) {
    return end(topic)
        .<Void>thenApply(end -> null)
        .exceptionallyCompose(
            failure -> {
              boolean isUnknown =
                  TerraneException.of(failure).getCause()
                      instanceof UnknownTopicOrPartitionException;
              return isUnknown && triesLeft > 1
                  ? CompletableFuture.runAsync(
                          () -> LockSupport.parkNanos(KNOWN_PAUSE_NANOS), executor)
                      .thenCompose(paused -> known(topic, triesLeft - 1))
                  : CompletableFuture.failedFuture(failure);
            });
  }

  private CompletableFuture<Void> made(LogTopic topic, KafkaFuture<Void> creation) {
    return completable(creation)
        .exceptionallyCompose(
            failure ->
                unwrap(failure) instanceof TopicExistsException
                    ? keepEverything(topic)
                    : CompletableFuture.failedFuture(
                        KafkaFailures.unavailable("make log topic " + topic, failure)));
  }

  /** Somebody else may have made the topic, with a retention that would lose records. */
  private CompletableFuture<Void> keepEverything(LogTopic topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    return completable(admin.describeConfigs(List.of(resource)).values().get(resource))
        .thenCompose(
            present -> {
              List<AlterConfigOp> changes = KafkaSettings.corrections(present);
              return changes.isEmpty()
                  ? CompletableFuture.<Void>completedFuture(null)
                  : completable(admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
            })
        .handle(
            (done, failure) -> {
              // A broker that has not heard of the topic yet: one of us has just made it.
              if (failure != null
                  && !(unwrap(failure) instanceof UnknownTopicOrPartitionException)) {
                throw KafkaFailures.unavailable("configure log topic " + topic, failure);
              }
              return null;
            });
  }

  @Override
  public CompletableFuture<Long> append(LogTopic topic, LogRecord record) {
    return appenders
        .computeIfAbsent(
            topic, name -> new KafkaTopicAppender(name, producer, executor, inFlightBytes))
        .append(record);
  }

  @Override
  public CompletableFuture<Long> end(LogTopic topic) {
    return offset(topic, OffsetSpec.latest(), "ask for the end of log topic ");
  }

  @Override
  public CompletableFuture<Long> start(LogTopic topic) {
    return offset(topic, OffsetSpec.earliest(), "ask for the start of log topic ");
  }

  private CompletableFuture<Long> offset(LogTopic topic, OffsetSpec which, String what) {
    TopicPartition partition = partition(topic);
    return completable(admin.listOffsets(Map.of(partition, which)).partitionResult(partition))
        .handle(
            (offset, failure) -> {
              if (failure != null) {
                throw KafkaFailures.unavailable(what + topic, failure);
              }
              return offset.offset();
            });
  }

  @Override
  public LogReader read(LogTopic topic, long from) {
    KafkaLogReader reader = new KafkaLogReader(config, topic, from, executor, readers::remove);
    readers.add(reader);
    return reader;
  }

  /** Kafka refuses to trim behind the end, so the end is asked first. */
  @Override
  public CompletableFuture<Void> trim(LogTopic topic, long before) {
    TopicPartition partition = partition(topic);
    return end(topic)
        .thenCompose(
            end ->
                completable(
                    admin
                        .deleteRecords(
                            Map.of(partition, RecordsToDelete.beforeOffset(Math.min(before, end))))
                        .lowWatermarks()
                        .get(partition)))
        .handle(
            (done, failure) -> {
              if (failure != null) {
                throw KafkaFailures.unavailable("trim log topic " + topic, failure);
              }
              return null;
            });
  }

  @Override
  public void close() {
    readers.forEach(KafkaLogReader::close);
    producer.close(CLOSE_WAIT);
    admin.close(CLOSE_WAIT);
  }

  static TopicPartition partition(LogTopic topic) {
    return new TopicPartition(topic.name(), 0);
  }

  private static <T> CompletableFuture<T> completable(KafkaFuture<T> future) {
    return future.toCompletionStage().toCompletableFuture();
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }
}
