package io.terrane.api.table;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A database (GreptimeDB: schema) and its options. */
public record DatabaseInfo(String name, Map<String, String> options, Instant createdAt) {
  public DatabaseInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(createdAt, "createdAt");
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }
}
