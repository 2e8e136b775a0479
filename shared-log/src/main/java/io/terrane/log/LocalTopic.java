package io.terrane.log;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One topic in its folder. A writer task, at most one at a time, takes what has gathered meanwhile,
 * writes it as a group, forces it to the disk once and answers; it also trims, so nothing else
 * changes files. Readers see what is durable.
 */
final class LocalTopic {
  private static final Logger LOG = LoggerFactory.getLogger(LocalTopic.class);

  private final LogTopic name;
  private final LocalDirectory directory;
  private final Executor executor;
  private final LocalLimits limits;

  // Guarded by this; segments are written by the writer task alone.
  private final LocalSegments segments;
  private final Deque<Append> appends = new ArrayDeque<>();
  private final Deque<Trim> trims = new ArrayDeque<>();
  private List<Runnable> waiting = new ArrayList<>();
  private long pendingBytes;
  private boolean scheduled;
  private boolean writing;
  private boolean closed;
  private String refusal;

  private record Append(LogRecord record, int frameBytes, CompletableFuture<Long> answer) {}

  private record Trim(long before, CompletableFuture<Void> answer) {}

  private LocalTopic(
      LogTopic name,
      LocalDirectory directory,
      LocalSegments segments,
      Executor executor,
      LocalLimits limits) {
    this.name = name;
    this.directory = directory;
    this.segments = segments;
    this.executor = executor;
    this.limits = limits;
  }

  /** Opens the topic in {@code path}, made if it is not there; CORRUPTED if it is damaged. */
  static LocalTopic open(LogTopic name, Path path, Executor executor, LocalLimits limits)
      throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectory(path);
      LocalDirectory.force(path.getParent());
    }
    LocalDirectory directory = new LocalDirectory(path);
    return new LocalTopic(name, directory, LocalSegments.open(directory), executor, limits);
  }

  CompletableFuture<Long> append(LogRecord record) {
    if (record.size() > LogRecord.SIZE_MAX) {
      return CompletableFuture.failedFuture(LogLimits.tooLarge(name, record));
    }
    int frameBytes = LogFrame.size(record);
    CompletableFuture<Long> answer = new CompletableFuture<>();
    synchronized (this) {
      if (refusal != null) {
        return CompletableFuture.failedFuture(refused());
      }
      if (pendingBytes > 0 && pendingBytes + frameBytes > limits.pendingBytes()) {
        return CompletableFuture.failedFuture(LogLimits.tooMuchInFlight(name, pendingBytes));
      }
      pendingBytes += frameBytes;
      appends.add(new Append(record, frameBytes, answer));
      try {
        schedule();
      } catch (RejectedExecutionException shutDown) {
        appends.removeLast();
        pendingBytes -= frameBytes;
        return CompletableFuture.failedFuture(shutDown(shutDown));
      }
    }
    return answer;
  }

  CompletableFuture<Void> trim(long before) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    synchronized (this) {
      if (refusal != null) {
        return CompletableFuture.failedFuture(refused());
      }
      trims.add(new Trim(before, answer));
      try {
        schedule();
      } catch (RejectedExecutionException shutDown) {
        trims.removeLast();
        return CompletableFuture.failedFuture(shutDown(shutDown));
      }
    }
    return answer;
  }

  synchronized long end() {
    return segments.end();
  }

  synchronized long start() {
    return segments.start();
  }

  /** The next entries from {@code from} on; none at the end. */
  List<LogEntry> read(long from) throws IOException {
    LocalSegment segment;
    LocalSegment.Slice slice;
    synchronized (this) {
      if (closed) {
        throw refused();
      }
      if (from < segments.start()) {
        throw truncated(from);
      }
      if (from >= end()) {
        return List.of();
      }
      segment = segments.holding(from);
      slice = segment.slice(from, limits.readBytes());
    }
    try {
      return segment.read(slice);
    } catch (ClosedChannelException trimmedMeanwhile) {
      synchronized (this) {
        throw from < segments.start() ? truncated(from) : refused();
      }
    }
  }

  /** Calls back once there is more than {@code position}, or the topic is closed. */
  void whenBeyond(long position, Runnable callback) {
    synchronized (this) {
      if (!closed && end() <= position) {
        waiting.add(callback);
        return;
      }
    }
    callback.run();
  }

  synchronized void forget(Runnable callback) {
    waiting.remove(callback);
  }

  /** Waits for the group that is being written; what was not begun is refused. */
  void close(Duration wait) {
    List<Append> dropped;
    List<Trim> droppedTrims;
    List<Runnable> wakened;
    synchronized (this) {
      closed = true;
      refusal = "log is closed";
      dropped = List.copyOf(appends);
      appends.clear();
      droppedTrims = List.copyOf(trims);
      trims.clear();
      wakened = takeWaiting();
      awaitWriter(wait);
      segments.close();
    }
    dropped.forEach(append -> append.answer().completeExceptionally(refused()));
    droppedTrims.forEach(trim -> trim.answer().completeExceptionally(refused()));
    wakened.forEach(Runnable::run);
  }

  private synchronized void awaitWriter(Duration wait) {
    try {
      for (int tries = 0; writing && tries < 100; tries++) {
        wait(Math.max(1, wait.toMillis() / 100));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void schedule() {
    if (scheduled) {
      return;
    }
    scheduled = true;
    try {
      executor.execute(this::work);
    } catch (RejectedExecutionException shutDown) {
      scheduled = false;
      throw shutDown;
    }
  }

  private void work() {
    for (; ; ) {
      List<Append> group;
      List<Trim> dueTrims;
      synchronized (this) {
        group = takeGroup();
        dueTrims = List.copyOf(trims);
        trims.clear();
        writing = !group.isEmpty() || !dueTrims.isEmpty();
        if (!writing) {
          scheduled = false;
          notifyAll();
          return;
        }
      }
      if (!group.isEmpty()) {
        writeGroup(group);
      }
      dueTrims.forEach(this::trimNow);
    }
  }

  private synchronized List<Append> takeGroup() {
    List<Append> group = new ArrayList<>();
    int bytes = 0;
    while (!appends.isEmpty()
        && (group.isEmpty() || bytes + appends.peek().frameBytes() <= limits.groupBytes())) {
      bytes += appends.peek().frameBytes();
      group.add(appends.poll());
    }
    return group;
  }

  private void writeGroup(List<Append> group) {
    int bytes = group.stream().mapToInt(Append::frameBytes).sum();
    long first = end();
    try {
      LocalSegment segment = segmentToWrite();
      ByteBuffer frames = ByteBuffer.allocate(bytes);
      for (int i = 0; i < group.size(); i++) {
        LogFrame.write(frames, first + i, first, group.get(i).record());
      }
      segment.write(frames.flip());
      publish(segment, group, bytes);
    } catch (IOException | RuntimeException failure) {
      giveUp(group, bytes, failure);
      return;
    }
    takeWaiting().forEach(Runnable::run);
    for (int i = 0; i < group.size(); i++) {
      group.get(i).answer().complete(first + i);
    }
  }

  private LocalSegment segmentToWrite() throws IOException {
    LocalSegment last;
    synchronized (this) {
      last = segments.last();
    }
    return last.size() < limits.segmentBytes() ? last : roll(last.end());
  }

  private LocalSegment roll(long base) throws IOException {
    LocalSegment next = LocalSegment.create(directory.path(), base);
    synchronized (this) {
      segments.add(next);
    }
    return next;
  }

  private synchronized void publish(LocalSegment segment, List<Append> group, int bytes) {
    group.forEach(append -> segment.publish(append.frameBytes()));
    pendingBytes -= bytes;
  }

  /**
   * After a failed write or force nobody knows what the disk holds, and a second force may wrongly
   * succeed. So the topic takes nothing more until the folder is opened, and checked, again.
   */
  private void giveUp(List<Append> group, int bytes, Exception failure) {
    LOG.error(
        "log topic {} refuses appends from now on: writing to {} failed",
        name,
        directory.path(),
        failure);
    List<Append> dropped;
    synchronized (this) {
      refusal = "log folder " + directory.path() + " failed: " + failure;
      pendingBytes -= bytes;
      dropped = List.copyOf(appends);
      appends.clear();
    }
    for (Append append : group) {
      append
          .answer()
          .completeExceptionally(
              new TerraneException(
                  ErrorCode.WRITE_OUTCOME_UNKNOWN,
                  "append to log topic " + name + " failed while it was written",
                  failure));
    }
    dropped.forEach(append -> append.answer().completeExceptionally(refused()));
  }

  private void trimNow(Trim trim) {
    try {
      long kept = Math.min(trim.before(), end());
      if (kept > start()) {
        directory.writeStart(kept);
        for (LocalSegment segment : cutBefore(kept)) {
          segment.delete();
        }
      }
      trim.answer().complete(null);
    } catch (IOException failure) {
      trim.answer()
          .completeExceptionally(
              new TerraneException(
                  ErrorCode.LOG_UNAVAILABLE, "trimming log topic " + name + " failed", failure));
    }
  }

  /** The last segment stays, so one that is to go entirely gets an empty successor first. */
  private List<LocalSegment> cutBefore(long kept) throws IOException {
    LocalSegment last;
    synchronized (this) {
      last = segments.last();
    }
    if (last.base() < kept && last.end() == kept) {
      roll(kept);
    }
    synchronized (this) {
      return segments.trim(kept);
    }
  }

  private synchronized List<Runnable> takeWaiting() {
    List<Runnable> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }

  private synchronized TerraneException refused() {
    return new TerraneException(
        ErrorCode.LOG_UNAVAILABLE, "log topic " + name + " takes nothing: " + refusal);
  }

  private TerraneException shutDown(RejectedExecutionException cause) {
    return new TerraneException(
        ErrorCode.LOG_UNAVAILABLE, "log topic " + name + " has no threads any more", cause);
  }

  private TerraneException truncated(long from) {
    return new TerraneException(
        ErrorCode.LOG_TRUNCATED,
        "log topic " + name + " begins at " + start() + ", not at " + from);
  }
}
