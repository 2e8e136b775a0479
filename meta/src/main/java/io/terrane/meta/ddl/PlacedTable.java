package io.terrane.meta.ddl;

import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.LeaderState;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.RouteVersion;
import io.terrane.api.region.TableRoute;
import io.terrane.api.table.TableInfo;
import io.terrane.meta.store.CatalogCodec;
import io.terrane.meta.store.RegionClaim;
import io.terrane.meta.store.RouteCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A table and where its regions are, or are to be. */
record PlacedTable(TableInfo table, TableRoute route) {
  /** First regions of a new table: the WAL topics go round from {@code firstTopic}. */
  static PlacedTable of(TableInfo table, List<NodeId> nodes, long firstTopic, int walTopics) {
    List<RegionRoute> regions = new ArrayList<>();
    for (int number = 0; number < nodes.size(); number++) {
      regions.add(
          new RegionRoute(
              RegionId.of(table.id(), number),
              nodes.get(number),
              RegionEpoch.FIRST,
              LeaderState.ALIVE,
              Optional.empty(),
              (int) ((firstTopic + number) % walTopics)));
    }
    return new PlacedTable(table, new TableRoute(table.id(), RouteVersion.FIRST, regions));
  }

  static PlacedTable read(JsonNode node) {
    return new PlacedTable(
        CatalogCodec.readTable(field(node, "table")), RouteCodec.readRoute(field(node, "route")));
  }

  ObjectNode write() {
    ObjectNode node = object();
    node.set("table", CatalogCodec.write(table));
    node.set("route", RouteCodec.write(route));
    return node;
  }

  List<RegionClaim> claims() {
    return route.regions().stream()
        .map(region -> new RegionClaim(region.region(), region.leader()))
        .toList();
  }

  RegionSpec spec(RegionRoute region) {
    return new RegionSpec(region.region(), table, region.walTopic());
  }

  /** Sends each region's leader an instruction; completes when all have answered. */
  CompletableFuture<Void> instructAll(
      DdlContext context, Function<RegionRoute, RegionInstruction> instruction) {
    List<CompletableFuture<InstructionReply>> replies = new ArrayList<>();
    for (RegionRoute region : route.regions()) {
      replies.add(
          context
              .sender()
              .send(region.leader(), instruction.apply(region), context.instructionTimeout()));
    }
    return CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new));
  }
}
