package io.terrane.server.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values that were added to a set, each once, and what became of them. */
final class SetHistory {
  private final String table;
  private final Map<Long, Operation> added = new TreeMap<>();

  SetHistory(String table) {
    this.table = table;
  }

  void add(List<Long> values, Operation operation) {
    values.forEach(value -> added.put(value, operation));
  }

  int size() {
    return added.size();
  }

  /** Nothing acknowledged is missing, nothing is there twice, nothing that was refused is there. */
  void check(List<Long> found) {
    Map<Long, Integer> counts = new HashMap<>();
    found.forEach(value -> counts.merge(value, 1, Integer::sum));
    added.forEach(
        (value, operation) -> {
          int count = counts.getOrDefault(value, 0);
          boolean right =
              switch (operation.outcome) {
                case DONE -> count == 1;
                case REFUSED -> count == 0;
                case UNKNOWN, UNDER_WAY -> count <= 1;
              };
          if (!right) {
            throw new AssertionError(
                "table %s has value %d %d times after %s"
                    .formatted(table, value, count, operation));
          }
        });
    counts.keySet().removeAll(added.keySet());
    if (!counts.isEmpty()) {
      throw new AssertionError("table %s has values nobody wrote: %s".formatted(table, counts));
    }
  }
}
