package io.terrane.log;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;

/**
 * A consumer without a group, made by the first poll. A poll blocks one thread of the executor; the
 * consumer is used under this object's lock only, but for {@code wakeup}.
 */
final class KafkaLogReader implements LogReader {
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);
  private static final byte[] NOTHING = {};

  private final LogConfig config;
  private final LogTopic topic;
  private final TopicPartition partition;
  private final Executor executor;
  private final Consumer<KafkaLogReader> onClose;

  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private volatile long position;
  private volatile boolean closed;

  KafkaLogReader(
      LogConfig config,
      LogTopic topic,
      long from,
      Executor executor,
      Consumer<KafkaLogReader> onClose) {
    this.config = config;
    this.topic = topic;
    this.partition = KafkaSharedLog.partition(topic);
    this.position = from;
    this.executor = executor;
    this.onClose = onClose;
  }

  @Override
  public CompletableFuture<List<LogEntry>> poll(Duration wait) {
    try {
      return CompletableFuture.supplyAsync(() -> pollNow(wait), executor);
    } catch (RejectedExecutionException shutDown) {
      return CompletableFuture.failedFuture(unavailable(shutDown));
    }
  }

  private synchronized List<LogEntry> pollNow(Duration wait) {
    try {
      if (consumer == null && !closed) {
        consumer = new KafkaConsumer<>(KafkaSettings.consumer(config));
        consumer.assign(List.of(partition));
        consumer.seek(partition, position);
      }
      if (closed) {
        return List.of();
      }
      List<LogEntry> entries = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(wait).records(partition)) {
        entries.add(entry(message));
      }
      position = consumer.position(partition);
      return entries;
    } catch (WakeupException closing) {
      return List.of();
    } catch (OffsetOutOfRangeException truncated) {
      throw new TerraneException(
          ErrorCode.LOG_TRUNCATED,
          "log topic " + topic + " does not hold position " + position,
          truncated);
    } catch (KafkaException | IllegalStateException failure) {
      throw unavailable(failure);
    }
  }

  private static LogEntry entry(ConsumerRecord<byte[], byte[]> message) {
    Map<String, byte[]> headers = new HashMap<>();
    for (Header header : message.headers()) {
      headers.put(header.key(), header.value());
    }
    byte[] value = message.value() == null ? NOTHING : message.value();
    return new LogEntry(message.offset(), new LogRecord(headers, value));
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void close() {
    closed = true;
    onClose.accept(this);
    KafkaConsumer<byte[], byte[]> used = consumer;
    if (used != null) {
      used.wakeup();
    }
    try {
      executor.execute(this::closeConsumer);
    } catch (RejectedExecutionException shutDown) {
      closeConsumer();
    }
  }

  private synchronized void closeConsumer() {
    if (consumer != null) {
      consumer.close(CloseOptions.timeout(CLOSE_WAIT));
      consumer = null;
    }
  }

  private TerraneException unavailable(Exception failure) {
    return KafkaFailures.unavailable("read log topic " + topic, failure);
  }
}
