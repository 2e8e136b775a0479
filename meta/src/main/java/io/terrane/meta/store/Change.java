package io.terrane.meta.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.region.TableRoute;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.ViewInfo;

/** One change of the image. The tags are persisted. */
public sealed interface Change {
  void applyTo(ImageDraft draft);

  /** Tag of the stored form. */
  String type();

  void writeTo(ObjectNode node);

  /** Begins a term under a writer. */
  record TakeLeadership(long term, String writer) implements Change {
    @Override
    public void applyTo(ImageDraft draft) {
      draft.lead(term, writer);
    }

    @Override
    public String type() {
      return "takeLeadership";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.put("term", term);
      node.put("writer", writer);
    }
  }

  /** Adds or replaces a database. */
  record PutDatabase(DatabaseInfo database) implements Change {
    @Override
    public void applyTo(ImageDraft draft) {
      draft.databases().put(database.name(), database);
    }

    @Override
    public String type() {
      return "putDatabase";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.set("database", CatalogCodec.write(database));
    }
  }

  /** Removes a database with its tables, routes and views. */
  record DropDatabase(String name) implements Change {
    @Override
    public void applyTo(ImageDraft draft) {
      draft.dropDatabase(name);
    }

    @Override
    public String type() {
      return "dropDatabase";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.put("name", name);
    }
  }

  /** Adds or replaces a table. */
  record PutTable(TableInfo table) implements Change {
    @Override
    public void applyTo(ImageDraft draft) {
      draft.tables().put(table.id(), table);
    }

    @Override
    public String type() {
      return "putTable";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.set("table", CatalogCodec.write(table));
    }
  }

  /** Removes a table and its route. */
  record DropTable(TableId id) implements Change {
    @Override
    public void applyTo(ImageDraft draft) {
      draft.tables().remove(id);
      draft.routes().remove(id);
    }

    @Override
    public String type() {
      return "dropTable";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.put("id", id.value());
    }
  }

  /** Adds or replaces a view. */
  record PutView(ViewInfo view) implements Change {
    @Override
    public void applyTo(ImageDraft draft) {
      draft.views().put(view.id(), view);
    }

    @Override
    public String type() {
      return "putView";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.set("view", CatalogCodec.write(view));
    }
  }

  /** Removes a view. */
  record DropView(TableId id) implements Change {
    @Override
    public void applyTo(ImageDraft draft) {
      draft.views().remove(id);
    }

    @Override
    public String type() {
      return "dropView";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.put("id", id.value());
    }
  }

  /** Adds or replaces a table's route. */
  record PutRoute(TableRoute route) implements Change {
    @Override
    public void applyTo(ImageDraft draft) {
      draft.routes().put(route.table(), route);
    }

    @Override
    public String type() {
      return "putRoute";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.set("route", RouteCodec.write(route));
    }
  }

  /** Takes numbers that nobody gets again. */
  record ReserveNumbers(int tableIds, int walTopics) implements Change {
    @Override
    public void applyTo(ImageDraft draft) {
      draft.reserve(tableIds, walTopics);
    }

    @Override
    public String type() {
      return "reserveNumbers";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.put("tableIds", tableIds);
      node.put("walTopics", walTopics);
    }
  }

  /** A datanode's present life. */
  record PutNode(NodeInfo node) implements Change {
    @Override
    public void applyTo(ImageDraft draft) {
      draft.nodes().put(node.id(), node);
    }

    @Override
    public String type() {
      return "putNode";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.set("node", RouteCodec.write(this.node));
    }
  }

  /** A procedure's new state. */
  record PutProcedure(ProcedureRecord record) implements Change {
    @Override
    public void applyTo(ImageDraft draft) {
      draft.put(record);
    }

    @Override
    public String type() {
      return "putProcedure";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.set("record", ProcedureCodec.write(record));
    }
  }

  /** What operators have set. */
  record PutSettings(ClusterSettings settings) implements Change {
    @Override
    public void applyTo(ImageDraft draft) {
      draft.set(settings);
    }

    @Override
    public String type() {
      return "putSettings";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.set("settings", SettingsCodec.write(settings));
    }
  }

  /** Forgets a finished procedure. */
  record ForgetProcedure(ProcedureId id) implements Change {
    @Override
    public void applyTo(ImageDraft draft) {
      draft.procedures().remove(id);
    }

    @Override
    public String type() {
      return "forgetProcedure";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.put("id", id.toString());
    }
  }
}
