package io.terrane.meta.migration;

import static io.terrane.meta.store.MetadataJson.constant;
import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.number;
import static io.terrane.meta.store.MetadataJson.optionalText;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationOptions;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.TableName;
import io.terrane.meta.store.CatalogCodec;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a migration is to do; the same in all its states.
 *
 * @param table the region's, for the locks
 * @param replayTimeout how long the target may take to open, again to catch up, and again to take
 *     over
 * @param askedBy empty if not known
 */
record RegionMove(
    RegionId region,
    TableName table,
    NodeId from,
    NodeId to,
    Duration replayTimeout,
    MigrationReason reason,
    String askedBy,
    MigrationOptions options) {
  RegionMove {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(replayTimeout, "replayTimeout");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(askedBy, "askedBy");
    Objects.requireNonNull(options, "options");
  }

  static RegionMove read(JsonNode node) {
    return new RegionMove(
        new RegionId(number(node, "region")),
        CatalogCodec.readName(field(node, "table")),
        new NodeId(number(node, "from")),
        new NodeId(number(node, "to")),
        Duration.ofMillis(number(node, "replayTimeoutMillis")),
        node.hasNonNull("trigger")
            ? constant(node, "trigger", MigrationReason.class)
            : MigrationReason.MANUAL,
        optionalText(node, "askedBy").orElse(""),
        new MigrationOptions(
            node.hasNonNull("stallBudgetMillis")
                ? Optional.of(Duration.ofMillis(number(node, "stallBudgetMillis")))
                : Optional.empty(),
            node.path("verify").asBoolean()));
  }

  void writeTo(ObjectNode node) {
    node.put("region", region.value());
    node.set("table", CatalogCodec.write(table));
    node.put("from", from.value());
    node.put("to", to.value());
    node.put("replayTimeoutMillis", replayTimeout.toMillis());
    options.stallBudget().ifPresent(budget -> node.put("stallBudgetMillis", budget.toMillis()));
    if (options.verify()) {
      node.put("verify", true);
    }
    if (!askedBy.isEmpty()) {
      node.put("askedBy", askedBy);
    }
    if (reason != MigrationReason.MANUAL) {
      node.put("trigger", reason.name());
    }
  }
}
