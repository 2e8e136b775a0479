package io.terrane.query.parse;

import io.terrane.query.parse.Alteration.Place;
import io.terrane.query.parse.Statement.Column;
import io.terrane.query.parse.Statement.Renaming;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/** ALTER TABLE in MySQL's and GreptimeDB's forms, and RENAME TABLE. */
final class AlterReader {
  private final TokenCursor cursor;
  private final List<Alteration> alterations = new ArrayList<>();

  AlterReader(TokenCursor cursor) {
    this.cursor = cursor;
  }

  Statement rename() {
    cursor.expect("rename");
    if (!cursor.accept("tables")) {
      cursor.expect("table");
    }
    List<Renaming> renamings = new ArrayList<>();
    do {
      SqlIdentifier from = cursor.compoundName();
      cursor.expect("to");
      renamings.add(new Renaming(from, cursor.compoundName()));
    } while (cursor.accept(","));
    return new Statement.RenameTables(renamings);
  }

  /** What follows ALTER. */
  Statement alter() {
    if (cursor.accept("database") || cursor.accept("schema")) {
      return new DatabaseReader(cursor).alter();
    }
    if (!cursor.accept("table")) {
      String what = cursor.take().toUpperCase(Locale.ROOT);
      while (!cursor.atEnd()) {
        cursor.take();
      }
      return new Statement.Unsupported("ALTER " + what);
    }
    SqlIdentifier table = cursor.compoundName();
    do {
      alteration();
    } while (cursor.accept(","));
    return new Statement.AlterTable(table, alterations);
  }

  private void alteration() {
    if (cursor.accept("add")) {
      add();
    } else if (cursor.accept("drop")) {
      drop();
    } else if (cursor.accept("modify")) {
      cursor.accept("column");
      String name = cursor.name();
      if (!columnClause(name)) {
        change(name, name);
      }
    } else if (cursor.accept("change")) {
      cursor.accept("column");
      change(cursor.name(), cursor.name());
    } else if (cursor.accept("alter")) {
      cursor.accept("column");
      if (!columnClause(cursor.name())) {
        throw cursor.problem();
      }
    } else if (cursor.accept("rename")) {
      rename(cursor);
    } else if (cursor.accept("set")) {
      setOptions();
    } else if (cursor.accept("unset")) {
      List<String> keys = new ArrayList<>();
      do {
        keys.add(cursor.optionKey());
      } while (cursor.accept(","));
      alterations.add(new Alteration.UnsetOptions(keys));
    } else {
      tableOption();
    }
  }

  private void add() {
    if (cursor.accept("constraint") && !atKey()) {
      cursor.name();
    }
    if (cursor.at("primary", "key")) {
      unsupported("ALTER TABLE ... ADD PRIMARY KEY");
    } else if (cursor.accept("partition")) {
      unsupported("ALTER TABLE ... ADD PARTITION");
    } else if (atKey()) {
      addIndex();
    } else {
      cursor.accept("column");
      boolean ifNotExists = cursor.accept("if", "not", "exists");
      if (cursor.accept("(")) {
        do {
          addColumn(ifNotExists);
        } while (cursor.accept(","));
        cursor.expect(")");
      } else {
        addColumn(ifNotExists);
      }
    }
  }

  private boolean atKey() {
    return cursor.at("primary", "key")
        || cursor.at("unique")
        || cursor.at("foreign", "key")
        || cursor.at("check", "(")
        || cursor.at("fulltext")
        || cursor.at("spatial")
        || cursor.at("index")
        || cursor.at("key");
  }

  private void addIndex() {
    boolean named = false;
    while (!named && atKey() && !cursor.at("foreign") && !cursor.at("check")) {
      named = cursor.at("index") || cursor.at("key");
      cursor.take();
    }
    if (!cursor.at("foreign") && !cursor.at("check") && !cursor.at("(") && cursor.atName()) {
      alterations.add(new Alteration.AddIndex(cursor.name()));
    } else {
      alterations.add(new Alteration.NoEffect());
    }
    cursor.skipList();
  }

  private void addColumn(boolean ifNotExists) {
    Column column = new ColumnReader(cursor).column();
    alterations.add(new Alteration.AddColumn(column, ifNotExists, place()));
  }

  private Optional<Place> place() {
    if (cursor.accept("first")) {
      return Optional.of(new Place(Optional.empty()));
    }
    return cursor.accept("after")
        ? Optional.of(new Place(Optional.of(cursor.name())))
        : Optional.empty();
  }

  private void drop() {
    if (cursor.at("primary", "key")) {
      unsupported("ALTER TABLE ... DROP PRIMARY KEY");
    } else if (cursor.at("partition")) {
      unsupported("ALTER TABLE ... DROP PARTITION");
    } else if (cursor.accept("index") || cursor.accept("key")) {
      boolean ifExists = cursor.accept("if", "exists");
      alterations.add(new Alteration.DropIndex(cursor.name(), ifExists));
    } else if (cursor.accept("foreign", "key")
        || cursor.accept("constraint")
        || cursor.accept("check")) {
      cursor.name();
      alterations.add(new Alteration.NoEffect());
    } else {
      cursor.accept("column");
      boolean ifExists = cursor.accept("if", "exists");
      alterations.add(new Alteration.DropColumn(cursor.name(), ifExists));
      cursor.accept("restrict");
    }
  }

  /** SET DEFAULT, DROP DEFAULT, and what GreptimeDB sets of a column's indexes. */
  private boolean columnClause(String column) {
    if (cursor.accept("set", "default")) {
      alterations.add(new Alteration.SetDefault(column, Optional.of(cursor.expression())));
    } else if (cursor.accept("drop", "default")) {
      alterations.add(new Alteration.SetDefault(column, Optional.empty()));
    } else if (cursor.accept("set")) {
      alterations.add(new Alteration.SetIndex(column, new ColumnReader(cursor).index()));
    } else if (cursor.accept("unset")) {
      alterations.add(new Alteration.UnsetIndex(column, new ColumnReader(cursor).index().kind()));
    } else {
      return false;
    }
    return true;
  }

  private void change(String name, String newName) {
    Column column = new ColumnReader(cursor).column(newName);
    boolean typeOnly =
        column.nullable().isEmpty()
            && column.defaultValue().isEmpty()
            && column.comment().isEmpty();
    alterations.add(new Alteration.ChangeColumn(name, column, typeOnly, place()));
  }

  private void rename(TokenCursor words) {
    if (words.accept("column")) {
      String name = words.name();
      words.expect("to");
      alterations.add(new Alteration.RenameColumn(name, words.name()));
    } else if (words.at("index") || words.at("key")) {
      words.skipList();
      alterations.add(new Alteration.NoEffect());
    } else {
      if (!words.accept("to")) {
        words.accept("as");
      }
      alterations.add(new Alteration.RenameTable(words.compoundName()));
    }
  }

  private void setOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    do {
      String key = cursor.optionKey();
      cursor.expect("=");
      options.put(key, cursor.value());
    } while (cursor.accept(","));
    alterations.add(new Alteration.SetOptions(options));
  }

  private void tableOption() {
    if (cursor.accept("comment")) {
      cursor.accept("=");
      alterations.add(new Alteration.SetComment(cursor.string()));
      return;
    }
    if (cursor.at("partition") || cursor.at("split") || cursor.at("merge")) {
      unsupported("ALTER TABLE ... " + cursor.peek(1).toUpperCase(Locale.ROOT) + " PARTITION");
      return;
    }
    boolean ignored =
        cursor.at("default")
            || cursor.at("character", "set")
            || cursor.at("convert", "to")
            || cursor.at("enable", "keys")
            || cursor.at("disable", "keys")
            || cursor.at("order", "by")
            || cursor.at("force")
            || cursor.at("engine")
            || Words.TABLE_OPTIONS.contains(cursor.peek(1).toLowerCase(Locale.ROOT));
    if (!ignored) {
      throw cursor.problem();
    }
    cursor.skipList();
    alterations.add(new Alteration.NoEffect());
  }

  private void unsupported(String what) {
    while (!cursor.atEnd()) {
      cursor.take();
    }
    alterations.add(new Alteration.Unsupported(what));
  }
}
