package io.terrane.meta.settings;

import static io.terrane.meta.store.MetadataJson.number;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.smallNumber;
import static io.terrane.meta.store.MetadataJson.text;
import static io.terrane.meta.store.MetadataJson.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.node.NodeId;
import io.terrane.api.table.TableId;
import io.terrane.meta.store.ClusterSettings;
import io.terrane.meta.store.MetadataJson;

/** What an operator changes; {@link #type()} is its stored tag. */
sealed interface SettingsChange {
  String type();

  ClusterSettings applyTo(ClusterSettings settings);

  void writeTo(ObjectNode node);

  default ObjectNode write() {
    ObjectNode node = object().put("change", type());
    writeTo(node);
    return node;
  }

  static SettingsChange read(JsonNode node) {
    String type = text(node, "change");
    return switch (type) {
      case "maintenance" -> new Maintenance(truth(node, "on"));
      case "drained" -> new Drained(new NodeId(number(node, "node")), truth(node, "on"));
      case "movesMax" ->
          new MovesMax(smallNumber(node, "max"), node.path("replayBytesPerSecond").asLong());
      case "tableTarget" ->
          new TableTarget(new TableId(smallNumber(node, "table")), new NodeId(number(node, "to")));
      default -> throw MetadataJson.unknown("change of settings", type);
    };
  }

  /** Maintenance mode on or off. */
  record Maintenance(boolean on) implements SettingsChange {
    @Override
    public String type() {
      return "maintenance";
    }

    @Override
    public ClusterSettings applyTo(ClusterSettings settings) {
      return settings.withMaintenance(on);
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.put("on", on);
    }
  }

  /** A datanode is to hold no region, or may again. */
  record Drained(NodeId node, boolean on) implements SettingsChange {
    @Override
    public String type() {
      return "drained";
    }

    @Override
    public ClusterSettings applyTo(ClusterSettings settings) {
      return on ? settings.draining(node) : settings.notDraining(node);
    }

    @Override
    public void writeTo(ObjectNode json) {
      json.put("node", node.value());
      json.put("on", on);
    }
  }

  /** How many regions move at once, and how fast their candidates read the log; 0: any. */
  record MovesMax(int max, long replayBytesPerSecond) implements SettingsChange {
    @Override
    public String type() {
      return "movesMax";
    }

    @Override
    public ClusterSettings applyTo(ClusterSettings settings) {
      return settings.withLimits(max, replayBytesPerSecond);
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.put("max", max);
      if (replayBytesPerSecond > 0) {
        node.put("replayBytesPerSecond", replayBytesPerSecond);
      }
    }
  }

  /** A table's regions go to one datanode. */
  record TableTarget(TableId table, NodeId to) implements SettingsChange {
    @Override
    public String type() {
      return "tableTarget";
    }

    @Override
    public ClusterSettings applyTo(ClusterSettings settings) {
      return settings.sending(table, to);
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.put("table", table.value());
      node.put("to", to.value());
    }
  }
}
