package io.terrane.meta.store;

import static io.terrane.meta.store.MetadataJson.list;
import static io.terrane.meta.store.MetadataJson.number;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.smallNumber;
import static io.terrane.meta.store.MetadataJson.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.node.NodeId;
import io.terrane.api.table.TableId;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The cluster's settings as stored JSON. */
final class SettingsCodec {
  private SettingsCodec() {}

  static ObjectNode write(ClusterSettings settings) {
    ObjectNode node = object();
    node.put("maintenance", settings.maintenance());
    ArrayNode drained = node.putArray("drained");
    settings.drained().forEach(each -> drained.add(each.value()));
    settings.movesMax().ifPresent(max -> node.put("movesMax", max));
    if (settings.replayBytesPerSecond() > 0) {
      node.put("replayBytesPerSecond", settings.replayBytesPerSecond());
    }
    if (!settings.tableTargets().isEmpty()) {
      ArrayNode targets = node.putArray("tableTargets");
      settings
          .tableTargets()
          .forEach(
              (table, to) -> targets.addObject().put("table", table.value()).put("to", to.value()));
    }
    return node;
  }

  static ClusterSettings read(JsonNode node) {
    return new ClusterSettings(
        truth(node, "maintenance"),
        Set.copyOf(list(node, "drained", each -> new NodeId(each.asLong()))),
        node.hasNonNull("movesMax")
            ? OptionalInt.of(smallNumber(node, "movesMax"))
            : OptionalInt.empty(),
        node.path("replayBytesPerSecond").asLong(),
        node.hasNonNull("tableTargets") ? readTargets(node) : Map.of());
  }

  private static Map<TableId, NodeId> readTargets(JsonNode node) {
    return list(node, "tableTargets", each -> each).stream()
        .collect(
            Collectors.toMap(
                each -> new TableId(smallNumber(each, "table")),
                each -> new NodeId(number(each, "to"))));
  }
}
