package io.terrane.api.table;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that is known of a table but its routes.
 *
 * @param options as given in WITH, keys in lower case
 */
public record TableInfo(
    TableId id,
    TableName name,
    TableSchema schema,
    PartitionRule partitionRule,
    String engine,
    Map<String, String> options,
    String comment,
    Instant createdAt) {
  /** The only engine, under GreptimeDB's name for it. */
  public static final String DEFAULT_ENGINE = "mito";

  public TableInfo {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(partitionRule, "partitionRule");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(comment, "comment");
    Objects.requireNonNull(createdAt, "createdAt");
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /** Keeps rows with equal keys apart and refuses deletes. */
  public boolean isAppendOnly() {
    return "true".equalsIgnoreCase(options.get("append_mode"));
  }

  /** How long rows are kept, counted from their time index; empty: for ever. */
  public Optional<Duration> timeToLive() {
    return Optional.ofNullable(options.get("ttl")).flatMap(DurationText::parse);
  }
}
