package io.terrane.query.function.admin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.service.CatalogService;
import io.terrane.api.service.Datanodes;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Sends an instruction to the leaders of regions and waits for all answers. */
final class RegionMaintenance {
  private final CatalogService catalog;
  private final Datanodes datanodes;
  private final Duration timeout;

  RegionMaintenance(CatalogService catalog, Datanodes datanodes, Duration timeout) {
    this.catalog = catalog;
    this.datanodes = datanodes;
    this.timeout = timeout;
  }

  /** What the table's regions answer, in their order. */
  List<InstructionReply> table(
      String name,
      String database,
      String what,
      Function<RegionId, RegionInstruction> instruction) {
    CatalogSnapshot snapshot = catalog.snapshot();
    TableName tableName = tableName(name, database);
    TableInfo table =
        snapshot
            .findTable(tableName)
            .orElseThrow(
                () ->
                    new TerraneException(
                        ErrorCode.TABLE_NOT_FOUND, "Table '" + tableName + "' doesn't exist"));
    List<RegionRoute> routes =
        snapshot.findRoute(table.id()).map(route -> route.regions()).orElse(List.of());
    List<CompletableFuture<InstructionReply>> replies = new ArrayList<>();
    for (RegionRoute route : routes) {
      replies.add(datanodes.at(route.leader()).instruct(instruction.apply(route.region())));
    }
    List<InstructionReply> answers = new ArrayList<>();
    for (CompletableFuture<InstructionReply> reply : replies) {
      answers.add(Futures.await(reply, timeout, what + " " + tableName));
    }
    return answers;
  }

  InstructionReply region(
      RegionId region, String what, Function<RegionId, RegionInstruction> instruction) {
    RegionRoute route =
        catalog
            .snapshot()
            .findRegion(region)
            .orElseThrow(
                () ->
                    new TerraneException(
                        ErrorCode.REGION_NOT_FOUND, "Region not found: " + region.value()));
    return Futures.await(
        datanodes.at(route.leader()).instruct(instruction.apply(region)),
        timeout,
        what + " " + region.value());
  }

  /** {@code table}, {@code database.table} or {@code catalog.database.table}. */
  static TableName tableName(String text, String database) {
    int last = text.lastIndexOf('.');
    if (last >= 0) {
      String before = text.substring(0, last);
      return new TableName(before.substring(before.lastIndexOf('.') + 1), text.substring(last + 1));
    }
    if (database.isEmpty()) {
      throw new TerraneException(ErrorCode.DATABASE_NOT_SELECTED, "No database selected");
    }
    return new TableName(database, text);
  }
}
