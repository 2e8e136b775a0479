package io.terrane.meta.store;

import static io.terrane.meta.store.MetadataJson.array;
import static io.terrane.meta.store.MetadataJson.constant;
import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.list;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.optionalText;
import static io.terrane.meta.store.MetadataJson.smallNumber;
import static io.terrane.meta.store.MetadataJson.text;
import static io.terrane.meta.store.MetadataJson.textArray;
import static io.terrane.meta.store.MetadataJson.textMap;
import static io.terrane.meta.store.MetadataJson.textObject;
import static io.terrane.meta.store.MetadataJson.texts;
import static io.terrane.meta.store.MetadataJson.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.table.ColumnDefault;
import io.terrane.api.table.ColumnIndex;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.SemanticType;
import io.terrane.api.table.TableSchema;
import java.util.List;
import java.util.Optional;

/** Columns, types and values as stored JSON. */
final class SchemaCodec {
  private SchemaCodec() {}

  static ObjectNode write(TableSchema schema) {
    ObjectNode node = object();
    node.put("version", schema.version());
    node.set("columns", array(schema.columns(), SchemaCodec::write));
    node.set("primaryKey", textArray(schema.primaryKey()));
    schema.timeIndex().ifPresent(name -> node.put("timeIndex", name));
    return node;
  }

  static TableSchema readSchema(JsonNode node) {
    return new TableSchema(
        smallNumber(node, "version"),
        list(node, "columns", SchemaCodec::readColumn),
        texts(node, "primaryKey"),
        optionalText(node, "timeIndex"));
  }

  static ObjectNode write(Datum datum) {
    ObjectNode node = object();
    node.set("type", write(datum.type()));
    node.put("value", datum.text());
    return node;
  }

  static Datum readDatum(JsonNode node) {
    return Datum.parse(readType(field(node, "type")), optionalText(node, "value").orElse(null));
  }

  private static ObjectNode write(ColumnSchema column) {
    ObjectNode node = object();
    node.put("id", column.id());
    node.put("name", column.name());
    node.set("type", write(column.type()));
    node.put("nullable", column.nullable());
    node.put("semanticType", column.semanticType().name());
    column.defaultValue().ifPresent(value -> node.set("default", write(value)));
    node.put("comment", column.comment());
    column.backfill().ifPresent(value -> node.set("backfill", write(value)));
    if (!column.indexes().isEmpty()) {
      node.set("indexes", array(column.indexes(), SchemaCodec::write));
    }
    return node;
  }

  private static ColumnSchema readColumn(JsonNode node) {
    return new ColumnSchema(
        smallNumber(node, "id"),
        text(node, "name"),
        readType(field(node, "type")),
        truth(node, "nullable"),
        constant(node, "semanticType", SemanticType.class),
        node.hasNonNull("default")
            ? Optional.of(readDefault(field(node, "default")))
            : Optional.empty(),
        text(node, "comment"),
        node.hasNonNull("backfill")
            ? Optional.of(readDatum(field(node, "backfill")))
            : Optional.empty(),
        node.hasNonNull("indexes") ? list(node, "indexes", SchemaCodec::readIndex) : List.of());
  }

  private static ObjectNode write(ColumnIndex index) {
    ObjectNode node = object();
    node.put("kind", index.kind().name());
    node.set("options", textObject(index.options()));
    return node;
  }

  private static ColumnIndex readIndex(JsonNode node) {
    return new ColumnIndex(
        constant(node, "kind", ColumnIndex.Kind.class), textMap(node, "options"));
  }

  private static ObjectNode write(DataType type) {
    ObjectNode node = object();
    node.put("kind", type.kind().name());
    node.put("precision", type.precision());
    node.put("scale", type.scale());
    return node;
  }

  private static DataType readType(JsonNode node) {
    return new DataType(
        constant(node, "kind", DataType.Kind.class),
        smallNumber(node, "precision"),
        smallNumber(node, "scale"));
  }

  private static ObjectNode write(ColumnDefault value) {
    ObjectNode node = object();
    node.put("kind", value.kind().name());
    node.set("datum", write(value.value()));
    return node;
  }

  private static ColumnDefault readDefault(JsonNode node) {
    return new ColumnDefault(
        constant(node, "kind", ColumnDefault.Kind.class), readDatum(field(node, "datum")));
  }
}
