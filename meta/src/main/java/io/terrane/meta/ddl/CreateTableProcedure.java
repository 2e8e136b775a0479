package io.terrane.meta.ddl;

import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.smallNumber;
import static io.terrane.meta.store.MetadataJson.text;
import static io.terrane.meta.store.MetadataJson.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.meta.catalog.CatalogEdits;
import io.terrane.meta.procedure.LockKeys;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.CatalogCodec;
import io.terrane.meta.store.Change;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataJson;
import io.terrane.meta.store.RegionClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Makes a table: {@code PlaceRegions} takes an id and chooses datanodes, {@code CreateRegions} has
 * them create the regions under the first epoch and publishes table and route in one edit. If a
 * region cannot be created, {@code DropRegions} removes what there is.
 *
 * <p>State: {@code step}; before placement {@code table} with id 0 and {@code ifNotExists}; then
 * {@code placed}; when undoing also {@code reason}.
 */
public final class CreateTableProcedure {
  public static final String TYPE = "metasrv-procedure::CreateTable";

  private CreateTableProcedure() {}

  /** The first state for a request; refuses what cannot succeed. */
  public static Procedure of(
      ProcedureRequest.CreateTable request, MetadataImage image, DdlContext context) {
    String database = CatalogEdits.database(image, request.name().database()).name();
    TableName name = new TableName(database, request.name().table());
    if (CatalogEdits.isTaken(image.catalog(), name) && !request.ifNotExists()) {
      throw CatalogEdits.tableExists(name);
    }
    TableInfo table =
        new TableInfo(
            new TableId(0),
            name,
            request.schema(),
            request.partitionRule(),
            request.engine(),
            request.options(),
            request.comment(),
            context.clock().instant());
    return new PlaceRegions(context, table, request.ifNotExists());
  }

  public static Procedure load(DdlContext context, JsonNode node) {
    String step = text(node, "step");
    return switch (step) {
      case "PlaceRegions" ->
          new PlaceRegions(
              context, CatalogCodec.readTable(field(node, "table")), truth(node, "ifNotExists"));
      case "CreateRegions" -> new CreateRegions(context, PlacedTable.read(field(node, "placed")));
      case "DropRegions" ->
          new DropRegions(
              context,
              PlacedTable.read(field(node, "placed")),
              new TerraneException(
                  ErrorCode.ofNumber(smallNumber(node, "errorCode")), text(node, "reason")));
      default -> throw MetadataJson.unknown("step of " + TYPE, step);
    };
  }

  private static LockKeys locks(TableInfo table) {
    return LockKeys.NONE.readDatabase(table.name().database()).writeTable(table.name());
  }

  private record PlaceRegions(DdlContext context, TableInfo table, boolean ifNotExists)
      implements Procedure {
    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String step() {
      return "PlaceRegions";
    }

    @Override
    public LockKeys lockKeys() {
      return locks(table);
    }

    @Override
    public ObjectNode state() {
      ObjectNode node = object();
      node.put("step", step());
      node.set("table", CatalogCodec.write(table));
      node.put("ifNotExists", ifNotExists);
      return node;
    }

    @Override
    public CompletableFuture<Transition> next() {
      if (!CatalogEdits.isTaken(context.store().image().catalog(), table.name())) {
        return CompletableFuture.completedFuture(new Transition.Continue(this::place));
      }
      return ifNotExists
          ? CompletableFuture.completedFuture(Transition.done())
          : CompletableFuture.failedFuture(CatalogEdits.tableExists(table.name()));
    }

    private Transition.Decision place(MetadataImage image) {
      int count = table.partitionRule().regionCount();
      List<NodeId> alive = alive(image);
      TableInfo numbered =
          new TableInfo(
              new TableId(image.nextTableId()),
              table.name(),
              table.schema(),
              table.partitionRule(),
              table.engine(),
              table.options(),
              table.comment(),
              table.createdAt());
      PlacedTable placed =
          PlacedTable.of(
              numbered,
              context.placement().place(image, alive, count),
              image.nextWalTopic(),
              context.walTopics());
      return new Transition.Decision(
          new CreateRegions(context, placed), MetadataEdit.of(new Change.ReserveNumbers(1, count)));
    }

    /** The live ones, once it is known of each datanode whether it lives. */
    private List<NodeId> alive(MetadataImage image) {
      List<NodeId> alive = new ArrayList<>();
      for (NodeId node : image.nodes().keySet()) {
        if (image.settings().drained().contains(node)) {
          continue;
        }
        if (context.detector().isAlive(node)) {
          alive.add(node);
        } else if (context.detector().mayBeAlive(node)) {
          throw new TerraneException(
              ErrorCode.NODE_UNREACHABLE, "datanode " + node + " has not reported yet");
        }
      }
      if (alive.isEmpty()) {
        throw new TerraneException(
            ErrorCode.NODE_NOT_ALIVE, "no datanode is alive to hold table " + table.name());
      }
      return alive;
    }
  }

  private record CreateRegions(DdlContext context, PlacedTable placed) implements Procedure {
    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String step() {
      return "CreateRegions";
    }

    @Override
    public LockKeys lockKeys() {
      return locks(placed.table());
    }

    @Override
    public List<RegionClaim> claims() {
      return placed.claims();
    }

    @Override
    public ObjectNode state() {
      ObjectNode node = object();
      node.put("step", step());
      node.set("placed", placed.write());
      return node;
    }

    @Override
    public CompletableFuture<Transition> next() {
      return placed
          .instructAll(
              context,
              region -> new RegionInstruction.CreateRegion(placed.spec(region), RegionEpoch.FIRST))
          .thenApply(
              done ->
                  Transition.done(
                      image -> CatalogEdits.publishTable(placed.table(), placed.route())));
    }

    @Override
    public Optional<Procedure> retreat(TerraneException reason) {
      return Optional.of(new DropRegions(context, placed, reason));
    }
  }

  private record DropRegions(DdlContext context, PlacedTable placed, TerraneException reason)
      implements Procedure {
    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String step() {
      return "DropRegions";
    }

    @Override
    public ProcedureStatus status() {
      return ProcedureStatus.ROLLING_BACK;
    }

    @Override
    public LockKeys lockKeys() {
      return locks(placed.table());
    }

    @Override
    public List<RegionClaim> claims() {
      return placed.claims();
    }

    @Override
    public ObjectNode state() {
      ObjectNode node = object();
      node.put("step", step());
      node.set("placed", placed.write());
      node.put("errorCode", reason.code().number());
      node.put("reason", reason.getMessage());
      return node;
    }

    @Override
    public CompletableFuture<Transition> next() {
      return RegionRemoval.remove(context, List.of(placed))
          .thenApply(done -> new Transition.Failed(reason, Transition.NO_EDIT));
    }
  }
}
