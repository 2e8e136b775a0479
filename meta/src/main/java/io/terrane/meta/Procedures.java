package io.terrane.meta;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureRequest;
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
import io.terrane.meta.store.MetadataImage;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Which procedure serves which request, and which loader reads which stored type. */
final class Procedures {
  private final DdlContext ddl;
  private final MigrationEnvironment migration;

  Procedures(DdlContext ddl, MigrationEnvironment migration) {
    this.ddl = ddl;
    this.migration = migration;
  }

  ProcedureTypes types() {
    Map<String, Function<JsonNode, Procedure>> loaders = new HashMap<>();
    loaders.put(CreateDatabaseProcedure.TYPE, node -> CreateDatabaseProcedure.load(ddl, node));
    loaders.put(DropDatabaseProcedure.TYPE, node -> DropDatabaseProcedure.load(ddl, node));
    loaders.put(CreateTableProcedure.TYPE, node -> CreateTableProcedure.load(ddl, node));
    loaders.put(DropTableProcedure.TYPE, node -> DropTableProcedure.load(ddl, node));
    loaders.put(TruncateTableProcedure.TYPE, node -> TruncateTableProcedure.load(ddl, node));
    loaders.put(CreateViewProcedure.TYPE, node -> CreateViewProcedure.load(ddl, node));
    loaders.put(DropViewProcedure.TYPE, DropViewProcedure::load);
    loaders.put(RegionMigration.TYPE, node -> RegionMigration.load(migration, node));
    return new ProcedureTypes(loaders);
  }

  /** The first state of what is asked for; refuses with a TerraneException. */
  Procedure forRequest(ProcedureRequest request, MetadataImage image) {
    if (request instanceof ProcedureRequest.CreateDatabase create) {
      return CreateDatabaseProcedure.of(create, image, ddl);
    } else if (request instanceof ProcedureRequest.DropDatabase drop) {
      return DropDatabaseProcedure.of(drop, image, ddl);
    } else if (request instanceof ProcedureRequest.CreateTable create) {
      return CreateTableProcedure.of(create, image, ddl);
    } else if (request instanceof ProcedureRequest.DropTable drop) {
      return DropTableProcedure.of(drop, image, ddl);
    } else if (request instanceof ProcedureRequest.TruncateTable truncate) {
      return TruncateTableProcedure.of(truncate, image, ddl);
    } else if (request instanceof ProcedureRequest.CreateView create) {
      return CreateViewProcedure.of(create, image, ddl);
    } else if (request instanceof ProcedureRequest.DropView drop) {
      return DropViewProcedure.of(drop, image);
    } else if (request instanceof ProcedureRequest.MigrateRegion move) {
      return RegionMigration.of(
          move, MigrationChecks.check(move, image, migration.detector()).name(), migration);
    }
    throw new TerraneException(ErrorCode.UNSUPPORTED, "no procedure serves " + request);
  }
}
