package io.terrane.api.procedure;

import io.terrane.api.node.NodeId;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.PartitionRule;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.TableSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What can be asked of the metasrv. Arguments are checked before a procedure starts. */
public sealed interface ProcedureRequest {
  /** Fails with DATABASE_EXISTS unless {@code ifNotExists}. */
  record CreateDatabase(String name, Map<String, String> options, boolean ifNotExists)
      implements ProcedureRequest {}

  /**
   * Sets and removes options of a database; its tables are altered one by one. Fails with
   * DATABASE_NOT_FOUND.
   *
   * @param unset keys of options to remove; those that are not there are no matter
   */
  record AlterDatabase(String name, Map<String, String> set, List<String> unset)
      implements ProcedureRequest {}

  /** Drops the database and its tables. Fails with DATABASE_NOT_FOUND unless {@code ifExists}. */
  record DropDatabase(String name, boolean ifExists) implements ProcedureRequest {}

  /**
   * Fails with TABLE_EXISTS (a view of that name counts) unless {@code ifNotExists}, and with
   * DATABASE_NOT_FOUND.
   */
  record CreateTable(
      TableName name,
      TableSchema schema,
      PartitionRule partitionRule,
      String engine,
      Map<String, String> options,
      String comment,
      boolean ifNotExists)
      implements ProcedureRequest {}

  /**
   * Puts {@code altered} in the place of the table of the same id: schema, options, comment or
   * name. Fails with CONFLICT if the table's schema version is not {@code baseVersion} any more,
   * with TABLE_NOT_FOUND, and with TABLE_EXISTS if the new name is taken.
   *
   * @param altered under the schema version after {@code baseVersion}
   */
  record AlterTable(int baseVersion, TableInfo altered) implements ProcedureRequest {}

  /** Fails with UNKNOWN_TABLE_TO_DROP unless {@code ifExists}. */
  record DropTable(TableName name, boolean ifExists) implements ProcedureRequest {}

  /** Deletes every row of a table. Fails with TABLE_NOT_FOUND. */
  record TruncateTable(TableName name) implements ProcedureRequest {}

  /** Fails with TABLE_EXISTS if the name is taken and may not be replaced. */
  record CreateView(
      TableName name,
      String definition,
      String database,
      List<String> columns,
      boolean orReplace,
      boolean ifNotExists)
      implements ProcedureRequest {}

  /** Fails with UNKNOWN_TABLE_TO_DROP unless {@code ifExists}. */
  record DropView(TableName name, boolean ifExists) implements ProcedureRequest {}

  /**
   * Moves a region. A leader that is dead is no obstacle: its lease is waited out.
   *
   * @param replayTimeout how long the new leader may take to replay
   * @param askedBy {@code user@host}, or {@code metasrv}
   */
  record MigrateRegion(
      RegionId region,
      NodeId from,
      NodeId to,
      Duration replayTimeout,
      MigrationReason reason,
      String askedBy,
      MigrationOptions options)
      implements ProcedureRequest {
    /** Without options. */
    public MigrateRegion(
        RegionId region,
        NodeId from,
        NodeId to,
        Duration replayTimeout,
        MigrationReason reason,
        String askedBy) {
      this(region, from, to, replayTimeout, reason, askedBy, MigrationOptions.DEFAULT);
    }

    /** By hand, by somebody who is not named. */
    public MigrateRegion(RegionId region, NodeId from, NodeId to, Duration replayTimeout) {
      this(region, from, to, replayTimeout, MigrationReason.MANUAL, "");
    }
  }

  /** Switches maintenance mode, in which no region is moved off a datanode because it is silent. */
  record SetMaintenanceMode(boolean on) implements ProcedureRequest {}

  /** Empties a datanode and keeps it empty, or ends that. Fails with NODE_NOT_FOUND. */
  record SetDrained(NodeId node, boolean drained) implements ProcedureRequest {}

  /**
   * How many regions the metasrv moves at once of its own; by hand any number may.
   *
   * @param regionsAtOnce 1 to {@link #REGIONS_AT_ONCE_MAX}
   * @param replayBytesPerSecond what the targets on one datanode may read of the log until they
   *     take over, in moves that begin from then on, asked for by hand or not; 0: any
   */
  record SetMigrationLimit(int regionsAtOnce, long replayBytesPerSecond)
      implements ProcedureRequest {
    public static final int REGIONS_AT_ONCE_MAX = 100;
  }

  /**
   * Moves every region of a table to one datanode, some at a time; replaces an earlier wish. Fails
   * with TABLE_NOT_FOUND, NODE_NOT_FOUND, NODE_NOT_ALIVE.
   */
  record MigrateTable(TableName table, NodeId to) implements ProcedureRequest {}
}
