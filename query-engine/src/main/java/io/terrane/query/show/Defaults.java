package io.terrane.query.show;

import io.terrane.api.table.ColumnDefault;
import io.terrane.api.table.DataType;

/** Column defaults as text. */
final class Defaults {
  private Defaults() {}

  /** As DESC prints it. */
  static String shown(ColumnDefault value) {
    return switch (value.kind()) {
      case CURRENT_TIMESTAMP -> "current_timestamp()";
      case VALUE -> String.valueOf(value.value().display());
    };
  }

  /** As CREATE TABLE reads it. */
  static String ddl(ColumnDefault value) {
    if (value.kind() == ColumnDefault.Kind.CURRENT_TIMESTAMP) {
      return "current_timestamp()";
    }
    DataType type = value.value().type();
    boolean bare =
        value.value().isNull() || type.isNumeric() || type.kind() == DataType.Kind.BOOLEAN;
    String text = String.valueOf(value.value().display());
    return bare ? text : "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
