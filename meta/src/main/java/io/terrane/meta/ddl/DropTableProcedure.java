package io.terrane.meta.ddl;

import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.text;
import static io.terrane.meta.store.MetadataJson.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.region.TableRoute;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.meta.catalog.CatalogEdits;
import io.terrane.meta.procedure.LockKeys;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.CatalogCodec;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataJson;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Drops a table: {@code RemoveTable} takes table and route out of the catalogue, {@link
 * RemoveRegions} deletes the regions. Only rolls forward.
 *
 * <p>State: {@code step}, {@code name}, {@code ifExists}; then as {@link RemoveRegions} says.
 */
public record DropTableProcedure(DdlContext context, TableName name, boolean ifExists)
    implements Procedure {
  public static final String TYPE = "metasrv-procedure::DropTable";
  private static final String STEP = "RemoveTable";

  public static Procedure of(
      ProcedureRequest.DropTable request, MetadataImage image, DdlContext context) {
    if (image.catalog().findTable(request.name()).isEmpty() && !request.ifExists()) {
      throw CatalogEdits.unknownTable(request.name());
    }
    return new DropTableProcedure(context, request.name(), request.ifExists());
  }

  public static Procedure load(DdlContext context, JsonNode node) {
    String step = text(node, "step");
    return switch (step) {
      case STEP ->
          new DropTableProcedure(
              context, CatalogCodec.readName(field(node, "name")), truth(node, "ifExists"));
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
    return LockKeys.NONE.readDatabase(name.database()).writeTable(name);
  }

  @Override
  public ObjectNode state() {
    ObjectNode node = object();
    node.put("step", STEP);
    node.set("name", CatalogCodec.write(name));
    node.put("ifExists", ifExists);
    return node;
  }

  @Override
  public CompletableFuture<Transition> next() {
    if (context.store().image().catalog().findTable(name).isPresent()) {
      return CompletableFuture.completedFuture(new Transition.Continue(this::remove));
    }
    return ifExists
        ? CompletableFuture.completedFuture(Transition.done())
        : CompletableFuture.failedFuture(CatalogEdits.unknownTable(name));
  }

  private Transition.Decision remove(MetadataImage image) {
    TableInfo table =
        image.catalog().findTable(name).orElseThrow(() -> CatalogEdits.unknownTable(name));
    TableRoute route = image.catalog().findRoute(table.id()).orElseThrow();
    Procedure next =
        new RemoveRegions(
            context,
            TYPE,
            name.database(),
            Optional.of(name),
            List.of(new PlacedTable(table, route)));
    return new Transition.Decision(next, CatalogEdits.dropTable(table, route));
  }
}
