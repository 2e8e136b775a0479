package io.terrane.datanode.sst;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.objectstore.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;

/** What a file's footer says of its batches; format in the package description. */
final class FooterJson {
  static final String KEY = "terrane.sst";
  static final int VERSION = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private FooterJson() {}

  static String write(List<BatchMeta> batches) {
    ObjectNode root = JSON.createObjectNode();
    root.put("formatVersion", VERSION);
    ArrayNode array = root.putArray("batches");
    for (BatchMeta batch : batches) {
      ObjectNode node = array.addObject();
      node.put("offset", batch.offset());
      node.put("rows", batch.rows());
      ArrayNode columns = node.putArray("columns");
      batch.columns().forEach(column -> write(column, columns.addObject()));
    }
    return root.toString();
  }

  private static void write(ColumnChunk column, ObjectNode node) {
    ArrayNode buffers = node.putArray("buffers");
    column.buffers().forEach(buffers::add);
    node.put("crc", column.crc());
    node.put("nulls", column.range().nulls());
    column.range().min().ifPresent(min -> node.put("min", min.text()));
    column.range().max().ifPresent(max -> node.put("max", max.text()));
  }

  static List<BatchMeta> read(ObjectKey file, String text, Schema schema)
      throws JsonProcessingException {
    JsonNode root = JSON.readTree(text);
    int version = root.path("formatVersion").asInt();
    if (version != VERSION) {
      throw new TerraneException(
          ErrorCode.UNSUPPORTED,
          "file %s has format version %d, this server reads %d".formatted(file, version, VERSION));
    }
    List<DataType> types =
        schema.getFields().stream().map(field -> DataType.ofArrow(field.getType())).toList();
    List<BatchMeta> batches = new ArrayList<>();
    for (JsonNode node : root.path("batches")) {
      List<ColumnChunk> columns = new ArrayList<>();
      for (JsonNode column : node.path("columns")) {
        columns.add(read(column, types.get(columns.size())));
      }
      batches.add(new BatchMeta(node.path("offset").asLong(), node.path("rows").asInt(), columns));
    }
    return batches;
  }

  private static ColumnChunk read(JsonNode node, DataType type) {
    List<Integer> buffers = new ArrayList<>();
    node.path("buffers").forEach(length -> buffers.add(length.asInt()));
    return new ColumnChunk(
        new ColumnRange(
            node.path("nulls").asLong(), datum(node, "min", type), datum(node, "max", type)),
        buffers,
        node.path("crc").asInt());
  }

  private static Optional<Datum> datum(JsonNode column, String name, DataType type) {
    JsonNode text = column.get(name);
    return text == null ? Optional.empty() : Optional.of(Datum.parse(type, text.asText()));
  }
}
