package io.terrane.query.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** CREATE and DROP. */
final class CreateReader {
  private final TokenCursor cursor;

  CreateReader(TokenCursor cursor) {
    this.cursor = cursor;
  }

  Statement create() {
    cursor.expect("create");
    boolean orReplace = cursor.accept("or", "replace");
    if (cursor.accept("database") || cursor.accept("schema")) {
      return new DatabaseReader(cursor).create();
    }
    if (cursor.at("view") || cursor.at("algorithm") || cursor.at("definer") || cursor.at("sql")) {
      return createView(orReplace);
    }
    if (orReplace) {
      throw cursor.problem();
    }
    if (cursor.at("external") || cursor.at("temporary") || cursor.at("flow") || cursor.at("user")) {
      String what = cursor.take().toUpperCase(Locale.ROOT);
      skipRest();
      return new Statement.Unsupported("CREATE " + what);
    }
    if (cursor.accept("table")) {
      boolean ifNotExists = cursor.accept("if", "not", "exists");
      return new TableReader(cursor).createTable(ifNotExists);
    }
    while (cursor.accept("unique") || cursor.accept("fulltext") || cursor.accept("spatial")) {
      // Kinds of indexes; every key search uses the row key.
      continue;
    }
    cursor.expect("index");
    boolean ifNotExists = cursor.accept("if", "not", "exists");
    String name = cursor.name();
    if (cursor.accept("using")) {
      cursor.name();
    }
    cursor.expect("on");
    SqlIdentifier table = cursor.compoundName();
    skipRest();
    return new Statement.CreateIndex(name, table, ifNotExists);
  }

  Statement drop() {
    cursor.expect("drop");
    if (cursor.accept("database") || cursor.accept("schema")) {
      return new DatabaseReader(cursor).drop();
    }
    if (cursor.accept("index")) {
      boolean ifExists = cursor.accept("if", "exists");
      String name = cursor.name();
      Optional<SqlIdentifier> table =
          cursor.accept("on") ? Optional.of(cursor.compoundName()) : Optional.empty();
      skipRest();
      return new Statement.DropIndex(name, table, ifExists);
    }
    if (cursor.accept("prepare")) {
      return new Statement.Deallocate(cursor.name());
    }
    cursor.accept("temporary");
    boolean view = cursor.accept("view");
    if (!view) {
      cursor.expect("table");
    }
    boolean ifExists = cursor.accept("if", "exists");
    List<SqlIdentifier> names = new ArrayList<>();
    do {
      names.add(cursor.compoundName());
    } while (cursor.accept(","));
    if (!cursor.accept("restrict")) {
      cursor.accept("cascade");
    }
    return view
        ? new Statement.DropView(names, ifExists)
        : new Statement.DropTable(names, ifExists);
  }

  private Statement createView(boolean orReplace) {
    while (!cursor.accept("view")) {
      cursor.take();
    }
    boolean ifNotExists = cursor.accept("if", "not", "exists");
    SqlIdentifier name = cursor.compoundName();
    List<String> columns = cursor.at("(") ? cursor.nameList() : List.of();
    cursor.expect("as");
    SqlParserPos start = cursor.position();
    SqlNode query = cursor.query();
    return new Statement.CreateView(name, columns, query, start, "", orReplace, ifNotExists);
  }

  private void skipRest() {
    while (!cursor.atEnd()) {
      cursor.take();
    }
  }
}
