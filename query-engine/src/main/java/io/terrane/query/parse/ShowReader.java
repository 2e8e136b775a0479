package io.terrane.query.parse;

import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** SHOW in all its forms (MySQL manual, "SHOW Statements"). */
final class ShowReader {
  private final TokenCursor cursor;

  ShowReader(TokenCursor cursor) {
    this.cursor = cursor;
  }

  Statement show() {
    cursor.expect("show");
    boolean full = cursor.accept("full") || cursor.accept("extended");
    boolean global = cursor.accept("global");
    if (!global) {
      cursor.accept("session");
      cursor.accept("local");
    }
    if (cursor.accept("create")) {
      return showCreate();
    }
    if (cursor.accept("count", "(")) {
      cursor.expect("*", ")");
    }
    ShowKind kind = kind();
    if (kind == ShowKind.VARIABLES
        && !cursor.atEnd()
        && !cursor.at("like")
        && !cursor.at("where")) {
      return new Statement.Show(
          kind,
          full,
          global,
          Optional.of(cursor.compoundName()),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    Optional<SqlIdentifier> target = Optional.empty();
    Optional<String> database = Optional.empty();
    boolean ofTable = kind == ShowKind.COLUMNS || kind == ShowKind.INDEX;
    if (ofTable) {
      from();
      target = Optional.of(cursor.compoundName());
    }
    if (kind == ShowKind.GRANTS) {
      skipRest();
    }
    if (cursor.accept("from") || cursor.accept("in")) {
      database = Optional.of(lastPart(cursor.compoundName()));
    }
    Optional<String> like = cursor.stringIf("like");
    Optional<SqlNode> where =
        cursor.accept("where") ? Optional.of(cursor.expression()) : Optional.empty();
    if (cursor.accept("limit")) {
      skipRest();
    }
    return new Statement.Show(kind, full, global, target, database, like, where);
  }

  private void from() {
    if (!cursor.accept("in")) {
      cursor.expect("from");
    }
  }

  private Statement showCreate() {
    ShowKind kind;
    if (cursor.accept("database") || cursor.accept("schema")) {
      kind = ShowKind.CREATE_DATABASE;
      cursor.accept("if", "not", "exists");
    } else if (cursor.accept("view")) {
      kind = ShowKind.CREATE_VIEW;
    } else if (cursor.accept("table")) {
      kind = ShowKind.CREATE_TABLE;
    } else {
      String what = cursor.take();
      skipRest();
      return new Statement.Unsupported("SHOW CREATE " + what.toUpperCase(Locale.ROOT));
    }
    SqlIdentifier target = cursor.compoundName();
    if (cursor.accept("for")) {
      cursor.name();
    }
    return new Statement.Show(
        kind,
        false,
        false,
        Optional.of(target),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private ShowKind kind() {
    if (cursor.accept("table", "status")) {
      return ShowKind.TABLE_STATUS;
    } else if (cursor.accept("open", "tables")) {
      return ShowKind.OPEN_TABLES;
    } else if (cursor.accept("procedure", "status")) {
      return ShowKind.PROCEDURE_STATUS;
    } else if (cursor.accept("function", "status")) {
      return ShowKind.FUNCTION_STATUS;
    } else if (cursor.accept("character", "set")) {
      return ShowKind.CHARACTER_SET;
    } else if (cursor.accept("storage", "engines")) {
      return ShowKind.ENGINES;
    } else if (cursor.accept("replica", "status") || cursor.accept("slave", "status")) {
      return ShowKind.REPLICA_STATUS;
    } else if (cursor.accept("binary", "log", "status") || cursor.accept("master", "status")) {
      return ShowKind.BINARY_LOG_STATUS;
    } else if (cursor.accept("engine")) {
      cursor.name();
      cursor.expect("status");
      return ShowKind.ENGINE_STATUS;
    }
    SyntaxProblem problem = cursor.problem();
    return switch (cursor.name().toLowerCase(Locale.ROOT)) {
      case "databases", "schemas" -> ShowKind.DATABASES;
      case "tables" -> ShowKind.TABLES;
      case "views" -> ShowKind.VIEWS;
      case "columns", "fields" -> ShowKind.COLUMNS;
      case "index", "indexes", "keys" -> ShowKind.INDEX;
      case "variables" -> ShowKind.VARIABLES;
      case "status" -> ShowKind.STATUS;
      case "warnings" -> ShowKind.WARNINGS;
      case "errors" -> ShowKind.ERRORS;
      case "engines" -> ShowKind.ENGINES;
      case "charset" -> ShowKind.CHARACTER_SET;
      case "collation" -> ShowKind.COLLATION;
      case "processlist" -> ShowKind.PROCESSLIST;
      case "migrations" -> ShowKind.MIGRATIONS;
      case "plugins" -> ShowKind.PLUGINS;
      case "privileges" -> ShowKind.PRIVILEGES;
      case "grants" -> ShowKind.GRANTS;
      case "triggers" -> ShowKind.TRIGGERS;
      case "events" -> ShowKind.EVENTS;
      case "profiles" -> ShowKind.PROFILES;
      default -> throw problem;
    };
  }

  private void skipRest() {
    while (!cursor.atEnd()) {
      cursor.take();
    }
  }

  private static String lastPart(SqlIdentifier name) {
    return name.names.get(name.names.size() - 1);
  }
}
