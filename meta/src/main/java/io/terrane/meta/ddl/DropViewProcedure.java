package io.terrane.meta.ddl;

import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import io.terrane.meta.catalog.CatalogEdits;
import io.terrane.meta.procedure.LockKeys;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.CatalogCodec;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Drops a view, in one step.
 *
 * <p>State: {@code name}, {@code ifExists}.
 */
public record DropViewProcedure(TableName name, boolean ifExists) implements Procedure {
  public static final String TYPE = "metasrv-procedure::DropView";

  public static Procedure of(ProcedureRequest.DropView request, MetadataImage image) {
    DropViewProcedure procedure = new DropViewProcedure(request.name(), request.ifExists());
    procedure.drop(image);
    return procedure;
  }

  public static Procedure load(JsonNode node) {
    return new DropViewProcedure(
        CatalogCodec.readName(field(node, "name")), truth(node, "ifExists"));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String step() {
    return "DropView";
  }

  @Override
  public LockKeys lockKeys() {
    return LockKeys.NONE.readDatabase(name.database()).writeTable(name);
  }

  @Override
  public ObjectNode state() {
    ObjectNode node = object();
    node.set("name", CatalogCodec.write(name));
    node.put("ifExists", ifExists);
    return node;
  }

  @Override
  public CompletableFuture<Transition> next() {
    return CompletableFuture.completedFuture(Transition.done(this::drop));
  }

  private MetadataEdit drop(MetadataImage image) {
    Optional<ViewInfo> view = image.catalog().findView(name);
    if (view.isEmpty() && !ifExists) {
      throw CatalogEdits.unknownTable(name);
    }
    return view.map(CatalogEdits::dropView).orElse(MetadataEdit.NOTHING);
  }
}
