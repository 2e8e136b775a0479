package io.terrane.query.plan;

import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the names in a query meant when it was planned. Routes are no part of it: a plan asks for
 * them each time it is opened. Filled by one thread, then read by any.
 */
final class CatalogUse {
  private record Found(Optional<ViewInfo> view, Optional<TableInfo> table) {
    static Found in(CatalogSnapshot catalog, TableName name) {
      return new Found(catalog.findView(name), catalog.findTable(name));
    }
  }

  private final Map<TableName, Found> names = new LinkedHashMap<>();
  private volatile long version;

  void add(CatalogSnapshot catalog, TableName name) {
    version = catalog.version();
    names.put(name, Found.in(catalog, name));
  }

  /** Whether all names mean the same in another snapshot. */
  boolean holdsIn(CatalogSnapshot catalog) {
    if (catalog.version() == version) {
      return true;
    }
    boolean holds =
        names.entrySet().stream()
            .allMatch(name -> name.getValue().equals(Found.in(catalog, name.getKey())));
    if (holds) {
      version = catalog.version();
    }
    return holds;
  }
}
