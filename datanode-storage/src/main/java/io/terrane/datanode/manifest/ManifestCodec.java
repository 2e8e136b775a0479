package io.terrane.datanode.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.datanode.sst.SstId;
import io.terrane.datanode.sst.SstMeta;
import io.terrane.datanode.sst.TimeRange;
import io.terrane.datanode.wal.WalPoint;
import io.terrane.objectstore.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Edits and checkpoints to bytes and back; the format is in the package description. */
final class ManifestCodec {
  static final int VERSION = 1;
  private static final int CRC_CHARS = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An edit with its number, its leader's epoch and who wrote it. */
  record Stamped(long version, long epoch, String writer, ManifestEdit edit) {}

  byte[] encodeEdit(Stamped stamped) {
    ObjectNode root = JSON.createObjectNode();
    root.put("formatVersion", VERSION);
    root.put("version", stamped.version());
    root.put("epoch", stamped.epoch());
    root.put("writer", stamped.writer());
    ManifestEdit edit = stamped.edit();
    if (edit instanceof ManifestEdit.Created created) {
      root.put("edit", "created");
      root.set("start", point(created.start()));
    } else if (edit instanceof ManifestEdit.Led) {
      root.put("edit", "led");
    } else if (edit instanceof ManifestEdit.Flushed flushed) {
      root.put("edit", "flushed");
      root.set("file", file(flushed.file()));
      root.set("flushed", point(flushed.flushed()));
      root.set("replay", point(flushed.replay()));
    } else if (edit instanceof ManifestEdit.Advanced advanced) {
      root.put("edit", "advanced");
      root.set("flushed", point(advanced.flushed()));
      root.set("replay", point(advanced.replay()));
    } else if (edit instanceof ManifestEdit.Compacted compacted) {
      root.put("edit", "compacted");
      ArrayNode removed = root.putArray("removed");
      compacted.removed().forEach(id -> removed.add(id.name()));
      ArrayNode added = root.putArray("added");
      compacted.added().forEach(file -> added.add(file(file)));
    } else if (edit instanceof ManifestEdit.Truncated truncated) {
      root.put("edit", "truncated");
      root.set("flushed", point(truncated.flushed()));
      root.set("replay", point(truncated.replay()));
    }
    return seal(root);
  }

  Stamped decodeEdit(ObjectKey key, byte[] bytes) {
    JsonNode root = open(key, bytes);
    String kind = root.path("edit").asText();
    ManifestEdit edit =
        switch (kind) {
          case "created" -> new ManifestEdit.Created(point(root.path("start")));
          case "led" -> new ManifestEdit.Led();
          case "flushed" ->
              new ManifestEdit.Flushed(
                  file(root.path("file")), point(root.path("flushed")), point(root.path("replay")));
          case "advanced" ->
              new ManifestEdit.Advanced(point(root.path("flushed")), point(root.path("replay")));
          case "compacted" -> {
            List<SstId> removed = new ArrayList<>();
            root.path("removed").forEach(id -> removed.add(new SstId(id.asText())));
            yield new ManifestEdit.Compacted(removed, files(root.path("added")));
          }
          case "truncated" ->
              new ManifestEdit.Truncated(point(root.path("flushed")), point(root.path("replay")));
          default -> throw corrupted(key, "unknown edit " + kind, null);
        };
    return new Stamped(
        root.path("version").asLong(),
        root.path("epoch").asLong(),
        root.path("writer").asText(),
        edit);
  }

  byte[] encodeCheckpoint(RegionManifest manifest) {
    ObjectNode root = JSON.createObjectNode();
    root.put("formatVersion", VERSION);
    root.put("version", manifest.version());
    root.put("epoch", manifest.epoch());
    root.set("flushed", point(manifest.flushed()));
    root.set("replay", point(manifest.replay()));
    ArrayNode files = root.putArray("files");
    manifest.files().forEach(file -> files.add(file(file)));
    return seal(root);
  }

  RegionManifest decodeCheckpoint(ObjectKey key, byte[] bytes) {
    JsonNode root = open(key, bytes);
    return new RegionManifest(
        root.path("version").asLong(),
        root.path("epoch").asLong(),
        files(root.path("files")),
        point(root.path("flushed")),
        point(root.path("replay")));
  }

  private static ObjectNode point(WalPoint point) {
    return JSON.createObjectNode()
        .put("position", point.position())
        .put("epoch", point.epoch())
        .put("sequence", point.sequence());
  }

  private static WalPoint point(JsonNode node) {
    return new WalPoint(
        node.path("position").asLong(),
        node.path("epoch").asLong(),
        node.path("sequence").asLong());
  }

  private static ObjectNode file(SstMeta file) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("id", file.id().name())
            .put("size", file.size())
            .put("rows", file.rows())
            .put("tombstones", file.tombstones())
            .put("firstSequence", file.firstSequence())
            .put("lastSequence", file.lastSequence())
            .put("footerOffset", file.footerOffset())
            .put("footerCrc", file.footerCrc());
    node.set("firstKey", key(file.firstKey()));
    node.set("lastKey", key(file.lastKey()));
    if (file.level() > 0) {
      node.put("level", file.level());
    }
    file.time().ifPresent(time -> node.set("time", key(List.of(time.first(), time.last()))));
    return node;
  }

  private static List<SstMeta> files(JsonNode nodes) {
    List<SstMeta> files = new ArrayList<>();
    nodes.forEach(node -> files.add(file(node)));
    return files;
  }

  private static SstMeta file(JsonNode node) {
    return new SstMeta(
        new SstId(node.path("id").asText()),
        node.path("size").asLong(),
        node.path("rows").asLong(),
        node.path("tombstones").asLong(),
        node.path("firstSequence").asLong(),
        node.path("lastSequence").asLong(),
        node.path("footerOffset").asLong(),
        node.path("footerCrc").asInt(),
        key(node.path("firstKey")),
        key(node.path("lastKey")),
        node.path("level").asInt(),
        time(key(node.path("time"))));
  }

  private static Optional<TimeRange> time(List<Datum> ends) {
    return ends.isEmpty() ? Optional.empty() : Optional.of(new TimeRange(ends.get(0), ends.get(1)));
  }

  private static ArrayNode key(List<Datum> key) {
    ArrayNode nodes = JSON.createArrayNode();
    for (Datum datum : key) {
      ObjectNode node = nodes.addObject();
      node.put("kind", datum.type().kind().name());
      node.put("precision", datum.type().precision());
      node.put("scale", datum.type().scale());
      node.put("value", datum.text());
    }
    return nodes;
  }

  private static List<Datum> key(JsonNode nodes) {
    List<Datum> key = new ArrayList<>();
    for (JsonNode node : nodes) {
      DataType type =
          new DataType(
              DataType.Kind.valueOf(node.path("kind").asText()),
              node.path("precision").asInt(),
              node.path("scale").asInt());
      JsonNode value = node.path("value");
      key.add(Datum.parse(type, value.isNull() ? null : value.asText()));
    }
    return key;
  }

  private static byte[] seal(ObjectNode root) {
    String text = root.toString();
    return (text + "\n" + crc(text)).getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode open(ObjectKey key, byte[] bytes) {
    String sealed = new String(bytes, StandardCharsets.UTF_8);
    int end = sealed.length() - CRC_CHARS - 1;
    if (end < 0 || sealed.charAt(end) != '\n') {
      throw corrupted(key, "it is cut off", null);
    }
    String text = sealed.substring(0, end);
    if (!crc(text).equals(sealed.substring(end + 1))) {
      throw corrupted(key, "checksum does not match", null);
    }
    try {
      JsonNode root = JSON.readTree(text);
      int version = root.path("formatVersion").asInt();
      if (version != VERSION) {
        throw corrupted(key, "it has format version " + version, null);
      }
      return root;
    } catch (JsonProcessingException e) {
      throw corrupted(key, "it is not JSON", e);
    }
  }

  private static String crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }

  private static TerraneException corrupted(ObjectKey key, String what, Throwable cause) {
    return new TerraneException(
        ErrorCode.CORRUPTED, "manifest file " + key + " is corrupted: " + what, cause);
  }
}
