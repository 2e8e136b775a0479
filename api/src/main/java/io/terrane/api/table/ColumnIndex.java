package io.terrane.api.table;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * An index that was declared for a column. It is kept and shown, and speeds nothing up.
 *
 * @param options as they take effect, the ones that were not given included; keys in lower case
 */
public record ColumnIndex(Kind kind, Map<String, String> options) {
  /** GreptimeDB's kinds, in the order in which a column's are shown. */
  public enum Kind {
    FULLTEXT,
    SKIPPING,
    INVERTED
  }

  public ColumnIndex {
    Objects.requireNonNull(kind, "kind");
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }
}
