package io.terrane.query.function.admin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.service.CatalogService;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import java.util.List;

/**
 * {@code migrate_table(table, to_peer)}: all regions of the table go to one datanode, some at a
 * time. Answers how many are to move; {@code migration_tasks} tells how far it is.
 */
final class MigrateTableFunction extends AdminFunction {
  private final CatalogService catalog;
  private final ProcedureCalls procedures;

  MigrateTableFunction(CatalogService catalog, ProcedureCalls procedures) {
    super("migrate_table", 2, Parameter.TEXT, Parameter.NUMBER);
    this.catalog = catalog;
    this.procedures = procedures;
  }

  @Override
  public DataType resultType() {
    return DataType.INT64;
  }

  @Override
  Datum act(List<Datum> arguments, AdminCaller caller) {
    TableName name =
        RegionMaintenance.tableName((String) arguments.get(0).value(), caller.database());
    NodeId to = new NodeId(number(arguments.get(1)));
    CatalogSnapshot snapshot = catalog.snapshot();
    TableInfo table =
        snapshot
            .findTable(name)
            .orElseThrow(
                () ->
                    new TerraneException(
                        ErrorCode.TABLE_NOT_FOUND, "Table '" + name + "' doesn't exist"));
    procedures.run(new ProcedureRequest.MigrateTable(table.name(), to), name());
    long elsewhere =
        snapshot.findRoute(table.id()).stream()
            .flatMap(route -> route.regions().stream())
            .filter(region -> !region.leader().equals(to))
            .count();
    return Datum.of(elsewhere);
  }
}
