package io.terrane.api.table;

import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.TableRoute;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one statement may believe about schemas and routes: immutable, shared, from beginning to end
 * of the statement. Names are matched without regard to case, as MySQL does with {@code
 * lower_case_table_names=2}; an exact match wins.
 */
public final class CatalogSnapshot {
  /** Nothing at all; version 0. */
  public static final CatalogSnapshot EMPTY =
      new CatalogSnapshot(0, Map.of(), Map.of(), Map.of(), Map.of());

  private final long version;
  private final Map<String, DatabaseInfo> databases;
  private final Map<TableId, TableInfo> tables;
  private final Map<TableId, ViewInfo> views;
  private final Map<TableId, TableRoute> routes;
  private final Map<TableName, TableInfo> tablesByName;
  private final Map<TableName, ViewInfo> viewsByName;

  /**
   * @param version position in the metadata log; grows with every change
   */
  public CatalogSnapshot(
      long version,
      Map<String, DatabaseInfo> databases,
      Map<TableId, TableInfo> tables,
      Map<TableId, ViewInfo> views,
      Map<TableId, TableRoute> routes) {
    this.version = version;
    this.databases = Collections.unmodifiableMap(new TreeMap<>(databases));
    this.tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    this.views = Collections.unmodifiableMap(new TreeMap<>(views));
    this.routes = Collections.unmodifiableMap(new TreeMap<>(routes));
    this.tablesByName = new HashMap<>();
    this.tables.values().forEach(table -> tablesByName.put(folded(table.name()), table));
    this.tables.values().forEach(table -> tablesByName.put(table.name(), table));
    this.viewsByName = new HashMap<>();
    this.views.values().forEach(view -> viewsByName.put(folded(view.name()), view));
    this.views.values().forEach(view -> viewsByName.put(view.name(), view));
  }

  public long version() {
    return version;
  }

  /** In order of name. */
  public Collection<DatabaseInfo> databases() {
    return databases.values();
  }

  /** In order of id. */
  public Collection<TableInfo> tables() {
    return tables.values();
  }

  /** In order of id. */
  public Collection<ViewInfo> views() {
    return views.values();
  }

  public Collection<TableRoute> routes() {
    return routes.values();
  }

  public Optional<DatabaseInfo> findDatabase(String name) {
    DatabaseInfo exact = databases.get(name);
    return exact != null
        ? Optional.of(exact)
        : databases.values().stream().filter(d -> d.name().equalsIgnoreCase(name)).findFirst();
  }

  public Optional<TableInfo> findTable(TableName name) {
    TableInfo exact = tablesByName.get(name);
    return Optional.ofNullable(exact != null ? exact : tablesByName.get(folded(name)));
  }

  public Optional<ViewInfo> findView(TableName name) {
    ViewInfo exact = viewsByName.get(name);
    return Optional.ofNullable(exact != null ? exact : viewsByName.get(folded(name)));
  }

  public Optional<TableInfo> findTable(TableId id) {
    return Optional.ofNullable(tables.get(id));
  }

  public Optional<TableRoute> findRoute(TableId id) {
    return Optional.ofNullable(routes.get(id));
  }

  /** The route of one region, if its table exists and has it. */
  public Optional<RegionRoute> findRegion(RegionId region) {
    return findRoute(region.table()).flatMap(route -> route.find(region));
  }

  private static TableName folded(TableName name) {
    return new TableName(
        name.database().toLowerCase(Locale.ROOT), name.table().toLowerCase(Locale.ROOT));
  }
}
