package io.terrane.log;

import io.terrane.api.error.TerraneException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Sends the records of one topic in the order of the calls, without blocking the caller. The
 * producer blocks while it does not know a topic; so until it does, records wait here and the
 * asking is done on the executor.
 */
final class KafkaTopicAppender {
  private final LogTopic topic;
  private final Producer<byte[], byte[]> producer;
  private final Executor executor;
  private final AtomicLong inFlightBytes;

  // Guarded by this.
  private final Deque<Append> waiting = new ArrayDeque<>();
  private boolean known;
  private boolean asking;

  private record Append(LogRecord record, int bytes, CompletableFuture<Long> answer) {}

  /**
   * @param inFlightBytes shared by all topics of a log, bounded by {@link
   *     KafkaSettings#IN_FLIGHT_BYTES_MAX}
   */
  KafkaTopicAppender(
      LogTopic topic,
      Producer<byte[], byte[]> producer,
      Executor executor,
      AtomicLong inFlightBytes) {
    this.topic = topic;
    this.producer = producer;
    this.executor = executor;
    this.inFlightBytes = inFlightBytes;
  }

  CompletableFuture<Long> append(LogRecord record) {
    if (record.size() > LogRecord.SIZE_MAX) {
      return CompletableFuture.failedFuture(LogLimits.tooLarge(topic, record));
    }
    int bytes = LogFrame.size(record);
    long before = inFlightBytes.getAndAdd(bytes);
    if (before > 0 && before + bytes > KafkaSettings.IN_FLIGHT_BYTES_MAX) {
      inFlightBytes.addAndGet(-bytes);
      return CompletableFuture.failedFuture(LogLimits.tooMuchInFlight(topic, before));
    }
    Append append = new Append(record, bytes, new CompletableFuture<>());
    synchronized (this) {
      if (known) {
        send(append);
      } else {
        waiting.add(append);
        askForTopic();
      }
    }
    return append.answer();
  }

  private synchronized void askForTopic() {
    if (asking) {
      return;
    }
    asking = true;
    try {
      executor.execute(this::ask);
    } catch (RejectedExecutionException shutDown) {
      refuseWaiting(shutDown);
    }
  }

  private void ask() {
    try {
      producer.partitionsFor(topic.name());
    } catch (KafkaException | IllegalStateException failure) {
      refuseWaiting(failure);
      return;
    }
    synchronized (this) {
      known = true;
      asking = false;
      while (known && !waiting.isEmpty()) {
        send(waiting.poll());
      }
      if (!waiting.isEmpty()) {
        askForTopic();
      }
    }
  }

  private void refuseWaiting(Exception failure) {
    Deque<Append> refused;
    synchronized (this) {
      asking = false;
      refused = new ArrayDeque<>(waiting);
      waiting.clear();
    }
    for (Append append : refused) {
      inFlightBytes.addAndGet(-append.bytes());
      append.answer().completeExceptionally(KafkaFailures.notSent(topic, failure));
    }
  }

  private synchronized void send(Append append) {
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic.name(), 0, null, append.record().value());
    append.record().headers().forEach(message.headers()::add);
    try {
      producer.send(message, new Answer(append));
    } catch (KafkaException | IllegalStateException failure) {
      notSent(append, failure);
    }
  }

  private synchronized void notSent(Append append, Exception failure) {
    known = false;
    inFlightBytes.addAndGet(-append.bytes());
    append.answer().completeExceptionally(KafkaFailures.notSent(topic, failure));
  }

  /** A callback within {@code send} says that the producer did not take the record. */
  private final class Answer implements Callback {
    private final Append append;
    private final Thread sender = Thread.currentThread();

    Answer(Append append) {
      this.append = append;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception failure) {
      if (failure != null && Thread.currentThread() == sender) {
        notSent(append, failure);
        return;
      }
      inFlightBytes.addAndGet(-append.bytes());
      if (failure == null) {
        answer(() -> append.answer().complete(metadata.offset()));
      } else {
        TerraneException lost = KafkaFailures.notAcknowledged(topic, failure);
        answer(() -> append.answer().completeExceptionally(lost));
      }
    }
  }

  /** Kafka's thread must be free: who is answered may append again at once, and that may block. */
  private void answer(Runnable completion) {
    try {
      executor.execute(completion);
    } catch (RejectedExecutionException shutDown) {
      completion.run();
    }
  }
}
