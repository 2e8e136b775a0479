package io.terrane.query.session;

import static io.terrane.query.session.Variable.number;
import static io.terrane.query.session.Variable.of;
import static io.terrane.query.session.Variable.off;
import static io.terrane.query.session.Variable.on;
import static io.terrane.query.session.Variable.text;

import io.terrane.query.session.Variable.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every system variable there is: those that clients read or set, by count of clients, with MySQL
 * 8.4's initial values where the value means nothing here.
 */
final class VariableTable {
  /** MySQL's default mode without what only storage engines of MySQL do. */
  static final String SQL_MODE =
      "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
          + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

  private final Map<String, Variable> byName = new TreeMap<>();

  /**
   * @param version what VERSION() answers
   * @param sqlMode initial mode
   */
  VariableTable(String version, String sqlMode) {
    all(version, sqlMode).forEach(variable -> byName.put(variable.name(), variable));
  }

  /** By lower-case name. */
  Optional<Variable> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** In order of name. */
  Collection<Variable> all() {
    return byName.values();
  }

  private static List<Variable> all(String version, String sqlMode) {
    return List.of(
        number("auto_increment_increment", 1),
        number("auto_increment_offset", 1),
        on("autocommit"),
        of(Kind.CHARSET, "character_set_client", "utf8mb4"),
        of(Kind.CHARSET, "character_set_connection", "utf8mb4"),
        of(Kind.CHARSET, "character_set_database", "utf8mb4"),
        of(Kind.CHARSET, "character_set_filesystem", "binary"),
        of(Kind.CHARSET, "character_set_results", "utf8mb4"),
        of(Kind.CHARSET, "character_set_server", "utf8mb4"),
        of(Kind.CHARSET, "character_set_system", "utf8mb3").readOnly(),
        of(Kind.COLLATION, "collation_connection", "utf8mb4_bin"),
        of(Kind.COLLATION, "collation_database", "utf8mb4_bin"),
        of(Kind.COLLATION, "collation_server", "utf8mb4_bin"),
        number("connect_timeout", 10),
        number("default_week_format", 0),
        text("default_storage_engine", "mito"),
        text("event_scheduler", "DISABLED"),
        on("foreign_key_checks"),
        number("group_concat_max_len", 1024),
        text("have_openssl", "NO").readOnly(),
        text("have_profiling", "NO").readOnly(),
        text("have_ssl", "NO").readOnly(),
        text("hostname", "terrane").readOnly(),
        number("information_schema_stats_expiry", 86_400),
        text("init_connect", ""),
        number("innodb_lock_wait_timeout", 50),
        number("interactive_timeout", 28_800),
        text("lc_messages", "en_US"),
        text("lc_time_names", "en_US"),
        text("license", "Apache-2.0").readOnly(),
        on("local_infile"),
        number("lock_wait_timeout", 31_536_000),
        off("log_bin").readOnly(),
        number("lower_case_table_names", 2).readOnly(),
        number("max_allowed_packet", 67_108_864),
        number("max_connections", 1_000),
        number("max_execution_time", 0),
        number("max_join_size", Long.MAX_VALUE),
        number("net_buffer_length", 16_384),
        number("net_read_timeout", 30),
        number("net_write_timeout", 60),
        off("performance_schema").readOnly(),
        number("port", 4002).readOnly(),
        number("protocol_version", 10).readOnly(),
        off("read_only").readOnly(),
        off("session_track_gtids"),
        on("session_track_schema"),
        off("session_track_state_change"),
        text("session_track_system_variables", ""),
        text("session_track_transaction_info", "OFF"),
        text("socket", "").readOnly(),
        off("sql_auto_is_null"),
        on("sql_big_selects"),
        off("sql_log_bin"),
        of(Kind.SQL_MODE, "sql_mode", sqlMode),
        on("sql_notes"),
        on("sql_quote_show_create"),
        off("sql_safe_updates"),
        number("sql_select_limit", -1),
        off("sql_warnings"),
        off("super_read_only").readOnly(),
        text("system_time_zone", "UTC").readOnly(),
        of(Kind.TIME_ZONE, "time_zone", "SYSTEM"),
        of(Kind.ISOLATION, "transaction_isolation", "READ-COMMITTED"),
        off("transaction_read_only"),
        of(Kind.ISOLATION, "tx_isolation", "READ-COMMITTED"),
        off("tx_read_only"),
        on("unique_checks"),
        text("version", version).readOnly(),
        text("version_comment", "Terrane").readOnly(),
        text("version_compile_machine", "any").readOnly(),
        text("version_compile_os", "any").readOnly(),
        number("wait_timeout", 28_800),
        text("tls_version", "").readOnly());
  }
}
