package io.terrane.query.ddl;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.service.CatalogService;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.query.parse.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * CREATE INDEX and DROP INDEX. Indexes have no effect and are stored nowhere; their names are
 * remembered on this frontend, the last {@value #NAMES_MAX} of them, so that a script that makes
 * and drops them runs, and one that drops what was never there is told so. Thread-safe.
 */
public final class IndexNames {
  private static final int NAMES_MAX = 10_000;

  private final CatalogService catalog;
  private final Map<Key, Boolean> names =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
          return size() > NAMES_MAX;
        }
      };

  private record Key(TableId table, String folded) {}

  public IndexNames(CatalogService catalog) {
    this.catalog = catalog;
  }

  /** INDEX_EXISTS if the table has one of that name. */
  public void create(Statement.CreateIndex statement, String database) {
    TableInfo table = table(catalog.snapshot(), Names.table(statement.table(), database));
    synchronized (names) {
      boolean known = names.put(key(table, statement.name()), true) != null;
      if (known && !statement.ifNotExists()) {
        throw new TerraneException(
            ErrorCode.INDEX_EXISTS, "Duplicate key name '" + statement.name() + "'");
      }
    }
  }

  /** INDEX_NOT_FOUND if there is none of that name. */
  public void drop(Statement.DropIndex statement, String database) {
    CatalogSnapshot snapshot = catalog.snapshot();
    Optional<TableInfo> named =
        statement.table().map(name -> table(snapshot, Names.table(name, database)));
    boolean found;
    synchronized (names) {
      found =
          named.isPresent()
              ? names.remove(key(named.get(), statement.name())) != null
              : snapshot.tables().stream()
                  .filter(table -> table.name().database().equalsIgnoreCase(database))
                  .anyMatch(table -> names.remove(key(table, statement.name())) != null);
    }
    if (!found && !statement.ifExists()) {
      throw new TerraneException(
          ErrorCode.INDEX_NOT_FOUND,
          "Can't DROP '" + statement.name() + "'; check that column/key exists");
    }
  }

  private static Key key(TableInfo table, String name) {
    return new Key(table.id(), name.toLowerCase(Locale.ROOT));
  }

  private static TableInfo table(CatalogSnapshot snapshot, TableName name) {
    return snapshot
        .findTable(Names.checkedWritable(name))
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.TABLE_NOT_FOUND, "Table '" + name + "' doesn't exist"));
  }
}
