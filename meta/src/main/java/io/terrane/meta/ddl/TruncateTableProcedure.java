package io.terrane.meta.ddl;

import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.meta.catalog.CatalogEdits;
import io.terrane.meta.procedure.LockKeys;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.CatalogCodec;
import io.terrane.meta.store.MetadataImage;
import java.util.concurrent.CompletableFuture;

/**
 * Empties a table: every leader truncates its region. Each try reads the route again. Regions are
 * emptied one by one; a try that fails may leave some of them empty. Only rolls forward.
 *
 * <p>State: {@code name}.
 */
public record TruncateTableProcedure(DdlContext context, TableName name) implements Procedure {
  public static final String TYPE = "metasrv-procedure::TruncateTable";

  public static Procedure of(
      ProcedureRequest.TruncateTable request, MetadataImage image, DdlContext context) {
    if (image.catalog().findTable(request.name()).isEmpty()) {
      throw CatalogEdits.tableNotFound(request.name());
    }
    return new TruncateTableProcedure(context, request.name());
  }

  public static Procedure load(DdlContext context, JsonNode node) {
    return new TruncateTableProcedure(context, CatalogCodec.readName(field(node, "name")));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String step() {
    return "TruncateRegions";
  }

  @Override
  public LockKeys lockKeys() {
    return LockKeys.NONE.readDatabase(name.database()).writeTable(name);
  }

  @Override
  public ObjectNode state() {
    ObjectNode node = object();
    node.set("name", CatalogCodec.write(name));
    return node;
  }

  @Override
  public CompletableFuture<Transition> next() {
    CatalogSnapshot catalog = context.store().image().catalog();
    TableInfo table = catalog.findTable(name).orElseThrow(() -> CatalogEdits.tableNotFound(name));
    PlacedTable placed = new PlacedTable(table, catalog.findRoute(table.id()).orElseThrow());
    return placed
        .instructAll(
            context,
            region -> new RegionInstruction.TruncateRegion(region.region(), region.epoch()))
        .thenApply(done -> Transition.done());
  }
}
