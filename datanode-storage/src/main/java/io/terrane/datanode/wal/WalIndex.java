package io.terrane.datanode.wal;

import io.terrane.api.region.WriteId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where in the log a region's recent groups are, and which writes they held. Bounded: the oldest
 * writes are forgotten beyond {@code writesMax}, and when asked to by their age. Rebuilt from
 * record headers by whoever reads the log from {@link #oldestNeeded}. Not thread-safe.
 */
public final class WalIndex {
  private final int writesMax;
  private final Deque<Group> groups = new ArrayDeque<>();
  private final Map<WriteId, Integer> rowsByWrite = new HashMap<>();

  public WalIndex(int writesMax) {
    this.writesMax = writesMax;
  }

  /**
   * Notes a group that took effect, in log order.
   *
   * @param nanos when it was met
   */
  public void add(WalPoint before, List<RecordedWrite> writes, long nanos) {
    if (writes.isEmpty()) {
      return;
    }
    groups.add(new Group(before, writes, nanos));
    writes.forEach(write -> rowsByWrite.put(write.id(), write.rows()));
    while (rowsByWrite.size() > writesMax) {
      forgetOldest();
    }
  }

  /** Forgets what was met before {@code nanos}. */
  public void forgetBefore(long nanos) {
    while (!groups.isEmpty() && groups.peek().nanos() - nanos < 0) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    groups.remove().writes().forEach(write -> rowsByWrite.remove(write.id()));
  }

  /** Rows of a write that took effect, if it is remembered. */
  public Optional<Integer> find(WriteId id) {
    return Optional.ofNullable(rowsByWrite.get(id));
  }

  /** Where to begin reading so that every write remembered now is met again. */
  public WalPoint oldestNeeded(WalPoint otherwise) {
    Group oldest = groups.peek();
    return oldest == null || oldest.before().position() > otherwise.position()
        ? otherwise
        : oldest.before();
  }

  private record Group(WalPoint before, List<RecordedWrite> writes, long nanos) {}
}
