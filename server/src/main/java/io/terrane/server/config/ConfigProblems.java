package io.terrane.server.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with a configuration, so that a person can mend it all at once. */
public final class ConfigProblems {
  private final List<String> problems = new ArrayList<>();

  void add(String problem) {
    problems.add(problem);
  }

  void unknownKey(String key, Collection<String> known) {
    String nearest =
        known.stream().min(Comparator.comparingInt(name -> distance(key, name))).orElse("");
    boolean near = distance(key, nearest) <= Math.max(2, key.length() / 4);
    add("unknown key " + key + (near ? "; did you mean " + nearest + "?" : ""));
  }

  public List<String> all() {
    return List.copyOf(problems);
  }

  /** Levenshtein distance (Levenshtein 1966), by rows. */
  private static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] row = new int[right.length() + 1];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int change = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[right.length()];
  }
}
