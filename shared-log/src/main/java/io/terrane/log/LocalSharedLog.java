package io.terrane.log;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * A log in a folder of this machine, for one process at a time. A record is acknowledged when the
 * file that holds it has been forced to the disk. The format is in the package's description.
 */
public final class LocalSharedLog implements SharedLog {
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

  private final Path directory;
  private final Executor executor;
  private final Scheduler scheduler;
  private final LocalLimits limits;
  private final FileChannel lock;
  private final Map<LogTopic, LocalTopic> topics = new ConcurrentHashMap<>();

  /**
   * Locks, checks and recovers the folder.
   *
   * @param executor runs file access, which blocks
   * @throws TerraneException LOG_UNAVAILABLE (in use, or not readable) or CORRUPTED
   */
  public LocalSharedLog(Path directory, Executor executor, Scheduler scheduler) {
    this(directory, executor, scheduler, LocalLimits.DEFAULT);
  }

  LocalSharedLog(Path directory, Executor executor, Scheduler scheduler, LocalLimits limits) {
    this.directory = directory;
    this.executor = executor;
    this.scheduler = scheduler;
    this.limits = limits;
    try {
      Files.createDirectories(directory);
      this.lock = lock(directory);
    } catch (IOException failure) {
      throw unavailable("open log folder " + directory, failure);
    }
    try {
      openTopics();
    } catch (IOException failure) {
      close();
      throw unavailable("open log folder " + directory, failure);
    } catch (TerraneException failure) {
      close();
      throw failure;
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException heldByThisProcess) {
      channel.close();
      throw new IOException("it is in use by this process", heldByThisProcess);
    }
    channel.close();
    throw new IOException("it is in use by another process");
  }

  private void openTopics() throws IOException {
    List<Path> folders;
    try (Stream<Path> files = Files.list(directory)) {
      folders = files.filter(Files::isDirectory).sorted().toList();
    }
    for (Path folder : folders) {
      openTopic(new LogTopic(folder.getFileName().toString()));
    }
  }

  private synchronized void openTopic(LogTopic name) throws IOException {
    if (!topics.containsKey(name)) {
      topics.put(name, LocalTopic.open(name, directory.resolve(name.name()), executor, limits));
    }
  }

  @Override
  public CompletableFuture<Void> createTopics(Collection<LogTopic> names) {
    return CompletableFuture.runAsync(
        () -> {
          for (LogTopic name : names) {
            try {
              openTopic(name);
            } catch (IOException failure) {
              throw unavailable("make log topic " + name, failure);
            }
          }
        },
        executor);
  }

  @Override
  public CompletableFuture<Long> append(LogTopic name, LogRecord record) {
    LocalTopic topic = topics.get(name);
    return topic == null ? unknown(name) : topic.append(record);
  }

  @Override
  public CompletableFuture<Long> end(LogTopic name) {
    LocalTopic topic = topics.get(name);
    return topic == null ? unknown(name) : CompletableFuture.completedFuture(topic.end());
  }

  @Override
  public CompletableFuture<Long> start(LogTopic name) {
    LocalTopic topic = topics.get(name);
    return topic == null ? unknown(name) : CompletableFuture.completedFuture(topic.start());
  }

  @Override
  public LogReader read(LogTopic name, long from) {
    LocalTopic topic = topics.get(name);
    if (topic == null) {
      throw unknownTopic(name);
    }
    return new LocalLogReader(topic, from, executor, scheduler);
  }

  @Override
  public CompletableFuture<Void> trim(LogTopic name, long before) {
    LocalTopic topic = topics.get(name);
    return topic == null ? unknown(name) : topic.trim(before);
  }

  @Override
  public synchronized void close() {
    topics.values().forEach(topic -> topic.close(CLOSE_WAIT));
    try {
      lock.close();
    } catch (IOException failure) {
      throw unavailable("close log folder " + directory, failure);
    }
  }

  private static <T> CompletableFuture<T> unknown(LogTopic name) {
    return CompletableFuture.failedFuture(unknownTopic(name));
  }

  private static TerraneException unknownTopic(LogTopic name) {
    return new TerraneException(ErrorCode.LOG_UNAVAILABLE, "log topic " + name + " is unknown");
  }

  private static TerraneException unavailable(String what, IOException failure) {
    return new TerraneException(
        ErrorCode.LOG_UNAVAILABLE, what + ": " + failure.getMessage(), failure);
  }
}
