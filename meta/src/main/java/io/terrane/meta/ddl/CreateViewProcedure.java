package io.terrane.meta.ddl;

import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import io.terrane.meta.catalog.CatalogEdits;
import io.terrane.meta.procedure.LockKeys;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.CatalogCodec;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataJson;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Makes or replaces a view, in one step. A replaced view keeps its id.
 *
 * <p>State: {@code view} with id 0, {@code ifTaken}: what to do when the name is taken.
 */
public record CreateViewProcedure(DdlContext context, ViewInfo view, IfTaken ifTaken)
    implements Procedure {
  public static final String TYPE = "metasrv-procedure::CreateView";

  /** The names are persisted. */
  enum IfTaken {
    REFUSE,
    REPLACE_VIEW,
    KEEP
  }

  public static Procedure of(
      ProcedureRequest.CreateView request, MetadataImage image, DdlContext context) {
    String database = CatalogEdits.database(image, request.name().database()).name();
    ViewInfo view =
        new ViewInfo(
            new TableId(0),
            new TableName(database, request.name().table()),
            request.definition(),
            request.database(),
            request.columns(),
            context.clock().instant());
    IfTaken ifTaken = IfTaken.REFUSE;
    if (request.ifNotExists()) {
      ifTaken = IfTaken.KEEP;
    } else if (request.orReplace()) {
      ifTaken = IfTaken.REPLACE_VIEW;
    }
    CreateViewProcedure procedure = new CreateViewProcedure(context, view, ifTaken);
    procedure.put(image);
    return procedure;
  }

  public static Procedure load(DdlContext context, JsonNode node) {
    return new CreateViewProcedure(
        context,
        CatalogCodec.readView(field(node, "view")),
        MetadataJson.constant(node, "ifTaken", IfTaken.class));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String step() {
    return "CreateView";
  }

  @Override
  public LockKeys lockKeys() {
    return LockKeys.NONE.readDatabase(view.name().database()).writeTable(view.name());
  }

  @Override
  public ObjectNode state() {
    ObjectNode node = object();
    node.set("view", CatalogCodec.write(view));
    node.put("ifTaken", ifTaken.name());
    return node;
  }

  @Override
  public CompletableFuture<Transition> next() {
    return CompletableFuture.completedFuture(Transition.done(this::put));
  }

  private MetadataEdit put(MetadataImage image) {
    if (!CatalogEdits.isTaken(image.catalog(), view.name())) {
      return CatalogEdits.createView(numbered(new TableId(image.nextTableId())));
    }
    Optional<ViewInfo> present = image.catalog().findView(view.name());
    return switch (ifTaken) {
      case KEEP -> MetadataEdit.NOTHING;
      case REFUSE -> throw CatalogEdits.tableExists(view.name());
      case REPLACE_VIEW ->
          CatalogEdits.replaceView(
              numbered(present.orElseThrow(() -> CatalogEdits.tableExists(view.name())).id()));
    };
  }

  private ViewInfo numbered(TableId id) {
    return new ViewInfo(
        id, view.name(), view.definition(), view.database(), view.columns(), view.createdAt());
  }
}
