package io.terrane.rpc.wire;

import io.terrane.api.region.TableRoute;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.ViewInfo;
import io.terrane.rpc.proto.CatalogProto;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The difference between two catalogue snapshots: what is new or changed, and what is gone. */
public final class CatalogDeltaWire {

  private CatalogDeltaWire() {}

  /** What makes {@code target} of {@code base}. */
  public static CatalogProto.CatalogDelta encode(CatalogSnapshot base, CatalogSnapshot target) {
    CatalogProto.CatalogDelta.Builder delta =
        CatalogProto.CatalogDelta.newBuilder().setVersion(target.version());
    difference(
        byKey(base.databases(), DatabaseInfo::name),
        byKey(target.databases(), DatabaseInfo::name),
        database -> delta.addDatabases(TableWire.encode(database)),
        delta::addDroppedDatabases);
    difference(
        byKey(base.tables(), TableInfo::id),
        byKey(target.tables(), TableInfo::id),
        table -> delta.addTables(TableWire.encode(table)),
        id -> delta.addDroppedTables(id.value()));
    difference(
        byKey(base.views(), ViewInfo::id),
        byKey(target.views(), ViewInfo::id),
        view -> delta.addViews(TableWire.encode(view)),
        id -> delta.addDroppedViews(id.value()));
    difference(
        byKey(base.routes(), TableRoute::table),
        byKey(target.routes(), TableRoute::table),
        route -> delta.addRoutes(RegionWire.encode(route)),
        id -> delta.addDroppedRoutes(id.value()));
    return delta.build();
  }

  /**
   * The snapshot that {@code delta} was made for.
   *
   * @param base of the version that the delta was asked for
   */
  public static CatalogSnapshot apply(CatalogSnapshot base, CatalogProto.CatalogDelta delta) {
    Map<String, DatabaseInfo> databases = byKey(base.databases(), DatabaseInfo::name);
    delta.getDroppedDatabasesList().forEach(databases::remove);
    put(databases, delta.getDatabasesList(), TableWire::decode, DatabaseInfo::name);
    Map<TableId, TableInfo> tables = byKey(base.tables(), TableInfo::id);
    delta.getDroppedTablesList().forEach(id -> tables.remove(new TableId(id)));
    put(tables, delta.getTablesList(), TableWire::decode, TableInfo::id);
    Map<TableId, ViewInfo> views = byKey(base.views(), ViewInfo::id);
    delta.getDroppedViewsList().forEach(id -> views.remove(new TableId(id)));
    put(views, delta.getViewsList(), TableWire::decode, ViewInfo::id);
    Map<TableId, TableRoute> routes = byKey(base.routes(), TableRoute::table);
    delta.getDroppedRoutesList().forEach(id -> routes.remove(new TableId(id)));
    put(routes, delta.getRoutesList(), RegionWire::decode, TableRoute::table);
    return new CatalogSnapshot(delta.getVersion(), databases, tables, views, routes);
  }

  private static <K, V> void difference(
      Map<K, V> base, Map<K, V> target, Consumer<V> changed, Consumer<K> dropped) {
    target.forEach(
        (key, value) -> {
          if (!value.equals(base.get(key))) {
            changed.accept(value);
          }
        });
    base.keySet().stream().filter(key -> !target.containsKey(key)).forEach(dropped);
  }

  private static <K, V> Map<K, V> byKey(Collection<V> values, Function<V, K> key) {
    Map<K, V> map = new HashMap<>();
    values.forEach(value -> map.put(key.apply(value), value));
    return map;
  }

  private static <K, V, M> void put(
      Map<K, V> map, List<M> messages, Function<M, V> decode, Function<V, K> key) {
    for (M message : messages) {
      V value = decode.apply(message);
      map.put(key.apply(value), value);
    }
  }
}
