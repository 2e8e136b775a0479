package io.terrane.infoschema.table;

import io.terrane.infoschema.SystemTable;
import java.util.List;

/**
 * Tables that exist because clients ask for them by name, and never have a row: what they would
 * list does not exist here. Numbers up to 45 are GreptimeDB's, MySQL's others count from 100.
 */
public final class EmptyTables {

  private EmptyTables() {}

  public static List<SystemTable<?>> all() {
    return List.of(
        columnPrivileges(),
        columnStatistics(),
        checkConstraints(),
        events(),
        files(),
        optimizerTrace(),
        parameters(),
        profiling(),
        referentialConstraints(),
        routines(),
        schemaPrivileges(),
        tablePrivileges(),
        triggers(),
        userPrivileges(),
        tablespaces());
  }

  private static SystemTable<?> columnPrivileges() {
    return SystemTable.named(6, "column_privileges")
        .text("grantee")
        .text("table_catalog")
        .text("table_schema")
        .text("table_name")
        .text("column_name")
        .text("privilege_type")
        .text("is_grantable")
        .empty();
  }

  private static SystemTable<?> columnStatistics() {
    return SystemTable.named(7, "column_statistics")
        .text("schema_name")
        .text("table_name")
        .text("column_name")
        .text("histogram")
        .empty();
  }

  private static SystemTable<?> checkConstraints() {
    return SystemTable.named(12, "check_constraints")
        .text("constraint_catalog")
        .text("constraint_schema")
        .text("constraint_name")
        .text("check_clause")
        .empty();
  }

  private static SystemTable<?> events() {
    return SystemTable.named(13, "events")
        .text("event_catalog")
        .text("event_schema")
        .text("event_name")
        .text("definer")
        .text("time_zone")
        .text("event_body")
        .text("event_definition")
        .text("event_type")
        .seconds("execute_at")
        .int64("interval_value")
        .text("interval_field")
        .text("sql_mode")
        .seconds("starts")
        .seconds("ends")
        .text("status")
        .text("on_completion")
        .seconds("created")
        .seconds("last_altered")
        .seconds("last_executed")
        .text("event_comment")
        .int64("originator")
        .text("character_set_client")
        .text("collation_connection")
        .text("database_collation")
        .empty();
  }

  private static SystemTable<?> files() {
    return SystemTable.named(14, "files")
        .int64("file_id")
        .text("file_name")
        .text("file_type")
        .text("tablespace_name")
        .text("table_catalog")
        .text("table_schema")
        .text("table_name")
        .text("logfile_group_name")
        .int64("logfile_group_number")
        .text("engine")
        .text("fulltext_keys")
        .int64("deleted_rows")
        .int64("update_count")
        .int64("free_extents")
        .int64("total_extents")
        .int64("extent_size")
        .int64("initial_size")
        .int64("maximum_size")
        .int64("autoextend_size")
        .seconds("creation_time")
        .seconds("last_update_time")
        .seconds("last_access_time")
        .seconds("recover_time")
        .int64("transaction_counter")
        .text("version")
        .text("row_format")
        .int64("table_rows")
        .int64("avg_row_length")
        .int64("data_length")
        .int64("max_data_length")
        .int64("index_length")
        .int64("data_free")
        .seconds("create_time")
        .seconds("update_time")
        .seconds("check_time")
        .text("checksum")
        .text("status")
        .text("extra")
        .empty();
  }

  private static SystemTable<?> optimizerTrace() {
    return SystemTable.named(17, "optimizer_trace")
        .text("query")
        .text("trace")
        .int64("missing_bytes_beyond_max_mem_size")
        .int64("insufficient_privileges")
        .empty();
  }

  private static SystemTable<?> parameters() {
    return SystemTable.named(18, "parameters")
        .text("specific_catalog")
        .text("specific_schema")
        .text("specific_name")
        .int64("ordinal_position")
        .text("parameter_mode")
        .text("parameter_name")
        .text("data_type")
        .int64("character_maximum_length")
        .int64("character_octet_length")
        .int64("numeric_precision")
        .int64("numeric_scale")
        .int64("datetime_precision")
        .text("character_set_name")
        .text("collation_name")
        .text("dtd_identifier")
        .text("routine_type")
        .empty();
  }

  private static SystemTable<?> profiling() {
    return SystemTable.named(19, "profiling")
        .int64("query_id")
        .int64("seq")
        .text("state")
        .int64("duration")
        .int64("cpu_user")
        .int64("cpu_system")
        .int64("context_voluntary")
        .int64("context_involuntary")
        .int64("block_ops_in")
        .int64("block_ops_out")
        .int64("messages_sent")
        .int64("messages_received")
        .int64("page_faults_major")
        .int64("page_faults_minor")
        .int64("swaps")
        .text("source_function")
        .text("source_file")
        .int64("source_line")
        .empty();
  }

  private static SystemTable<?> referentialConstraints() {
    return SystemTable.named(20, "referential_constraints")
        .text("constraint_catalog")
        .text("constraint_schema")
        .text("constraint_name")
        .text("unique_constraint_catalog")
        .text("unique_constraint_schema")
        .text("unique_constraint_name")
        .text("match_option")
        .text("update_rule")
        .text("delete_rule")
        .text("table_name")
        .text("referenced_table_name")
        .empty();
  }

  private static SystemTable<?> routines() {
    return SystemTable.named(21, "routines")
        .text("specific_name")
        .text("routine_catalog")
        .text("routine_schema")
        .text("routine_name")
        .text("routine_type")
        .text("data_type")
        .int64("character_maximum_length")
        .int64("character_octet_length")
        .int64("numeric_precision")
        .int64("numeric_scale")
        .int64("datetime_precision")
        .text("character_set_name")
        .text("collation_name")
        .text("dtd_identifier")
        .text("routine_body")
        .text("routine_definition")
        .text("external_name")
        .text("external_language")
        .text("parameter_style")
        .text("is_deterministic")
        .text("sql_data_access")
        .text("sql_path")
        .text("security_type")
        .seconds("created")
        .seconds("last_altered")
        .text("sql_mode")
        .text("routine_comment")
        .text("definer")
        .text("character_set_client")
        .text("collation_connection")
        .text("database_collation")
        .empty();
  }

  private static SystemTable<?> schemaPrivileges() {
    return SystemTable.named(22, "schema_privileges")
        .text("grantee")
        .text("table_catalog")
        .text("table_schema")
        .text("privilege_type")
        .text("is_grantable")
        .empty();
  }

  private static SystemTable<?> tablePrivileges() {
    return SystemTable.named(23, "table_privileges")
        .text("grantee")
        .text("table_catalog")
        .text("table_schema")
        .text("table_name")
        .text("privilege_type")
        .text("is_grantable")
        .empty();
  }

  private static SystemTable<?> triggers() {
    return SystemTable.named(24, "triggers")
        .text("trigger_catalog")
        .text("trigger_schema")
        .text("trigger_name")
        .text("event_manipulation")
        .text("event_object_catalog")
        .text("event_object_schema")
        .text("event_object_table")
        .int64("action_order")
        .text("action_condition")
        .text("action_statement")
        .text("action_orientation")
        .text("action_timing")
        .text("action_reference_old_table")
        .text("action_reference_new_table")
        .text("action_reference_old_row")
        .text("action_reference_new_row")
        .seconds("created")
        .text("sql_mode")
        .text("definer")
        .text("character_set_client")
        .text("collation_connection")
        .text("database_collation")
        .empty();
  }

  private static SystemTable<?> userPrivileges() {
    return SystemTable.named(101, "user_privileges")
        .text("grantee")
        .text("table_catalog")
        .text("privilege_type")
        .text("is_grantable")
        .empty();
  }

  private static SystemTable<?> tablespaces() {
    return SystemTable.named(104, "tablespaces")
        .text("tablespace_name")
        .text("engine")
        .text("tablespace_type")
        .text("logfile_group_name")
        .uint64("extent_size")
        .uint64("autoextend_size")
        .uint64("maximum_size")
        .uint64("nodegroup_id")
        .text("tablespace_comment")
        .empty();
  }
}
