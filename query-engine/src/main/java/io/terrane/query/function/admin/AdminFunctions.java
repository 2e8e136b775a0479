package io.terrane.query.function.admin;

import io.terrane.api.service.CatalogService;
import io.terrane.api.service.Datanodes;
import io.terrane.api.service.ProcedureService;
import io.terrane.query.function.ScalarFunction;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** All admin functions with the services they act through. Immutable. */
public final class AdminFunctions {
  private final List<AdminFunction> functions;

  /**
   * @param timeout how long a function waits for the cluster's answer
   */
  public AdminFunctions(
      CatalogService catalog,
      ProcedureService procedures,
      Datanodes datanodes,
      RandomGenerator random,
      Duration timeout) {
    RegionMaintenance maintenance = new RegionMaintenance(catalog, datanodes, timeout);
    ProcedureCalls calls = new ProcedureCalls(procedures, random, timeout);
    functions =
        List.of(
            new MigrateRegionFunction(calls),
            new MaintenanceModeFunction(calls),
            new DrainFunction("drain_datanode", calls),
            new DrainFunction("undrain_datanode", calls),
            new MigrateTableFunction(catalog, calls),
            new MigrationLimitFunction(calls),
            new ProcedureStateFunction(calls),
            new CancelProcedureFunction(calls),
            new UndoMigrationFunction(calls),
            new ExplainMigrationFunction(calls),
            new MaintenanceFunction("flush_table", maintenance, MaintenanceFunction.Target.TABLE),
            new MaintenanceFunction("flush_region", maintenance, MaintenanceFunction.Target.REGION),
            new MaintenanceFunction("compact_table", maintenance, MaintenanceFunction.Target.TABLE),
            new MaintenanceFunction(
                "compact_region", maintenance, MaintenanceFunction.Target.REGION),
            new GarbageTableFunction(maintenance),
            new GarbageRegionsFunction(maintenance));
  }

  public Optional<AdminFunction> find(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    return functions.stream().filter(function -> function.name().equals(folded)).findFirst();
  }

  /** For the registry, so that SELECT finds them. */
  public List<ScalarFunction> scalars() {
    return functions.stream().<ScalarFunction>map(AdminScalar::new).toList();
  }
}
