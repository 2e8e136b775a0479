package io.terrane.meta.ddl;

import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.text;
import static io.terrane.meta.store.MetadataJson.textMap;
import static io.terrane.meta.store.MetadataJson.textObject;
import static io.terrane.meta.store.MetadataJson.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.TableName;
import io.terrane.meta.catalog.CatalogEdits;
import io.terrane.meta.procedure.LockKeys;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Makes a database, in one step.
 *
 * <p>State: {@code database}, {@code options}, {@code ifNotExists}.
 */
public record CreateDatabaseProcedure(
    DdlContext context, String database, Map<String, String> options, boolean ifNotExists)
    implements Procedure {
  public static final String TYPE = "metasrv-procedure::CreateDatabase";

  public static Procedure of(
      ProcedureRequest.CreateDatabase request, MetadataImage image, DdlContext context) {
    boolean taken =
        image.catalog().findDatabase(request.name()).isPresent()
            || request.name().equalsIgnoreCase(TableName.INFORMATION_SCHEMA);
    if (taken && !request.ifNotExists()) {
      throw CatalogEdits.databaseExists(request.name());
    }
    return new CreateDatabaseProcedure(
        context, request.name(), request.options(), request.ifNotExists());
  }

  public static Procedure load(DdlContext context, JsonNode node) {
    return new CreateDatabaseProcedure(
        context, text(node, "database"), textMap(node, "options"), truth(node, "ifNotExists"));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String step() {
    return "CreateDatabase";
  }

  @Override
  public LockKeys lockKeys() {
    return LockKeys.NONE.writeDatabase(database);
  }

  @Override
  public ObjectNode state() {
    ObjectNode node = object();
    node.put("database", database);
    node.set("options", textObject(options));
    node.put("ifNotExists", ifNotExists);
    return node;
  }

  @Override
  public CompletableFuture<Transition> next() {
    return CompletableFuture.completedFuture(Transition.done(this::create));
  }

  private MetadataEdit create(MetadataImage image) {
    boolean taken =
        image.catalog().findDatabase(database).isPresent()
            || database.equalsIgnoreCase(TableName.INFORMATION_SCHEMA);
    if (taken && ifNotExists) {
      return MetadataEdit.NOTHING;
    }
    if (taken) {
      throw CatalogEdits.databaseExists(database);
    }
    return CatalogEdits.createDatabase(
        new DatabaseInfo(database, options, context.clock().instant()));
  }
}
