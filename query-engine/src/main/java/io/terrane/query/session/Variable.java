package io.terrane.query.session;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;

/**
 * A system variable.
 *
 * @param name lower case
 * @param initial its value unless set, of the kind's type
 * @param writable whether SET may change it
 */
record Variable(String name, Kind kind, Datum initial, boolean writable) {
  /** What values it takes. */
  enum Kind {
    /** Shown as ON and OFF, selected as 1 and 0. */
    SWITCH,
    NUMBER,
    TEXT,
    CHARSET,
    COLLATION,
    TIME_ZONE,
    SQL_MODE,
    ISOLATION
  }

  static Variable on(String name) {
    return new Variable(name, Kind.SWITCH, Datum.of(1L), true);
  }

  static Variable off(String name) {
    return new Variable(name, Kind.SWITCH, Datum.of(0L), true);
  }

  static Variable number(String name, long initial) {
    return new Variable(name, Kind.NUMBER, Datum.of(initial), true);
  }

  static Variable text(String name, String initial) {
    return new Variable(name, Kind.TEXT, Datum.of(initial), true);
  }

  static Variable of(Kind kind, String name, String initial) {
    return new Variable(name, kind, Datum.of(initial), true);
  }

  Variable readOnly() {
    return new Variable(name, kind, initial, false);
  }

  DataType type() {
    return kind == Kind.SWITCH || kind == Kind.NUMBER ? DataType.INT64 : DataType.STRING;
  }

  /** What SHOW VARIABLES prints. */
  String shown(Datum value) {
    if (value.isNull()) {
      return "";
    }
    if (kind == Kind.SWITCH) {
      return (Long) value.value() != 0 ? "ON" : "OFF";
    }
    return kind == Kind.NUMBER && name.equals("sql_select_limit") && (Long) value.value() == -1
        ? "18446744073709551615"
        : String.valueOf(value.value());
  }
}
