package io.terrane.infoschema.table;

import io.terrane.api.table.TableInfo;
import io.terrane.infoschema.SystemTable;
import java.util.List;

/** {@code plugins}: the storage engine, and how clients may log in. */
public final class PluginsTable {

  private static final String AUTHENTICATION = "AUTHENTICATION";

  private PluginsTable() {}

  public static SystemTable<?> create() {
    return SystemTable.<Plugin>named(100, "plugins")
        .text("plugin_name", Plugin::name)
        .text("plugin_version", plugin -> "1.0")
        .text("plugin_status", plugin -> "ACTIVE")
        .text("plugin_type", Plugin::type)
        .text("plugin_type_version", plugin -> "1.0")
        .text("plugin_library")
        .text("plugin_library_version")
        .text("plugin_author", plugin -> "Terrane")
        .text("plugin_description", Plugin::description)
        .text("plugin_license", plugin -> "Apache-2.0")
        .text("load_option", plugin -> "FORCE")
        .rows(
            context ->
                List.of(
                    new Plugin(TableInfo.DEFAULT_ENGINE, "STORAGE ENGINE", "Regions of tables"),
                    new Plugin("mysql_native_password", AUTHENTICATION, "SHA-1 challenge"),
                    new Plugin("caching_sha2_password", AUTHENTICATION, "SHA-256 challenge")));
  }

  private record Plugin(String name, String type, String description) {}
}
