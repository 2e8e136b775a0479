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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;

/** The statistics in a file's footer; format in the package description. */
final class FooterJson {
  static final String KEY = "terrane.sst";
  static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private FooterJson() {}

  static String write(List<BatchMeta> batches) {
    ObjectNode root = JSON.createObjectNode();
    root.put("formatVersion", VERSION);
    ArrayNode array = root.putArray("batches");
    for (BatchMeta batch : batches) {
      ObjectNode node = array.addObject();
      node.put("offset", batch.offset());
      node.put("metadataLength", batch.metadataLength());
      node.put("bodyLength", batch.bodyLength());
      node.put("crc", batch.crc());
      node.put("rows", batch.rows());
      ArrayNode columns = node.putArray("columns");
      for (ColumnRange range : batch.columns()) {
        ObjectNode column = columns.addObject();
        column.put("nulls", range.nulls());
        range.min().ifPresent(min -> column.put("min", min.text()));
        range.max().ifPresent(max -> column.put("max", max.text()));
      }
    }
    return root.toString();
  }

  static List<BatchMeta> read(String text, Schema schema) throws JsonProcessingException {
    JsonNode root = JSON.readTree(text);
    int version = root.path("formatVersion").asInt();
    if (version != VERSION) {
      throw new TerraneException(ErrorCode.UNSUPPORTED, "file has format version " + version);
    }
    List<DataType> types =
        schema.getFields().stream().map(field -> DataType.ofArrow(field.getType())).toList();
    List<BatchMeta> batches = new ArrayList<>();
    for (JsonNode node : root.path("batches")) {
      List<ColumnRange> columns = new ArrayList<>();
      for (JsonNode column : node.path("columns")) {
        DataType type = types.get(columns.size());
        columns.add(
            new ColumnRange(
                column.path("nulls").asLong(),
                datum(column, "min", type),
                datum(column, "max", type)));
      }
      batches.add(
          new BatchMeta(
              node.path("offset").asLong(),
              node.path("metadataLength").asInt(),
              node.path("bodyLength").asLong(),
              node.path("crc").asInt(),
              node.path("rows").asInt(),
              columns));
    }
    return batches;
  }

  private static Optional<Datum> datum(JsonNode column, String name, DataType type) {
    JsonNode text = column.get(name);
    return text == null ? Optional.empty() : Optional.of(Datum.parse(type, text.asText()));
  }
}
