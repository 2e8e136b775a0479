package io.terrane.meta.store;

import static io.terrane.meta.store.MetadataJson.list;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.node.NodeId;
import java.util.Set;

/** The cluster's settings as stored JSON. */
final class SettingsCodec {
  private SettingsCodec() {}

  static ObjectNode write(ClusterSettings settings) {
    ObjectNode node = object();
    node.put("maintenance", settings.maintenance());
    ArrayNode drained = node.putArray("drained");
    settings.drained().forEach(each -> drained.add(each.value()));
    return node;
  }

  static ClusterSettings read(JsonNode node) {
    return new ClusterSettings(
        truth(node, "maintenance"),
        Set.copyOf(list(node, "drained", each -> new NodeId(each.asLong()))));
  }
}
