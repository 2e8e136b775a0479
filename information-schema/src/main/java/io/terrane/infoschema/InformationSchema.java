package io.terrane.infoschema;

import io.terrane.api.service.Datanodes;
import io.terrane.api.service.MembershipService;
import io.terrane.api.service.ProcedureService;
import io.terrane.api.table.VirtualTable;
import io.terrane.infoschema.table.BuildInfoTable;
import io.terrane.infoschema.table.CharacterSetsTable;
import io.terrane.infoschema.table.ClusterInfoTable;
import io.terrane.infoschema.table.CollationApplicabilityTable;
import io.terrane.infoschema.table.CollationsTable;
import io.terrane.infoschema.table.ColumnsTable;
import io.terrane.infoschema.table.EmptyTables;
import io.terrane.infoschema.table.EnginesTable;
import io.terrane.infoschema.table.FileTables;
import io.terrane.infoschema.table.KeyColumnUsageTable;
import io.terrane.infoschema.table.KeywordsTable;
import io.terrane.infoschema.table.MigrationTasksTable;
import io.terrane.infoschema.table.PartitionsTable;
import io.terrane.infoschema.table.PluginsTable;
import io.terrane.infoschema.table.ProcedureInfoTable;
import io.terrane.infoschema.table.ProcessListTable;
import io.terrane.infoschema.table.RegionInfoTable;
import io.terrane.infoschema.table.RegionLeasesTable;
import io.terrane.infoschema.table.RegionMigrationsTable;
import io.terrane.infoschema.table.RegionPeersTable;
import io.terrane.infoschema.table.RegionStatisticsTable;
import io.terrane.infoschema.table.SchemataTable;
import io.terrane.infoschema.table.StatisticsTable;
import io.terrane.infoschema.table.TableConstraintsTable;
import io.terrane.infoschema.table.TablesTable;
import io.terrane.infoschema.table.VariableTables;
import io.terrane.infoschema.table.ViewsTable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * All system tables of a frontend. Schemas and routes come from the statement's own snapshot, so
 * that a join with a user table sees one state; nodes, statistics and procedures from the metasrv.
 *
 * <p>Columns: GreptimeDB's, in its order, then those that MySQL 8.4's tables have beyond
 * (https://dev.mysql.com/doc/refman/8.4/en/information-schema.html) where clients ask for them.
 * Immutable and thread-safe.
 */
public final class InformationSchema {

  private static final Duration METASRV_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration DATANODE_TIMEOUT = Duration.ofSeconds(10);

  private final List<SystemTable<?>> tables;

  /**
   * @param datanodes asked for the files of their regions
   * @param clock for uptimes and how long a leader is down
   */
  public InformationSchema(
      ProcedureService procedures,
      MembershipService membership,
      Datanodes datanodes,
      BuildInfo build,
      InstantSource clock) {
    ClusterReports reports = new ClusterReports(membership, procedures, METASRV_TIMEOUT);
    List<SystemTable<?>> all = new ArrayList<>();
    all.add(TablesTable.create(this::systemTables, reports, clock.instant()));
    all.add(ColumnsTable.create(this::systemTables));
    all.add(EnginesTable.create());
    all.add(BuildInfoTable.create(build));
    all.add(CharacterSetsTable.create());
    all.add(CollationsTable.create());
    all.add(CollationApplicabilityTable.create());
    all.add(SchemataTable.create());
    all.add(KeyColumnUsageTable.create());
    all.add(PartitionsTable.create(reports));
    all.add(RegionPeersTable.create(reports, clock));
    all.add(TableConstraintsTable.create());
    all.add(ClusterInfoTable.create(reports, clock));
    all.add(ViewsTable.create());
    all.add(ProcedureInfoTable.create(reports));
    all.add(RegionMigrationsTable.create(reports, clock));
    all.add(MigrationTasksTable.create(reports));
    all.add(RegionLeasesTable.create(reports));
    all.add(RegionStatisticsTable.create(reports));
    all.add(RegionInfoTable.create(reports));
    all.add(StatisticsTable.create());
    all.add(ProcessListTable.running(clock));
    all.add(ProcessListTable.all());
    all.add(PluginsTable.create());
    all.add(KeywordsTable.create());
    all.addAll(FileTables.all(new FileReports(datanodes, DATANODE_TIMEOUT)));
    all.addAll(VariableTables.all());
    all.addAll(EmptyTables.all());
    this.tables = List.copyOf(all);
  }

  /** Every table, in no particular order. */
  public List<VirtualTable> tables() {
    return List.copyOf(tables);
  }

  private List<SystemTable<?>> systemTables() {
    return tables;
  }
}
