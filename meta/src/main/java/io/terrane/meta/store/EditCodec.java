package io.terrane.meta.store;

import static io.terrane.meta.store.MetadataJson.array;
import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.list;
import static io.terrane.meta.store.MetadataJson.number;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.smallNumber;
import static io.terrane.meta.store.MetadataJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.region.RouteVersion;
import io.terrane.api.table.TableId;

/** Batches as the values of the log's records. */
final class EditCodec {
  static final int FORMAT_VERSION = 1;

  private EditCodec() {}

  static byte[] encode(MetadataBatch batch) {
    ObjectNode node = object();
    node.put("formatVersion", FORMAT_VERSION);
    node.put("writer", batch.writer());
    node.put("sequence", batch.sequence());
    node.set("edits", array(batch.edits(), EditCodec::write));
    return MetadataJson.toBytes(node);
  }

  static MetadataBatch decode(byte[] bytes) {
    JsonNode node = MetadataJson.parse(bytes);
    int format = smallNumber(node, "formatVersion");
    if (format != FORMAT_VERSION) {
      throw MetadataJson.unknown("format version", format);
    }
    return new MetadataBatch(
        text(node, "writer"), number(node, "sequence"), list(node, "edits", EditCodec::readEdit));
  }

  private static ObjectNode write(MetadataEdit edit) {
    ObjectNode node = object();
    node.set("requirements", array(edit.requirements(), EditCodec::write));
    node.set("changes", array(edit.changes(), EditCodec::write));
    return node;
  }

  private static MetadataEdit readEdit(JsonNode node) {
    return new MetadataEdit(
        list(node, "requirements", EditCodec::readRequirement),
        list(node, "changes", EditCodec::readChange));
  }

  private static ObjectNode write(Requirement requirement) {
    ObjectNode node = object();
    node.put("type", requirement.type());
    requirement.writeTo(node);
    return node;
  }

  private static Requirement readRequirement(JsonNode node) {
    String type = text(node, "type");
    return switch (type) {
      case "termIs" -> new Requirement.TermIs(number(node, "term"));
      case "routeVersionIs" ->
          new Requirement.RouteVersionIs(
              new TableId(smallNumber(node, "table")), new RouteVersion(number(node, "version")));
      case "nameIsFree" -> new Requirement.NameIsFree(CatalogCodec.readName(field(node, "name")));
      case "databaseExists" -> new Requirement.DatabaseExists(text(node, "name"));
      case "databaseIsAbsent" -> new Requirement.DatabaseIsAbsent(text(node, "name"));
      case "procedureAt" ->
          new Requirement.ProcedureAt(
              ProcedureId.parse(text(node, "id")), number(node, "revision"));
      default -> throw MetadataJson.unknown("requirement", type);
    };
  }

  private static ObjectNode write(Change change) {
    ObjectNode node = object();
    node.put("type", change.type());
    change.writeTo(node);
    return node;
  }

  private static Change readChange(JsonNode node) {
    String type = text(node, "type");
    return switch (type) {
      case "takeLeadership" ->
          new Change.TakeLeadership(number(node, "term"), text(node, "writer"));
      case "putDatabase" ->
          new Change.PutDatabase(CatalogCodec.readDatabase(field(node, "database")));
      case "dropDatabase" -> new Change.DropDatabase(text(node, "name"));
      case "putTable" -> new Change.PutTable(CatalogCodec.readTable(field(node, "table")));
      case "dropTable" -> new Change.DropTable(new TableId(smallNumber(node, "id")));
      case "putView" -> new Change.PutView(CatalogCodec.readView(field(node, "view")));
      case "dropView" -> new Change.DropView(new TableId(smallNumber(node, "id")));
      case "putRoute" -> new Change.PutRoute(RouteCodec.readRoute(field(node, "route")));
      case "reserveNumbers" ->
          new Change.ReserveNumbers(smallNumber(node, "tableIds"), smallNumber(node, "walTopics"));
      case "putNode" -> new Change.PutNode(RouteCodec.readNode(field(node, "node")));
      case "putProcedure" -> new Change.PutProcedure(ProcedureCodec.read(field(node, "record")));
      case "putSettings" -> new Change.PutSettings(SettingsCodec.read(field(node, "settings")));
      case "forgetProcedure" -> new Change.ForgetProcedure(ProcedureId.parse(text(node, "id")));
      default -> throw MetadataJson.unknown("change", type);
    };
  }
}
