package io.terrane.meta.store;

import static io.terrane.meta.store.MetadataJson.array;
import static io.terrane.meta.store.MetadataJson.constant;
import static io.terrane.meta.store.MetadataJson.instant;
import static io.terrane.meta.store.MetadataJson.list;
import static io.terrane.meta.store.MetadataJson.number;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.optionalInstant;
import static io.terrane.meta.store.MetadataJson.smallNumber;
import static io.terrane.meta.store.MetadataJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.region.LeaderState;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RouteVersion;
import io.terrane.api.region.TableRoute;
import io.terrane.api.table.TableId;

/** Routes and nodes as stored JSON. */
public final class RouteCodec {
  private RouteCodec() {}

  public static ObjectNode write(TableRoute route) {
    ObjectNode node = object();
    node.put("table", route.table().value());
    node.put("version", route.version().value());
    node.set("regions", array(route.regions(), RouteCodec::write));
    return node;
  }

  public static TableRoute readRoute(JsonNode node) {
    return new TableRoute(
        new TableId(smallNumber(node, "table")),
        new RouteVersion(number(node, "version")),
        list(node, "regions", RouteCodec::readRegion));
  }

  private static ObjectNode write(RegionRoute route) {
    ObjectNode node = object();
    node.put("region", route.region().value());
    node.put("leader", route.leader().value());
    node.put("epoch", route.epoch().value());
    node.put("state", route.state().name());
    route.downgradingSince().ifPresent(since -> node.put("downgradingSince", since.toString()));
    node.put("walTopic", route.walTopic());
    return node;
  }

  private static RegionRoute readRegion(JsonNode node) {
    return new RegionRoute(
        new RegionId(number(node, "region")),
        new NodeId(number(node, "leader")),
        new RegionEpoch(number(node, "epoch")),
        constant(node, "state", LeaderState.class),
        optionalInstant(node, "downgradingSince"),
        smallNumber(node, "walTopic"));
  }

  static ObjectNode write(NodeInfo info) {
    ObjectNode node = object();
    node.put("id", info.id().value());
    node.put("role", info.role().name());
    node.put("address", info.address());
    node.put("hostname", info.hostname());
    node.put("version", info.version());
    node.put("commit", info.commit());
    node.put("cpus", info.cpus());
    node.put("memoryBytes", info.memoryBytes());
    node.put("startedAt", info.startedAt().toString());
    return node;
  }

  static NodeInfo readNode(JsonNode node) {
    return new NodeInfo(
        new NodeId(number(node, "id")),
        constant(node, "role", NodeRole.class),
        text(node, "address"),
        text(node, "hostname"),
        text(node, "version"),
        text(node, "commit"),
        smallNumber(node, "cpus"),
        number(node, "memoryBytes"),
        instant(node, "startedAt"));
  }
}
