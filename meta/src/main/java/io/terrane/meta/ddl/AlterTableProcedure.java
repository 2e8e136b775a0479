package io.terrane.meta.ddl;

import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.smallNumber;
import static io.terrane.meta.store.MetadataJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.meta.catalog.CatalogEdits;
import io.terrane.meta.procedure.LockKeys;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.CatalogCodec;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes a table: {@code PublishTable} puts the altered table into the catalogue, {@code
 * AlterRegions} tells every leader. A region that cannot be told now learns of it with its next
 * heartbeat or when it is opened, and takes no statement that was planned under the new schema
 * before. Only rolls forward.
 *
 * <p>State: {@code step}, {@code name} (the present one), {@code baseVersion}, {@code table} (the
 * altered one).
 */
public final class AlterTableProcedure {
  public static final String TYPE = "metasrv-procedure::AlterTable";
  private static final Logger LOG = LoggerFactory.getLogger(AlterTableProcedure.class);

  private AlterTableProcedure() {}

  /** The first state for a request; refuses what cannot succeed. */
  public static Procedure of(
      ProcedureRequest.AlterTable request, MetadataImage image, DdlContext context) {
    TableInfo altered = request.altered();
    TableInfo present =
        image
            .catalog()
            .findTable(altered.id())
            .orElseThrow(() -> CatalogEdits.tableNotFound(altered.name()));
    PublishTable first = new PublishTable(context, present.name(), request.baseVersion(), altered);
    first.refusal(image.catalog()).ifPresent(AlterTableProcedure::refuse);
    return first;
  }

  private static void refuse(TerraneException reason) {
    throw reason;
  }

  public static Procedure load(DdlContext context, JsonNode node) {
    TableName name = CatalogCodec.readName(field(node, "name"));
    int baseVersion = smallNumber(node, "baseVersion");
    TableInfo altered = CatalogCodec.readTable(field(node, "table"));
    String step = text(node, "step");
    return switch (step) {
      case "PublishTable" -> new PublishTable(context, name, baseVersion, altered);
      case "AlterRegions" -> new AlterRegions(context, name, baseVersion, altered);
      default -> throw MetadataJson.unknown("step of " + TYPE, step);
    };
  }

  private static LockKeys locks(TableName name, TableInfo altered) {
    return LockKeys.NONE
        .readDatabase(name.database())
        .readDatabase(altered.name().database())
        .writeTable(name)
        .writeTable(altered.name());
  }

  private static ObjectNode state(String step, TableName name, int baseVersion, TableInfo altered) {
    ObjectNode node = object();
    node.put("step", step);
    node.set("name", CatalogCodec.write(name));
    node.put("baseVersion", baseVersion);
    node.set("table", CatalogCodec.write(altered));
    return node;
  }

  private record PublishTable(
      DdlContext context, TableName name, int baseVersion, TableInfo altered) implements Procedure {
    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String step() {
      return "PublishTable";
    }

    @Override
    public LockKeys lockKeys() {
      return locks(name, altered);
    }

    @Override
    public ObjectNode state() {
      return AlterTableProcedure.state(step(), name, baseVersion, altered);
    }

    @Override
    public CompletableFuture<Transition> next() {
      Procedure next = new AlterRegions(context, name, baseVersion, altered);
      return CompletableFuture.completedFuture(
          refusal(context.store().image().catalog())
              .<Transition>map(reason -> new Transition.Failed(reason, Transition.NO_EDIT))
              .orElseGet(
                  () -> Transition.to(next, image -> CatalogEdits.alterTable(name, altered))));
    }

    private Optional<TerraneException> refusal(CatalogSnapshot catalog) {
      Optional<TableInfo> present = catalog.findTable(altered.id());
      if (present.isEmpty()) {
        return Optional.of(CatalogEdits.tableNotFound(name));
      }
      if (present.get().schema().version() != baseVersion) {
        return Optional.of(
            new TerraneException(
                ErrorCode.CONFLICT,
                "table "
                    + name
                    + " is at schema version "
                    + present.get().schema().version()
                    + ", not "
                    + baseVersion));
      }
      boolean renamed = !present.get().name().equals(altered.name());
      if (renamed && catalog.findDatabase(altered.name().database()).isEmpty()) {
        return Optional.of(CatalogEdits.unknownDatabase(altered.name().database()));
      }
      boolean taken =
          renamed
              && (catalog.findView(altered.name()).isPresent()
                  || catalog
                      .findTable(altered.name())
                      .filter(other -> !other.id().equals(altered.id()))
                      .isPresent());
      return taken ? Optional.of(CatalogEdits.tableExists(altered.name())) : Optional.empty();
    }
  }

  private record AlterRegions(
      DdlContext context, TableName name, int baseVersion, TableInfo altered) implements Procedure {
    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String step() {
      return "AlterRegions";
    }

    @Override
    public LockKeys lockKeys() {
      return locks(name, altered);
    }

    @Override
    public ObjectNode state() {
      return AlterTableProcedure.state(step(), name, baseVersion, altered);
    }

    @Override
    public CompletableFuture<Transition> next() {
      PlacedTable placed =
          new PlacedTable(
              altered, context.store().image().catalog().findRoute(altered.id()).orElseThrow());
      List<CompletableFuture<Void>> told = new ArrayList<>();
      placed.route().regions().forEach(region -> told.add(tell(placed, region)));
      return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new))
          .thenApply(done -> Transition.done());
    }

    private CompletableFuture<Void> tell(PlacedTable placed, RegionRoute region) {
      CompletableFuture<InstructionReply> answer =
          context
              .sender()
              .send(
                  region.leader(),
                  new RegionInstruction.AlterRegion(placed.spec(region)),
                  context.instructionTimeout());
      return answer.handle(
          (reply, problem) -> {
            if (problem != null) {
              LOG.warn(
                  "region {} of {} is told later that it was altered: {}",
                  region.region(),
                  altered.name(),
                  TerraneException.of(problem).getMessage());
            }
            return null;
          });
    }
  }
}
