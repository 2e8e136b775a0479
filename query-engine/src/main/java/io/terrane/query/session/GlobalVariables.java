package io.terrane.query.session;

import io.terrane.api.table.Datum;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What SET GLOBAL changed on this node; new sessions start from it. Thread-safe. */
public final class GlobalVariables {
  private final VariableTable table;
  private final Map<String, Datum> changed = new ConcurrentHashMap<>();

  /**
   * @param version what VERSION() answers
   * @param sqlMode mode that sessions start with, empty for MySQL's own
   */
  public GlobalVariables(String version, String sqlMode) {
    String mode = sqlMode.isEmpty() ? VariableTable.SQL_MODE : sqlMode;
    table = new VariableTable(version, SqlMode.normalized(mode));
  }

  VariableTable table() {
    return table;
  }

  Datum value(Variable variable) {
    return changed.getOrDefault(variable.name(), variable.initial());
  }

  void set(Variable variable, Datum value) {
    if (!value.isNull()) {
      changed.put(variable.name(), value);
    }
  }
}
