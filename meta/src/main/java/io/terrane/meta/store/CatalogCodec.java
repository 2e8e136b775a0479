package io.terrane.meta.store;

import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.instant;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.smallNumber;
import static io.terrane.meta.store.MetadataJson.text;
import static io.terrane.meta.store.MetadataJson.textArray;
import static io.terrane.meta.store.MetadataJson.textMap;
import static io.terrane.meta.store.MetadataJson.textObject;
import static io.terrane.meta.store.MetadataJson.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;

/** Databases, tables and views as stored JSON. */
public final class CatalogCodec {
  private CatalogCodec() {}

  static ObjectNode write(DatabaseInfo database) {
    ObjectNode node = object();
    node.put("name", database.name());
    node.set("options", textObject(database.options()));
    node.put("createdAt", database.createdAt().toString());
    return node;
  }

  static DatabaseInfo readDatabase(JsonNode node) {
    return new DatabaseInfo(
        text(node, "name"), textMap(node, "options"), instant(node, "createdAt"));
  }

  public static ObjectNode write(TableName name) {
    ObjectNode node = object();
    node.put("database", name.database());
    node.put("table", name.table());
    return node;
  }

  public static TableName readName(JsonNode node) {
    return new TableName(text(node, "database"), text(node, "table"));
  }

  public static ObjectNode write(TableInfo table) {
    ObjectNode node = object();
    node.put("id", table.id().value());
    node.set("name", write(table.name()));
    node.set("schema", SchemaCodec.write(table.schema()));
    node.set("partitionRule", PartitionCodec.write(table.partitionRule()));
    node.put("engine", table.engine());
    node.set("options", textObject(table.options()));
    node.put("comment", table.comment());
    node.put("createdAt", table.createdAt().toString());
    return node;
  }

  public static TableInfo readTable(JsonNode node) {
    return new TableInfo(
        new TableId(smallNumber(node, "id")),
        readName(field(node, "name")),
        SchemaCodec.readSchema(field(node, "schema")),
        PartitionCodec.read(field(node, "partitionRule")),
        text(node, "engine"),
        textMap(node, "options"),
        text(node, "comment"),
        instant(node, "createdAt"));
  }

  public static ObjectNode write(ViewInfo view) {
    ObjectNode node = object();
    node.put("id", view.id().value());
    node.set("name", write(view.name()));
    node.put("definition", view.definition());
    node.put("database", view.database());
    node.set("columns", textArray(view.columns()));
    node.put("createdAt", view.createdAt().toString());
    return node;
  }

  public static ViewInfo readView(JsonNode node) {
    return new ViewInfo(
        new TableId(smallNumber(node, "id")),
        readName(field(node, "name")),
        text(node, "definition"),
        text(node, "database"),
        texts(node, "columns"),
        instant(node, "createdAt"));
  }
}
