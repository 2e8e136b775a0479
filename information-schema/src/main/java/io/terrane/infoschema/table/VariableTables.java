package io.terrane.infoschema.table;

import io.terrane.api.sql.FrontendView;
import io.terrane.infoschema.SystemTable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Variables and counters of the frontend that is asked, as SHOW VARIABLES and SHOW STATUS list
 * them.
 */
public final class VariableTables {

  private VariableTables() {}

  public static List<SystemTable<?>> all() {
    return List.of(
        table(25, "global_status", FrontendView::status),
        table(26, "session_status", FrontendView::status),
        table(105, "global_variables", FrontendView::globalVariables),
        table(106, "session_variables", FrontendView::variables));
  }

  private static SystemTable<?> table(
      int id, String name, Function<FrontendView, Map<String, String>> values) {
    return SystemTable.<Map.Entry<String, String>>named(id, name)
        .text("variable_name", Map.Entry::getKey)
        .text("variable_value", Map.Entry::getValue)
        .rows(context -> List.copyOf(values.apply(context.frontend()).entrySet()));
  }
}
