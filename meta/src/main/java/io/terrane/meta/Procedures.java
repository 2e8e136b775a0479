package io.terrane.meta;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.table.TableName;
import io.terrane.meta.ddl.AlterDatabaseProcedure;
import io.terrane.meta.ddl.AlterTableProcedure;
import io.terrane.meta.ddl.CreateDatabaseProcedure;
import io.terrane.meta.ddl.CreateTableProcedure;
import io.terrane.meta.ddl.CreateViewProcedure;
import io.terrane.meta.ddl.DdlContext;
import io.terrane.meta.ddl.DropDatabaseProcedure;
import io.terrane.meta.ddl.DropTableProcedure;
import io.terrane.meta.ddl.DropViewProcedure;
import io.terrane.meta.ddl.TruncateTableProcedure;
import io.terrane.meta.migration.MigrationChecks;
import io.terrane.meta.migration.MigrationEnvironment;
import io.terrane.meta.migration.RegionMigration;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.ProcedureTypes;
import io.terrane.meta.settings.SettingsProcedure;
import io.terrane.meta.store.MetadataImage;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Which procedure serves which request, and which loader reads which stored type. */
final class Procedures {
  private final DdlContext ddl;
  private final MigrationEnvironment migration;
  private final Map<Class<?>, BiFunction<ProcedureRequest, MetadataImage, Procedure>> factories;

  Procedures(DdlContext ddl, MigrationEnvironment migration) {
    this.ddl = ddl;
    this.migration = migration;
    this.factories =
        Map.ofEntries(
            factory(
                ProcedureRequest.CreateDatabase.class,
                (request, image) -> CreateDatabaseProcedure.of(request, image, ddl)),
            factory(ProcedureRequest.AlterDatabase.class, AlterDatabaseProcedure::of),
            factory(
                ProcedureRequest.DropDatabase.class,
                (request, image) -> DropDatabaseProcedure.of(request, image, ddl)),
            factory(
                ProcedureRequest.CreateTable.class,
                (request, image) -> CreateTableProcedure.of(request, image, ddl)),
            factory(
                ProcedureRequest.AlterTable.class,
                (request, image) -> AlterTableProcedure.of(request, image, ddl)),
            factory(
                ProcedureRequest.DropTable.class,
                (request, image) -> DropTableProcedure.of(request, image, ddl)),
            factory(
                ProcedureRequest.TruncateTable.class,
                (request, image) -> TruncateTableProcedure.of(request, image, ddl)),
            factory(
                ProcedureRequest.CreateView.class,
                (request, image) -> CreateViewProcedure.of(request, image, ddl)),
            factory(ProcedureRequest.DropView.class, DropViewProcedure::of),
            factory(ProcedureRequest.MigrateRegion.class, this::move),
            factory(
                ProcedureRequest.SetMaintenanceMode.class,
                (request, image) -> SettingsProcedure.of(request)),
            factory(ProcedureRequest.SetDrained.class, SettingsProcedure::of),
            factory(
                ProcedureRequest.SetMigrationLimit.class,
                (request, image) -> SettingsProcedure.of(request)),
            factory(
                ProcedureRequest.MigrateTable.class,
                (request, image) -> SettingsProcedure.of(request, image, migration.detector())));
  }

  ProcedureTypes types() {
    Map<String, Function<JsonNode, Procedure>> loaders = new HashMap<>();
    loaders.put(CreateDatabaseProcedure.TYPE, node -> CreateDatabaseProcedure.load(ddl, node));
    loaders.put(AlterDatabaseProcedure.TYPE, AlterDatabaseProcedure::load);
    loaders.put(DropDatabaseProcedure.TYPE, node -> DropDatabaseProcedure.load(ddl, node));
    loaders.put(CreateTableProcedure.TYPE, node -> CreateTableProcedure.load(ddl, node));
    loaders.put(AlterTableProcedure.TYPE, node -> AlterTableProcedure.load(ddl, node));
    loaders.put(DropTableProcedure.TYPE, node -> DropTableProcedure.load(ddl, node));
    loaders.put(TruncateTableProcedure.TYPE, node -> TruncateTableProcedure.load(ddl, node));
    loaders.put(CreateViewProcedure.TYPE, node -> CreateViewProcedure.load(ddl, node));
    loaders.put(DropViewProcedure.TYPE, DropViewProcedure::load);
    loaders.put(RegionMigration.TYPE, node -> RegionMigration.load(migration, node));
    loaders.put(SettingsProcedure.TYPE, SettingsProcedure::load);
    return new ProcedureTypes(loaders);
  }

  /** The first state of what is asked for; refuses with a TerraneException. */
  Procedure forRequest(ProcedureRequest request, MetadataImage image) {
    return factories.get(request.getClass()).apply(request, image);
  }

  private Procedure move(ProcedureRequest.MigrateRegion move, MetadataImage image) {
    TableName table = MigrationChecks.check(move, image, migration.detector()).name();
    return RegionMigration.of(move, table, migration);
  }

  private static <R extends ProcedureRequest>
      Map.Entry<Class<?>, BiFunction<ProcedureRequest, MetadataImage, Procedure>> factory(
          Class<R> type, BiFunction<R, MetadataImage, Procedure> make) {
    return Map.entry(type, (request, image) -> make.apply(type.cast(request), image));
  }
}
