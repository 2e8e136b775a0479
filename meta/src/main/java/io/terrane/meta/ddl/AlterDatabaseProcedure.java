package io.terrane.meta.ddl;

import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.text;
import static io.terrane.meta.store.MetadataJson.textArray;
import static io.terrane.meta.store.MetadataJson.textMap;
import static io.terrane.meta.store.MetadataJson.textObject;
import static io.terrane.meta.store.MetadataJson.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.meta.catalog.CatalogEdits;
import io.terrane.meta.procedure.LockKeys;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Sets and removes options of a database, in one step.
 *
 * <p>State: {@code database}, {@code set}, {@code unset}.
 */
public record AlterDatabaseProcedure(String database, Map<String, String> set, List<String> unset)
    implements Procedure {
  public static final String TYPE = "metasrv-procedure::AlterDatabase";

  public static Procedure of(ProcedureRequest.AlterDatabase request, MetadataImage image) {
    DatabaseInfo present = CatalogEdits.database(image, request.name());
    return new AlterDatabaseProcedure(present.name(), request.set(), request.unset());
  }

  public static Procedure load(JsonNode node) {
    return new AlterDatabaseProcedure(
        text(node, "database"), textMap(node, "set"), texts(node, "unset"));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String step() {
    return "AlterDatabase";
  }

  @Override
  public LockKeys lockKeys() {
    return LockKeys.NONE.writeDatabase(database);
  }

  @Override
  public ObjectNode state() {
    ObjectNode node = object();
    node.put("database", database);
    node.set("set", textObject(set));
    node.set("unset", textArray(unset));
    return node;
  }

  @Override
  public CompletableFuture<Transition> next() {
    return CompletableFuture.completedFuture(Transition.done(this::alter));
  }

  private MetadataEdit alter(MetadataImage image) {
    DatabaseInfo present = CatalogEdits.database(image, database);
    Map<String, String> options = new TreeMap<>(present.options());
    options.putAll(set);
    unset.forEach(options::remove);
    return CatalogEdits.alterDatabase(
        new DatabaseInfo(present.name(), options, present.createdAt()));
  }
}
