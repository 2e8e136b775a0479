package io.terrane.datanode.compaction;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Lets so many jobs run at once on a datanode; the others wait in order of arrival. Thread-safe.
 */
public final class CompactionSlots {
  private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
  private int free;

  public CompactionSlots(int slots) {
    this.free = slots;
  }

  /**
   * Completes when there is room, on the thread of whoever made it. Who does not want to wait any
   * longer completes it exceptionally; who got a slot must {@link #release} it.
   */
  public synchronized CompletableFuture<Void> acquire() {
    CompletableFuture<Void> slot = new CompletableFuture<>();
    if (free > 0) {
      free--;
      slot.complete(null);
    } else {
      waiting.add(slot);
    }
    return slot;
  }

  public void release() {
    for (CompletableFuture<Void> next = next(); next != null; next = next()) {
      if (next.complete(null)) {
        return;
      }
    }
  }

  private synchronized CompletableFuture<Void> next() {
    CompletableFuture<Void> next = waiting.poll();
    if (next == null) {
      free++;
    }
    return next;
  }
}
