package io.terrane.server.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The history of one key that has one writer. After a write whose outcome is unknown the writer
 * leaves the key alone, so its states are known to come in the order of its writes. A read may see
 * a state only if it was written, not refused, and begun before the read ended; and it must see the
 * last write that was acknowledged, and what an earlier read saw, at the same frontend. What passed
 * at another frontend it may miss for a while: its route may be older.
 */
final class RegisterHistory {
  private static final int NOTHING_YET = -1;

  private final String key;
  private final List<Operation> writes = new ArrayList<>();
  private final List<Seen> seen = new ArrayList<>();
  private int stale;

  /** A read saw at least this state. */
  private record Seen(int frontend, long endedNanos, int state) {}

  RegisterHistory(String key) {
    this.key = key;
  }

  String key() {
    return key;
  }

  /** Whether the writer may go on. */
  boolean isSettled() {
    return writes.stream()
        .noneMatch(
            write ->
                write.outcome == Operation.Outcome.UNKNOWN
                    || write.outcome == Operation.Outcome.UNDER_WAY);
  }

  Operation write(int frontend, long nanos, OptionalLong value) {
    Operation write = new Operation(frontend, nanos, value);
    writes.add(write);
    return write;
  }

  /** Reads that missed what another frontend had acknowledged. */
  int stale() {
    return stale;
  }

  /** A read that must see what its own frontend acknowledged. */
  void read(int frontend, long begunNanos, long endedNanos, OptionalLong found) {
    int least = leastState(begunNanos, frontend, false);
    int state = stateOf(found, least, endedNanos);
    seen.add(new Seen(frontend, endedNanos, state));
    if (state < leastState(begunNanos, frontend, true)) {
      stale++;
    }
  }

  /** A read that must see what anyone acknowledged. */
  void readAtTheEnd(long begunNanos, OptionalLong found) {
    stateOf(found, leastState(begunNanos, 0, true), Long.MAX_VALUE);
  }

  private int leastState(long before, int frontend, boolean anywhere) {
    int least = NOTHING_YET;
    for (int i = 0; i < writes.size(); i++) {
      Operation write = writes.get(i);
      boolean counts =
          write.outcome == Operation.Outcome.DONE
              && write.endedNanos < before
              && (anywhere || write.frontend == frontend);
      least = counts ? Math.max(least, i) : least;
    }
    for (Seen read : seen) {
      if (read.endedNanos() < before && (anywhere || read.frontend() == frontend)) {
        least = Math.max(least, read.state());
      }
    }
    return least;
  }

  private int stateOf(OptionalLong found, int least, long endedNanos) {
    if (least == NOTHING_YET && found.isEmpty()) {
      return NOTHING_YET;
    }
    for (int i = Math.max(least, 0); i < writes.size(); i++) {
      Operation write = writes.get(i);
      boolean possible =
          i == least
              || (write.outcome != Operation.Outcome.REFUSED && write.begunNanos < endedNanos);
      if (possible && write.value.equals(found)) {
        return i;
      }
    }
    throw new AssertionError(
        "key %s has %s, although it had at least the state after write %d of %s"
            .formatted(key, found, least, writes));
  }
}
