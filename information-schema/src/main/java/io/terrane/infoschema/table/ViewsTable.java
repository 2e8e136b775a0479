package io.terrane.infoschema.table;

import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import io.terrane.infoschema.SystemTable;
import java.util.List;

/** {@code views}: stored queries as written. */
public final class ViewsTable {

  private ViewsTable() {}

  public static SystemTable<?> create() {
    return SystemTable.<ViewInfo>named(32, "views")
        .text("table_catalog", view -> TableName.CATALOG)
        .text("table_schema", view -> view.name().database())
        .text("table_name", view -> view.name().table())
        .text("view_definition", ViewInfo::definition)
        .text("check_option", view -> "NONE")
        .text("is_updatable", view -> "NO")
        .text("definer")
        .text("security_type", view -> "INVOKER")
        .text("character_set_client", view -> Charset.NAME)
        .text("collation_connection", view -> Charset.COLLATION)
        .rows(context -> List.copyOf(context.catalog().views()));
  }
}
