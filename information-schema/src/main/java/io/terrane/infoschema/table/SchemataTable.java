package io.terrane.infoschema.table;

import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.TableName;
import io.terrane.infoschema.SystemTable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code schemata}: the databases, the one of the system tables included, by name. */
public final class SchemataTable {

  private static final DatabaseInfo SYSTEM =
      new DatabaseInfo(TableName.INFORMATION_SCHEMA, Map.of(), Instant.EPOCH);

  private SchemataTable() {}

  public static SystemTable<?> create() {
    return SystemTable.<DatabaseInfo>named(15, "schemata")
        .text("catalog_name", database -> TableName.CATALOG)
        .text("schema_name", DatabaseInfo::name)
        .text("default_character_set_name", database -> Charset.NAME)
        .text("default_collation_name", database -> Charset.COLLATION)
        .text("sql_path")
        .text("options", database -> MySqlTypes.options(database.options()))
        .text("default_encryption", database -> "NO")
        .rows(context -> list(context.catalog()));
  }

  private static List<DatabaseInfo> list(CatalogSnapshot catalog) {
    Stream<DatabaseInfo> user =
        catalog.databases().stream()
            .filter(database -> !database.name().equals(TableName.INFORMATION_SCHEMA));
    return Stream.concat(Stream.of(SYSTEM), user)
        .sorted(Comparator.comparing(DatabaseInfo::name))
        .toList();
  }
}
