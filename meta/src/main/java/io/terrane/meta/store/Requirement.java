package io.terrane.meta.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.region.RouteVersion;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableName;

/** What must be true when an edit's turn comes. The tags are persisted. */
public sealed interface Requirement {
  boolean holdsIn(MetadataImage image);

  /** Tag of the stored form. */
  String type();

  void writeTo(ObjectNode node);

  /** The author still leads. */
  record TermIs(long term) implements Requirement {
    @Override
    public boolean holdsIn(MetadataImage image) {
      return image.leadership().term() == term;
    }

    @Override
    public String type() {
      return "termIs";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.put("term", term);
    }
  }

  /** The table's route is the one the author read. */
  record RouteVersionIs(TableId table, RouteVersion version) implements Requirement {
    @Override
    public boolean holdsIn(MetadataImage image) {
      return image
          .catalog()
          .findRoute(table)
          .filter(route -> route.version().equals(version))
          .isPresent();
    }

    @Override
    public String type() {
      return "routeVersionIs";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.put("table", table.value());
      node.put("version", version.value());
    }
  }

  /** No table and no view has the name. */
  record NameIsFree(TableName name) implements Requirement {
    @Override
    public boolean holdsIn(MetadataImage image) {
      return image.catalog().findTable(name).isEmpty() && image.catalog().findView(name).isEmpty();
    }

    @Override
    public String type() {
      return "nameIsFree";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.set("name", CatalogCodec.write(name));
    }
  }

  /** There is a database of that name. */
  record DatabaseExists(String name) implements Requirement {
    @Override
    public boolean holdsIn(MetadataImage image) {
      return image.catalog().findDatabase(name).isPresent();
    }

    @Override
    public String type() {
      return "databaseExists";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.put("name", name);
    }
  }

  /** There is no database of that name. */
  record DatabaseIsAbsent(String name) implements Requirement {
    @Override
    public boolean holdsIn(MetadataImage image) {
      return image.catalog().findDatabase(name).isEmpty();
    }

    @Override
    public String type() {
      return "databaseIsAbsent";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.put("name", name);
    }
  }

  /** The procedure has made exactly this many transitions; 0: it does not exist. */
  record ProcedureAt(ProcedureId id, long revision) implements Requirement {
    @Override
    public boolean holdsIn(MetadataImage image) {
      ProcedureRecord record = image.procedures().get(id);
      return (record == null ? 0 : record.revision()) == revision;
    }

    @Override
    public String type() {
      return "procedureAt";
    }

    @Override
    public void writeTo(ObjectNode node) {
      node.put("id", id.toString());
      node.put("revision", revision);
    }
  }
}
