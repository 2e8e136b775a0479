package io.terrane.meta.ddl;

import static io.terrane.meta.store.MetadataJson.array;
import static io.terrane.meta.store.MetadataJson.list;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.table.TableName;
import io.terrane.meta.procedure.LockKeys;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.CatalogCodec;
import io.terrane.meta.store.RegionClaim;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Second and last state of the procedures that drop: what the catalogue has forgotten is deleted on
 * the datanodes.
 *
 * <p>State: {@code step} "RemoveRegions", {@code database}, for one table {@code name}, {@code
 * tables}.
 */
record RemoveRegions(
    DdlContext context,
    String type,
    String database,
    Optional<TableName> name,
    List<PlacedTable> tables)
    implements Procedure {
  static final String STEP = "RemoveRegions";

  static RemoveRegions read(DdlContext context, String type, JsonNode node) {
    return new RemoveRegions(
        context,
        type,
        text(node, "database"),
        Optional.ofNullable(node.get("name")).map(CatalogCodec::readName),
        list(node, "tables", PlacedTable::read));
  }

  @Override
  public String step() {
    return STEP;
  }

  @Override
  public LockKeys lockKeys() {
    return name.map(table -> LockKeys.NONE.readDatabase(database).writeTable(table))
        .orElseGet(() -> LockKeys.NONE.writeDatabase(database));
  }

  @Override
  public List<RegionClaim> claims() {
    return tables.stream().flatMap(table -> table.claims().stream()).toList();
  }

  @Override
  public ObjectNode state() {
    ObjectNode node = object();
    node.put("step", STEP);
    node.put("database", database);
    name.ifPresent(table -> node.set("name", CatalogCodec.write(table)));
    node.set("tables", array(tables, PlacedTable::write));
    return node;
  }

  @Override
  public CompletableFuture<Transition> next() {
    return RegionRemoval.remove(context, tables).thenApply(done -> Transition.done());
  }
}
