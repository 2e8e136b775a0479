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
        text("basedir", "").readOnly(),
        off("big_tables"),
        text("binlog_format", "ROW"),
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
        text("completion_type", "NO_CHAIN"),
        number("connect_timeout", 10),
        number("cte_max_recursion_depth", 1_000),
        text("datadir", "").readOnly(),
        text("default_authentication_plugin", "caching_sha2_password").readOnly(),
        of(Kind.COLLATION, "default_collation_for_utf8mb4", "utf8mb4_bin"),
        text("default_storage_engine", "mito"),
        text("default_tmp_storage_engine", "mito"),
        number("default_week_format", 0),
        number("div_precision_increment", 4),
        text("event_scheduler", "DISABLED"),
        on("explicit_defaults_for_timestamp"),
        on("foreign_key_checks"),
        off("general_log"),
        number("group_concat_max_len", 1024),
        text("gtid_executed", "").readOnly(),
        text("gtid_mode", "OFF").readOnly(),
        text("have_openssl", "NO").readOnly(),
        text("have_profiling", "NO").readOnly(),
        text("have_ssl", "NO").readOnly(),
        text("hostname", "terrane").readOnly(),
        number("identity", 0),
        number("information_schema_stats_expiry", 86_400),
        text("init_connect", ""),
        number("innodb_lock_wait_timeout", 50),
        number("interactive_timeout", 28_800),
        number("join_buffer_size", 262_144),
        number("last_insert_id", 0),
        text("lc_messages", "en_US"),
        text("lc_time_names", "en_US"),
        text("license", "Apache-2.0").readOnly(),
        on("local_infile"),
        number("lock_wait_timeout", 31_536_000),
        off("log_bin").readOnly(),
        text("log_output", "FILE"),
        number("long_query_time", 10),
        off("low_priority_updates"),
        on("lower_case_file_system").readOnly(),
        number("lower_case_table_names", 2).readOnly(),
        number("max_allowed_packet", 67_108_864),
        number("max_connect_errors", 100),
        number("max_connections", 1_000),
        number("max_error_count", 64),
        number("max_execution_time", 0),
        number("max_heap_table_size", 16_777_216),
        number("max_join_size", Long.MAX_VALUE),
        number("max_sort_length", 1_024),
        number("max_user_connections", 0),
        number("net_buffer_length", 16_384),
        number("net_read_timeout", 30),
        number("net_retry_count", 10),
        number("net_write_timeout", 60),
        number("optimizer_search_depth", 62),
        text("optimizer_switch", ""),
        off("performance_schema").readOnly(),
        text("pid_file", "").readOnly(),
        number("port", 4002).readOnly(),
        off("profiling"),
        number("profiling_history_size", 15),
        number("protocol_version", 10).readOnly(),
        number("read_buffer_size", 131_072),
        off("read_only").readOnly(),
        number("read_rnd_buffer_size", 262_144),
        off("require_secure_transport").readOnly(),
        text("secure_file_priv", "").readOnly(),
        number("server_id", 1).readOnly(),
        off("session_track_gtids"),
        on("session_track_schema"),
        off("session_track_state_change"),
        text("session_track_system_variables", ""),
        text("session_track_transaction_info", "OFF"),
        off("slow_query_log"),
        text("socket", "").readOnly(),
        number("sort_buffer_size", 262_144),
        off("sql_auto_is_null"),
        on("sql_big_selects"),
        off("sql_buffer_result"),
        off("sql_log_bin"),
        of(Kind.SQL_MODE, "sql_mode", sqlMode),
        on("sql_notes"),
        on("sql_quote_show_create"),
        off("sql_require_primary_key"),
        off("sql_safe_updates"),
        number("sql_select_limit", -1),
        off("sql_warnings"),
        text("ssl_ca", "").readOnly(),
        off("super_read_only").readOnly(),
        text("system_time_zone", "UTC").readOnly(),
        text("thread_handling", "one-thread-per-connection").readOnly(),
        of(Kind.TIME_ZONE, "time_zone", "SYSTEM"),
        text("tls_version", "").readOnly(),
        number("tmp_table_size", 16_777_216),
        text("tmpdir", "").readOnly(),
        of(Kind.ISOLATION, "transaction_isolation", "READ-COMMITTED"),
        off("transaction_read_only"),
        of(Kind.ISOLATION, "tx_isolation", "READ-COMMITTED"),
        off("tx_read_only"),
        on("unique_checks"),
        text("version", version).readOnly(),
        text("version_comment", "Terrane").readOnly(),
        text("version_compile_machine", "any").readOnly(),
        text("version_compile_os", "any").readOnly(),
        number("wait_timeout", 28_800));
  }
}
