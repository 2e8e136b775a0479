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
 * @param options as given in WITH, keys in lower case, and {@link #DATABASE_TTL}
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

  /** Key of the option that holds the database's {@code ttl}, which no statement names. */
  public static final String DATABASE_TTL = "database.ttl";

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
    return Optional.ofNullable(options.getOrDefault("ttl", options.get(DATABASE_TTL)))
        .flatMap(DurationText::parse);
  }

  /** The same table with other options. */
  public TableInfo withOptions(Map<String, String> others) {
    return new TableInfo(id, name, schema, partitionRule, engine, others, comment, createdAt);
  }

  /** The options in effect: a database's ttl stands for the table's if it has none. */
  public Map<String, String> effectiveOptions() {
    Map<String, String> effective = new TreeMap<>(options);
    String inherited = effective.remove(DATABASE_TTL);
    if (inherited != null) {
      effective.putIfAbsent("ttl", inherited);
    }
    return effective;
  }
}
