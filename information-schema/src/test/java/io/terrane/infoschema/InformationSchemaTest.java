package io.terrane.infoschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.VirtualTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InformationSchemaTest {

  private final InformationSchemaFixture fixture = new InformationSchemaFixture();
  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void everythingIsReleased() {
    allocator.close();
  }

  @Test
  void aPartitionPerRegionWithItsBoundAndReportedSizes() {
    assertThat(
            select(
                "partitions",
                "table_schema",
                "table_name",
                "partition_name",
                "partition_ordinal_position",
                "partition_method",
                "partition_expression",
                "partition_description",
                "table_rows",
                "avg_row_length",
                "data_length",
                "greptime_partition_id"))
        .containsExactly(
            tuple(
                "public",
                "readings",
                "p0",
                "1",
                "RANGE",
                "host",
                "host < 'm'",
                "10",
                "100",
                "1000",
                "4398046511104"),
            tuple(
                "public",
                "readings",
                "p1",
                "2",
                "RANGE",
                "host",
                "host >= 'm'",
                null,
                null,
                null,
                "4398046511105"),
            tuple(
                "shop",
                "orders",
                "p0",
                "1",
                "RANGE",
                null,
                null,
                null,
                null,
                null,
                "4402341478400"));
  }

  @Test
  void peersAreTheRoutesLeaders() {
    assertThat(
            select(
                "region_peers",
                "region_id",
                "peer_id",
                "peer_addr",
                "is_leader",
                "status",
                "down_seconds"))
        .containsExactly(
            tuple("4398046511104", "1", "host1:3001", "Yes", "ALIVE", null),
            tuple("4398046511105", "2", "host2:3001", "Yes", "DOWNGRADING", "42"),
            tuple("4402341478400", "2", "host2:3001", "Yes", "DOWN", "1"));
  }

  @Test
  void statisticsAreWhatEachNodeReported() {
    assertThat(
            select(
                "region_statistics",
                "region_id",
                "table_id",
                "region_number",
                "region_rows",
                "written_bytes_since_open",
                "disk_size",
                "memtable_size",
                "manifest_size",
                "sst_size",
                "sst_num",
                "region_role",
                "node_id"))
        .containsExactly(
            tuple(
                "4398046511104",
                "1024",
                "0",
                "10",
                "5000",
                "930",
                "100",
                "30",
                "900",
                "2",
                "Leader",
                "1"),
            tuple(
                "4398046511104",
                "1024",
                "0",
                "10",
                "5000",
                "930",
                "100",
                "30",
                "900",
                "2",
                "Follower",
                "2"));
  }

  @Test
  void regionInfoTellsRoleAndSequences() {
    assertThat(
            select(
                "region_info",
                "region_id",
                "state",
                "role",
                "writable",
                "committed_sequence",
                "flushed_sequence",
                "manifest_version",
                "region_options",
                "node_id"))
        .containsExactly(
            tuple(
                "4398046511104",
                "Writable",
                "Leader(Writable)",
                "true",
                "12",
                "11",
                "4",
                "append_mode=false",
                "1"),
            tuple(
                "4398046511104",
                "Following",
                "Follower",
                "false",
                "12",
                "11",
                "4",
                "append_mode=false",
                "2"));
  }

  @Test
  void clusterListsNodesByRoleAndId() {
    assertThat(
            select(
                "cluster_info",
                "peer_id",
                "peer_type",
                "peer_addr",
                "total_cpu_millicores",
                "total_memory_bytes",
                "start_time",
                "uptime",
                "active_time",
                "node_status"))
        .containsExactly(
            tuple(
                "-1",
                "METASRV",
                "host0:3001",
                "2000",
                "1073741824",
                "2026-03-01T10:00",
                "1days 2h",
                "1s 500ms",
                "{\"alive\":true}"),
            tuple(
                "1",
                "DATANODE",
                "host1:3001",
                "2000",
                "1073741824",
                "2026-03-01T10:00",
                "1days 2h",
                "1s 500ms",
                "{\"alive\":true,\"leader_regions\":1,\"follower_regions\":0}"),
            tuple(
                "2",
                "DATANODE",
                "host2:3001",
                "2000",
                "1073741824",
                "2026-03-01T10:00",
                "1days 2h",
                "1s 500ms",
                "{\"alive\":false,\"leader_regions\":1,\"follower_regions\":0}"),
            tuple(
                "-1",
                "FRONTEND",
                "host0:3001",
                "2000",
                "1073741824",
                "2026-03-01T10:00",
                "1days 2h",
                "1s 500ms",
                "{\"alive\":true}"));
  }

  @Test
  void migrationsTellWhoAskedStepTimesPositionsAndStall() {
    assertThat(
            select(
                "region_migrations",
                "table_name",
                "from_peer",
                "to_peer",
                "reason",
                "asked_by",
                "total_ms",
                "step_ms",
                "wal_target_position",
                "wal_end_position",
                "eta_ms",
                "retries",
                "last_error",
                "write_stall_ms"))
        .containsExactly(
            tuple(
                "readings",
                "1",
                "2",
                "MANUAL",
                "root@localhost",
                "3000",
                "{\"OpenCandidate\":1000,\"CatchUp\":2000}",
                "12",
                "10",
                "80",
                "0",
                null,
                "31"),
            tuple(
                "readings",
                "1",
                "2",
                "FAILOVER",
                null,
                "3000",
                "{\"OpenCandidate\":1000,\"CatchUp\":2000}",
                null,
                null,
                null,
                "2",
                "replay took too long",
                null));
  }

  @Test
  void tasksTellWhatIsLeftAndWhatHoldsThemUp() {
    assertThat(
            select(
                "migration_tasks",
                "reason",
                "subject",
                "to_peer",
                "status",
                "regions_left",
                "regions_moving",
                "blocked_by"))
        .containsExactly(
            tuple("DRAIN", "2", null, "BLOCKED", "1", "0", "no room"),
            tuple("TABLE", "public.readings", "1", "RUNNING", "1", "1", null));
  }

  @Test
  void amplificationIsPerRegion() {
    assertThat(select("region_statistics", "stored_rows", "write_amplification"))
        .contains(tuple("20", "3.0"));
    assertThat(select("region_statistics", "space_amplification")).contains(tuple("2.0"));
  }

  @Test
  void filesAreThoseOfTheManifestsAndThoseOfTheBucket() {
    assertThat(select("ssts_manifest", "region_id", "file_path", "file_size", "num_rows", "level"))
        .hasSize(3)
        .contains(tuple("4398046511104", "regions/1024/0/data/e1-m2-0.arrow", "90", "10", "0"));
    assertThat(select("ssts_storage", "file_path", "file_size", "node_id"))
        .hasSize(6)
        .contains(
            tuple("regions/1024/0/data/e1-m1-0.arrow", "80", "1"),
            tuple("regions/1024/0/data/e1-m2-0.arrow", "90", "1"));
    assertThat(scan("ssts_index_meta")).isEmpty();
  }

  @Test
  void leasesTellHowLongTheyRun() {
    assertThat(select("region_leases", "peer_id", "epoch", "remaining_ms", "status"))
        .containsExactly(tuple("1", "1", "3500", "HELD"), tuple("2", "1", "0", "EXPIRED"));
  }

  @Test
  void proceduresTellStatusAndError() {
    assertThat(
            select(
                "procedure_info",
                "procedure_id",
                "procedure_type",
                "end_time",
                "status",
                "lock_keys",
                "step",
                "error"))
        .containsExactly(
            tuple(
                "00000000-0000-0000-0000-000000000001",
                "metasrv-procedure::RegionMigration",
                "2026-03-01T10:00:03",
                "Done",
                "table:1024:read,region:4398046511104:write",
                "CloseOldLeader",
                null),
            tuple(
                "00000000-0000-0000-0000-000000000002",
                "metasrv-procedure::RegionMigration",
                "2026-03-01T10:00:03",
                "Failed",
                "table:1024:read,region:4398046511104:write",
                "Restore",
                "replay took too long"));
  }

  @Test
  void tablesListUserTablesViewsAndTheSystemTables() {
    List<Tuple> rows =
        select(
            "tables",
            "table_schema",
            "table_name",
            "table_type",
            "table_id",
            "engine",
            "table_rows",
            "data_length",
            "create_time",
            "create_options",
            "table_comment");
    assertThat(rows)
        .contains(
            tuple(
                "public",
                "readings",
                "BASE TABLE",
                "1024",
                "mito",
                "10",
                "1000",
                "2026-03-01T10:00",
                "append_mode=false",
                "sensors"),
            tuple(
                "shop",
                "orders",
                "BASE TABLE",
                "1025",
                "mito",
                null,
                null,
                "2026-03-01T10:00",
                "",
                ""),
            tuple(
                "shop",
                "big_orders",
                "VIEW",
                "1026",
                null,
                null,
                null,
                "2026-03-01T10:00",
                null,
                "VIEW"),
            tuple(
                "information_schema",
                "region_peers",
                "SYSTEM VIEW",
                "29",
                "MEMORY",
                "0",
                "0",
                "2026-03-02T12:30",
                "",
                ""));
    assertThat(rows).hasSize(fixture.schema.tables().size() + 3);
  }

  @Test
  void columnsSpellTypesAsMySqlAndAsGreptimeDbDo() {
    assertThat(
            select(
                    "columns",
                    "table_schema",
                    "column_name",
                    "ordinal_position",
                    "data_type",
                    "column_type",
                    "greptime_data_type",
                    "semantic_type",
                    "column_key",
                    "is_nullable",
                    "column_default",
                    "column_comment")
                .stream()
                .filter(row -> !row.toList().get(0).equals("information_schema")))
        .containsExactly(
            tuple(
                "public", "host", "1", "text", "text", "String", "TAG", "PRI", "NO", null, "where"),
            tuple(
                "public",
                "ts",
                "2",
                "timestamp",
                "timestamp(3)",
                "TimestampMillisecond",
                "TIMESTAMP",
                "TIME INDEX",
                "NO",
                "current_timestamp()",
                ""),
            tuple(
                "public", "val", "3", "double", "double", "Float64", "FIELD", "", "YES", "1.5", ""),
            tuple(
                "shop",
                "id",
                "1",
                "bigint",
                "bigint unsigned",
                "UInt64",
                "TAG",
                "PRI",
                "NO",
                null,
                ""),
            tuple(
                "shop",
                "total",
                "2",
                "decimal",
                "decimal(20,6)",
                "Decimal(20, 6)",
                "FIELD",
                "",
                "YES",
                null,
                ""),
            tuple(
                "shop",
                "paid",
                "3",
                "tinyint",
                "tinyint(1)",
                "Boolean",
                "FIELD",
                "",
                "YES",
                null,
                ""));
  }

  @Test
  void columnsOfEverySystemTableAreListed() {
    int expected = fixture.schema.tables().stream().mapToInt(table -> table.columns().size()).sum();
    assertThat(select("columns", "table_schema")).hasSize(expected + 6);
  }

  @Test
  void schemataIncludeTheSystemOne() {
    assertThat(
            select(
                "schemata",
                "catalog_name",
                "schema_name",
                "default_character_set_name",
                "default_collation_name",
                "options"))
        .containsExactly(
            tuple("greptime", "information_schema", "utf8mb4", "utf8mb4_bin", ""),
            tuple("greptime", "public", "utf8mb4", "utf8mb4_bin", ""),
            tuple("greptime", "shop", "utf8mb4", "utf8mb4_bin", "ttl=7days"));
  }

  @Test
  void keysAreThePrimaryKeyAndTheTimeIndex() {
    assertThat(
            select(
                "key_column_usage",
                "constraint_name",
                "table_schema",
                "table_name",
                "column_name",
                "ordinal_position",
                "referenced_table_name"))
        .containsExactly(
            tuple("PRIMARY", "public", "readings", "host", "1", null),
            tuple("TIME INDEX", "public", "readings", "ts", "1", null),
            tuple("PRIMARY", "shop", "orders", "id", "1", null));
    assertThat(
            select(
                "table_constraints",
                "constraint_name",
                "table_name",
                "constraint_type",
                "enforced"))
        .containsExactly(
            tuple("PRIMARY", "readings", "PRIMARY KEY", "YES"),
            tuple("TIME INDEX", "readings", "TIME INDEX", "YES"),
            tuple("PRIMARY", "orders", "PRIMARY KEY", "YES"));
  }

  @Test
  void aPrimaryKeyBesideATimeIndexIsNotUniqueAlone() {
    assertThat(
            select(
                "statistics",
                "table_name",
                "index_name",
                "seq_in_index",
                "column_name",
                "non_unique"))
        .containsExactly(
            tuple("readings", "PRIMARY", "1", "host", "1"),
            tuple("readings", "TIME INDEX", "1", "ts", "1"),
            tuple("orders", "PRIMARY", "1", "id", "0"));
  }

  @Test
  void theSmallOnes() {
    assertThat(select("engines", "engine", "support", "transactions"))
        .containsExactly(tuple("mito", "DEFAULT", "NO"), tuple("MEMORY", "YES", "NO"));
    assertThat(
            select(
                "build_info",
                "git_branch",
                "git_commit",
                "git_commit_short",
                "git_clean",
                "pkg_version"))
        .containsExactly(tuple("main", "0123456789abcdef", "01234567", "true", "0.1.0"));
    assertThat(select("character_sets", "character_set_name", "default_collate_name", "maxlen"))
        .containsExactly(tuple("utf8mb4", "utf8mb4_bin", "4"));
    assertThat(select("collations", "collation_name", "character_set_name", "id", "is_default"))
        .containsExactly(tuple("utf8mb4_bin", "utf8mb4", "46", "Yes"));
    assertThat(
            select("collation_character_set_applicability", "collation_name", "character_set_name"))
        .containsExactly(tuple("utf8mb4_bin", "utf8mb4"));
    assertThat(select("views", "table_schema", "table_name", "view_definition", "is_updatable"))
        .containsExactly(
            tuple("shop", "big_orders", "SELECT * FROM orders WHERE total > 10", "NO"));
  }

  @Test
  void withoutTheMetasrvSizesAreNullAndItsOwnTablesFail() {
    fixture.metasrvReachable = false;
    assertThat(select("region_peers", "region_id", "peer_id", "peer_addr"))
        .contains(tuple("4398046511104", "1", null));
    assertThat(select("partitions", "table_rows")).containsOnly(tuple((Object) null));
    assertThat(select("tables", "table_name", "table_rows")).contains(tuple("readings", null));
    for (String table :
        List.of("cluster_info", "region_statistics", "region_info", "procedure_info")) {
      assertThatThrownBy(() -> scan(table))
          .isInstanceOfSatisfying(
              TerraneException.class,
              error -> assertThat(error.code()).isEqualTo(ErrorCode.NODE_UNREACHABLE));
    }
  }

  @Test
  void everyTableScansUnderItsDeclaredColumns() {
    Set<String> names = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (VirtualTable table : fixture.schema.tables()) {
      assertThat(names.add(table.name().table())).as(table.name().toString()).isTrue();
      assertThat(ids.add(((SystemTable<?>) table).id())).as(table.name().toString()).isTrue();
      List<String> columns = table.columns().stream().map(ColumnSchema::name).toList();
      assertThat(columns)
          .doesNotHaveDuplicates()
          .allMatch(column -> column.equals(column.toLowerCase(Locale.ROOT)));
      try (BatchStream stream = table.scan(context(), allocator)) {
        assertThat(stream.schema().getFields().stream().map(field -> field.getName()).toList())
            .isEqualTo(columns);
        while (stream.advance(
            batch ->
                assertThat(batch.getFieldVectors())
                    .allMatch(vector -> vector.getValueCount() == batch.getRowCount()))) {
          // each batch is checked above
        }
      }
    }
  }

  @Test
  void sessionsAreTheFrontendsOwn() {
    assertThat(
            select("processlist", "id", "user", "host", "db", "command", "time", "state", "info"))
        .containsExactly(
            tuple("7", "root", "localhost", "public", "Query", "3", "executing", "SELECT 1"),
            tuple("9", "bi", "10.0.0.1", null, "Sleep", "60", "", null));
    assertThat(
            select(
                "process_list",
                "id",
                "catalog",
                "schemas",
                "query",
                "client",
                "start_timestamp",
                "elapsed_time"))
        .containsExactly(
            tuple(
                "7",
                "greptime",
                "public",
                "SELECT 1",
                "root@localhost",
                "2026-03-02T12:29:57",
                "3000"));
  }

  @Test
  void variablesAndCountersAreTheFrontendsOwn() {
    assertThat(select("global_status", "variable_name", "variable_value"))
        .containsExactly(tuple("Uptime", "5"));
    assertThat(select("session_variables", "variable_name", "variable_value"))
        .containsExactly(tuple("time_zone", "+01:00"));
    assertThat(select("global_variables", "variable_name", "variable_value"))
        .containsExactly(tuple("time_zone", "SYSTEM"));
  }

  @Test
  void viewsHaveColumns() {
    fixture.viewsReadable = true;
    assertThat(
            scan("columns").stream()
                .filter(row -> row.get("table_name").equals("big_orders"))
                .map(row -> tuple(row.get("column_name"), row.get("data_type")))
                .toList())
        .containsExactly(tuple("total", "double"));
  }

  @Test
  void keywordsAreReservedWords() {
    assertThat(select("keywords", "word", "reserved"))
        .contains(tuple("SELECT", "1"), tuple("ZEROFILL", "1"))
        .doesNotContain(tuple("VIEW", "1"));
  }

  private VirtualTable.ScanContext context() {
    return new VirtualTable.ScanContext(fixture.catalog, "public", fixture.frontend);
  }

  private List<Tuple> select(String table, String... columns) {
    return scan(table).stream()
        .map(
            row -> {
              assertThat(row).containsKeys(columns);
              return new Tuple(List.of(columns).stream().map(row::get).toArray());
            })
        .toList();
  }

  private List<Map<String, String>> scan(String name) {
    VirtualTable table =
        fixture.schema.tables().stream()
            .filter(candidate -> candidate.name().table().equals(name))
            .findFirst()
            .orElseThrow();
    List<Map<String, String>> rows = new ArrayList<>();
    try (BatchStream stream = table.scan(context(), allocator)) {
      while (stream.advance(batch -> read(batch, rows))) {
        // rows are collected by the sink
      }
    }
    return rows;
  }

  private static void read(VectorSchemaRoot batch, List<Map<String, String>> rows) {
    for (int i = 0; i < batch.getRowCount(); i++) {
      Map<String, String> row = new LinkedHashMap<>();
      for (FieldVector vector : batch.getFieldVectors()) {
        Object value = vector.getObject(i);
        row.put(vector.getName(), value == null ? null : value.toString());
      }
      rows.add(row);
    }
  }
}
