package io.terrane.query.ddl;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.DurationText;
import io.terrane.api.table.TableInfo;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Options of WITH: GreptimeDB's keys, with the values that matter here checked. */
final class TableOptions {
  private static final String TTL = "ttl";

  /** What a table does not take from its database when it is made. */
  private static final String COMPACTION = "compaction.";

  private static final Set<String> KEYS =
      Set.of(
          "append_mode",
          "comment",
          "memtable.type",
          "merge_mode",
          "repartition.column.hint",
          "skip_wal",
          "sst_format",
          "storage",
          "ttl",
          "write_buffer_size");

  private static final Set<String> PREFIXES = Set.of("compaction.", "memtable.", "index.");

  private static final Set<String> ENGINES = Set.of("mito", "innodb", "myisam", "memory", "aria");

  private TableOptions() {}

  /** The options with keys in lower case; UNKNOWN_TABLE_OPTION or INVALID_ARGUMENT. */
  static Map<String, String> checked(Map<String, String> options) {
    Map<String, String> checked = new TreeMap<>();
    options.forEach(
        (key, value) -> {
          checkKey(key);
          checkValue(key, value);
          checked.put(key, key.equals(TTL) ? DurationText.normal(value) : value);
        });
    checkTogether(checked);
    return checked;
  }

  /** Options of a database; its rows cannot all be gone at once. */
  static Map<String, String> checkedOfDatabase(Map<String, String> options) {
    Map<String, String> checked = checked(options);
    if ("instant".equals(checked.get(TTL))) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "Invalid value of database option ttl: 'instant'");
    }
    return checked;
  }

  /** A new table's options: what it does not say itself it takes from its database. */
  static Map<String, String> inherited(Map<String, String> own, DatabaseInfo database) {
    Map<String, String> options = new TreeMap<>(own);
    database
        .options()
        .forEach(
            (key, value) -> {
              if (!key.equals(TTL) && !key.startsWith(COMPACTION)) {
                options.putIfAbsent(key, value);
              }
            });
    return withTtlOf(database, options);
  }

  /** A table's options under its database's present ttl. */
  static Map<String, String> withTtlOf(DatabaseInfo database, Map<String, String> table) {
    Map<String, String> options = new TreeMap<>(table);
    String ttl = database.options().get(TTL);
    if (ttl == null) {
      options.remove(TableInfo.DATABASE_TTL);
    } else {
      options.put(TableInfo.DATABASE_TTL, ttl);
    }
    return options;
  }

  /** INVALID_ARGUMENT if a table cannot have these options at the same time. */
  static void checkTogether(Map<String, String> options) {
    if ("true".equalsIgnoreCase(options.get("append_mode"))
        && "last_non_null".equalsIgnoreCase(options.get("merge_mode"))) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "append_mode keeps every row: merge_mode 'last_non_null' does not go with it");
    }
  }

  static void checkKey(String key) {
    if (!KEYS.contains(key) && PREFIXES.stream().noneMatch(key::startsWith)) {
      throw new TerraneException(
          ErrorCode.UNKNOWN_TABLE_OPTION, "Unrecognized table option key: " + key);
    }
  }

  private static void checkValue(String key, String value) {
    String folded = value.toLowerCase(Locale.ROOT);
    boolean valid =
        switch (key) {
          case "append_mode", "skip_wal" -> folded.equals("true") || folded.equals("false");
          case "merge_mode" ->
              folded.isEmpty() || folded.equals("last_row") || folded.equals("last_non_null");
          case "ttl", "compaction.twcs.time_window" -> DurationText.isValid(value);
          default -> true;
        };
    if (!valid) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "Invalid value of table option " + key + ": '" + value + "'");
    }
  }

  /** MySQL's engines stand for ours, so that its scripts run. */
  static void checkEngine(String engine) {
    if (!ENGINES.contains(engine.toLowerCase(Locale.ROOT))) {
      throw new TerraneException(ErrorCode.UNSUPPORTED, "Unknown storage engine '" + engine + "'");
    }
  }
}
