package io.terrane.query.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Suggests what someone may have meant. */
final class NearNames {
  private NearNames() {}

  /** {@code ; did you mean x?} or nothing. */
  static String suggestion(String wanted, Collection<String> known) {
    String folded = wanted.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, folded.length() / 3);
    return known.stream()
        .filter(name -> Character.isLetter(name.charAt(0)))
        .filter(name -> distance(folded, name) <= limit)
        .min(Comparator.comparingInt(name -> distance(folded, name)))
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
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
