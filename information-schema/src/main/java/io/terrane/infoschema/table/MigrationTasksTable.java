package io.terrane.infoschema.table;

import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationTask;
import io.terrane.infoschema.ClusterReports;
import io.terrane.infoschema.SystemTable;

/**
 * {@code migration_tasks}: datanodes that are drained and tables that go elsewhere, with what is
 * left and what holds it up. A table's line goes when all its regions have arrived; a datanode's
 * stays, with nothing left, until it may hold regions again.
 */
public final class MigrationTasksTable {

  private MigrationTasksTable() {}

  public static SystemTable<?> create(ClusterReports reports) {
    return SystemTable.<MigrationTask>named(51, "migration_tasks")
        .text("reason", task -> task.reason().name())
        .text("subject", MigrationTask::subject)
        .uint64("to_peer", task -> task.to().map(NodeId::value).orElse(null))
        .text("status", MigrationTasksTable::status)
        .int64("regions_left", task -> (long) task.regionsLeft())
        .int64("regions_moving", task -> (long) task.regionsMoving())
        .text("blocked_by", task -> task.blockedBy().orElse(null))
        .rows(context -> reports.cluster().tasks());
  }

  private static String status(MigrationTask task) {
    if (task.regionsLeft() == 0) {
      return "DONE";
    }
    return task.blockedBy().isPresent() ? "BLOCKED" : "RUNNING";
  }
}
