package io.terrane.datanode.worker;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.WriteId;
import io.terrane.api.region.WriteMode;
import io.terrane.datanode.DatanodeConfig;
import io.terrane.datanode.wal.WalIndex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A region's writes that are not answered yet: those that wait, in order of arrival, and those that
 * were taken as a group. A write that is sent again meanwhile shares the answer. Region worker
 * only.
 */
final class WriteQueue {
  private final DatanodeConfig config;
  private final WalIndex index;
  private final Deque<PendingWrite> waiting = new ArrayDeque<>();
  private final Map<WriteId, CompletableFuture<AffectedRows>> unanswered = new HashMap<>();

  /**
   * @param index knows the writes that took effect already
   */
  WriteQueue(DatanodeConfig config, WalIndex index) {
    this.config = config;
    this.index = index;
  }

  /** Nothing waits. */
  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(PendingWrite write) {
    WriteId id = write.write().id();
    CompletableFuture<AffectedRows> first = unanswered.get(id);
    if (first != null) {
      first.whenComplete((rows, problem) -> copy(rows, problem, write.answer()));
      return;
    }
    unanswered.put(id, write.answer());
    waiting.add(write);
  }

  private static void copy(
      AffectedRows rows, Throwable problem, CompletableFuture<AffectedRows> target) {
    if (problem != null) {
      target.completeExceptionally(problem);
    } else {
      target.complete(rows);
    }
  }

  /**
   * The next writes, as many as a group takes; an INSERT_UNIQUE comes alone, so that its failure is
   * its own. Writes that took effect already are answered and left out.
   */
  List<PendingWrite> takeGroup() {
    List<PendingWrite> group = new ArrayList<>();
    long rows = 0;
    long bytes = 0;
    while (!waiting.isEmpty()) {
      PendingWrite next = waiting.peek();
      int known = index.find(next.write().id()).orElse(-1);
      if (known >= 0) {
        waiting.remove();
        succeed(next, known);
        continue;
      }
      boolean alone = next.write().mode() == WriteMode.INSERT_UNIQUE;
      rows += next.rows();
      bytes += next.bytes();
      boolean full = rows > config.groupRowsMax() || bytes > config.walRecordBytesMax();
      if (!group.isEmpty() && (alone || full)) {
        break;
      }
      group.add(waiting.remove());
      if (alone) {
        break;
      }
    }
    return group;
  }

  void succeed(PendingWrite write, int rows) {
    unanswered.remove(write.write().id());
    write.answer().complete(new AffectedRows(rows));
  }

  void fail(List<PendingWrite> writes, TerraneException reason) {
    for (PendingWrite write : writes) {
      unanswered.remove(write.write().id());
      write.answer().completeExceptionally(reason);
    }
  }

  /** Fails what waits, not what was taken. */
  void failWaiting(TerraneException reason) {
    List<PendingWrite> all = List.copyOf(waiting);
    waiting.clear();
    fail(all, reason);
  }

  /** Fails what waits and does not pass; a refusal is a TerraneException. */
  void failRefused(Consumer<PendingWrite> check) {
    for (PendingWrite write : List.copyOf(waiting)) {
      try {
        check.accept(write);
      } catch (TerraneException refusal) {
        waiting.remove(write);
        fail(List.of(write), refusal);
      }
    }
  }
}
