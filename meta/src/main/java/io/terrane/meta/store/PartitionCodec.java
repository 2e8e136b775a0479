package io.terrane.meta.store;

import static io.terrane.meta.store.MetadataJson.array;
import static io.terrane.meta.store.MetadataJson.constant;
import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.list;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.text;
import static io.terrane.meta.store.MetadataJson.textArray;
import static io.terrane.meta.store.MetadataJson.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.table.PartitionExpr;
import io.terrane.api.table.PartitionRule;

/** Partition rules as stored JSON. */
final class PartitionCodec {
  private PartitionCodec() {}

  static ObjectNode write(PartitionRule rule) {
    ObjectNode node = object();
    node.set("columns", textArray(rule.columns()));
    node.set("bounds", array(rule.bounds(), PartitionCodec::write));
    return node;
  }

  static PartitionRule read(JsonNode node) {
    return new PartitionRule(
        texts(node, "columns"), list(node, "bounds", PartitionCodec::readBound));
  }

  private static ObjectNode write(PartitionRule.Bound bound) {
    ObjectNode node = object();
    node.put("sql", bound.sql());
    node.set("expr", write(bound.expr()));
    return node;
  }

  private static PartitionRule.Bound readBound(JsonNode node) {
    return new PartitionRule.Bound(text(node, "sql"), readExpr(field(node, "expr")));
  }

  private static ObjectNode write(PartitionExpr expr) {
    ObjectNode node = object();
    if (expr instanceof PartitionExpr.Compare compare) {
      node.put("type", "compare");
      node.put("column", compare.column());
      node.put("op", compare.op().name());
      node.set("bound", SchemaCodec.write(compare.bound()));
    } else if (expr instanceof PartitionExpr.And and) {
      writeBoth(node, "and", and.left(), and.right());
    } else if (expr instanceof PartitionExpr.Or or) {
      writeBoth(node, "or", or.left(), or.right());
    } else {
      throw MetadataJson.unknown("partition expression", expr);
    }
    return node;
  }

  private static void writeBoth(
      ObjectNode node, String type, PartitionExpr left, PartitionExpr right) {
    node.put("type", type);
    node.set("left", write(left));
    node.set("right", write(right));
  }

  private static PartitionExpr readExpr(JsonNode node) {
    String type = text(node, "type");
    return switch (type) {
      case "compare" ->
          new PartitionExpr.Compare(
              text(node, "column"),
              constant(node, "op", PartitionExpr.Op.class),
              SchemaCodec.readDatum(field(node, "bound")));
      case "and" ->
          new PartitionExpr.And(readExpr(field(node, "left")), readExpr(field(node, "right")));
      case "or" ->
          new PartitionExpr.Or(readExpr(field(node, "left")), readExpr(field(node, "right")));
      default -> throw MetadataJson.unknown("partition expression", type);
    };
  }
}
