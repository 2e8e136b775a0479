package io.terrane.meta.store;

import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.TableRoute;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.ViewInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** An image while an edit is applied to it; copies only the parts that change. One thread. */
final class ImageDraft {
  private final MetadataImage base;
  private Leadership leadership;
  private int nextTableId;
  private long nextWalTopic;
  private Catalog catalog;
  private Map<ProcedureId, ProcedureRecord> procedures;
  private Map<NodeId, NodeInfo> nodes;
  private ClusterSettings settings;
  private ProcedureRecord finished;

  ImageDraft(MetadataImage base) {
    this.base = base;
    this.leadership = base.leadership();
    this.nextTableId = base.nextTableId();
    this.nextWalTopic = base.nextWalTopic();
    this.settings = base.settings();
  }

  void lead(long term, String writer) {
    leadership = new Leadership(term, writer, 0);
  }

  void reserve(int tableIds, int walTopics) {
    nextTableId += tableIds;
    nextWalTopic += walTopics;
  }

  void set(ClusterSettings changed) {
    settings = changed;
  }

  Map<String, DatabaseInfo> databases() {
    return catalog().databases;
  }

  Map<TableId, TableInfo> tables() {
    return catalog().tables;
  }

  Map<TableId, ViewInfo> views() {
    return catalog().views;
  }

  Map<TableId, TableRoute> routes() {
    return catalog().routes;
  }

  void dropDatabase(String name) {
    databases().remove(name);
    tables().values().removeIf(table -> table.name().database().equals(name));
    views().values().removeIf(view -> view.name().database().equals(name));
    routes().keySet().retainAll(tables().keySet());
  }

  Map<ProcedureId, ProcedureRecord> procedures() {
    if (procedures == null) {
      procedures = new TreeMap<>(base.procedures());
    }
    return procedures;
  }

  void put(ProcedureRecord record) {
    procedures().put(record.id(), record);
    if (record.status() == ProcedureStatus.DONE && record.catalogVersion() == 0) {
      finished = record;
    }
  }

  Map<NodeId, NodeInfo> nodes() {
    if (nodes == null) {
      nodes = new TreeMap<>(base.nodes());
    }
    return nodes;
  }

  MetadataImage build(long version) {
    CatalogSnapshot snapshot = catalog == null ? base.catalog() : catalog.snapshot(version);
    if (finished != null) {
      procedures().put(finished.id(), finished.visibleFrom(snapshot.version()));
    }
    return new MetadataImage(
        version,
        leadership,
        snapshot,
        nextTableId,
        nextWalTopic,
        procedures == null ? base.procedures() : procedures,
        nodes == null ? base.nodes() : nodes,
        settings);
  }

  private Catalog catalog() {
    if (catalog == null) {
      catalog = new Catalog(base.catalog());
    }
    return catalog;
  }

  private static final class Catalog {
    private final Map<String, DatabaseInfo> databases = new HashMap<>();
    private final Map<TableId, TableInfo> tables = new HashMap<>();
    private final Map<TableId, ViewInfo> views = new HashMap<>();
    private final Map<TableId, TableRoute> routes = new HashMap<>();

    Catalog(CatalogSnapshot base) {
      base.databases().forEach(database -> databases.put(database.name(), database));
      base.tables().forEach(table -> tables.put(table.id(), table));
      base.views().forEach(view -> views.put(view.id(), view));
      base.routes().forEach(route -> routes.put(route.table(), route));
    }

    CatalogSnapshot snapshot(long version) {
      return new CatalogSnapshot(version, databases, tables, views, routes);
    }
  }
}
