package io.terrane.meta.ddl;

import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.text;
import static io.terrane.meta.store.MetadataJson.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.table.TableName;
import io.terrane.meta.catalog.CatalogEdits;
import io.terrane.meta.procedure.LockKeys;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataJson;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Drops a database with its tables and views: {@code RemoveDatabase} takes all out of the catalogue
 * at once, {@link RemoveRegions} deletes the regions. Only rolls forward.
 *
 * <p>State: {@code step}, {@code database}, {@code ifExists}; then as {@link RemoveRegions} says.
 */
public record DropDatabaseProcedure(DdlContext context, String database, boolean ifExists)
    implements Procedure {
  public static final String TYPE = "metasrv-procedure::DropDatabase";
  private static final String STEP = "RemoveDatabase";

  public static Procedure of(
      ProcedureRequest.DropDatabase request, MetadataImage image, DdlContext context) {
    if (request.name().equalsIgnoreCase(TableName.DEFAULT_DATABASE)
        || request.name().equalsIgnoreCase(TableName.INFORMATION_SCHEMA)) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "Database '" + request.name() + "' cannot be dropped");
    }
    if (image.catalog().findDatabase(request.name()).isEmpty() && !request.ifExists()) {
      throw CatalogEdits.unknownDatabase(request.name());
    }
    return new DropDatabaseProcedure(context, request.name(), request.ifExists());
  }

  public static Procedure load(DdlContext context, JsonNode node) {
    String step = text(node, "step");
    return switch (step) {
      case STEP ->
          new DropDatabaseProcedure(context, text(node, "database"), truth(node, "ifExists"));
      case RemoveRegions.STEP -> RemoveRegions.read(context, TYPE, node);
      default -> throw MetadataJson.unknown("step of " + TYPE, step);
    };
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String step() {
    return STEP;
  }

  @Override
  public LockKeys lockKeys() {
    return LockKeys.NONE.writeDatabase(database);
  }

  @Override
  public ObjectNode state() {
    ObjectNode node = object();
    node.put("step", STEP);
    node.put("database", database);
    node.put("ifExists", ifExists);
    return node;
  }

  @Override
  public CompletableFuture<Transition> next() {
    if (context.store().image().catalog().findDatabase(database).isPresent()) {
      return CompletableFuture.completedFuture(new Transition.Continue(this::remove));
    }
    return ifExists
        ? CompletableFuture.completedFuture(Transition.done())
        : CompletableFuture.failedFuture(CatalogEdits.unknownDatabase(database));
  }

  private Transition.Decision remove(MetadataImage image) {
    String exact = CatalogEdits.database(image, database).name();
    List<PlacedTable> tables =
        image.catalog().tables().stream()
            .filter(table -> table.name().database().equals(exact))
            .map(t -> new PlacedTable(t, image.catalog().findRoute(t.id()).orElseThrow()))
            .toList();
    return new Transition.Decision(
        new RemoveRegions(context, TYPE, database, Optional.empty(), tables),
        CatalogEdits.dropDatabase(exact));
  }
}
