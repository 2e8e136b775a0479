package io.terrane.infoschema.table;

import io.terrane.api.table.TableInfo;
import io.terrane.infoschema.SystemTable;
import java.util.List;

/** {@code engines}: every name that {@code tables.engine} can show. */
public final class EnginesTable {

  private EnginesTable() {}

  public static SystemTable<?> create() {
    return SystemTable.<Engine>named(5, "engines")
        .text("engine", Engine::name)
        .text("support", Engine::support)
        .text("comment", Engine::comment)
        .text("transactions", engine -> "NO")
        .text("xa", engine -> "NO")
        .text("savepoints", engine -> "NO")
        .rows(
            context ->
                List.of(
                    new Engine(
                        TableInfo.DEFAULT_ENGINE,
                        "DEFAULT",
                        "Regions with a write-ahead log and Arrow files in an object store"),
                    new Engine("MEMORY", "YES", "System tables, computed when read")));
  }

  private record Engine(String name, String support, String comment) {}
}
