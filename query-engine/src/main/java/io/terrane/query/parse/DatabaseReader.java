package io.terrane.query.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CREATE, ALTER and DROP DATABASE, behind that word. */
final class DatabaseReader {
  private final TokenCursor cursor;

  DatabaseReader(TokenCursor cursor) {
    this.cursor = cursor;
  }

  Statement create() {
    boolean ifNotExists = cursor.accept("if", "not", "exists");
    String name = name();
    Map<String, String> options = new LinkedHashMap<>();
    while (!cursor.atEnd()) {
      if (cursor.accept("with")) {
        options.putAll(cursor.options());
      } else {
        skipOption();
      }
    }
    return new Statement.CreateDatabase(name, options, ifNotExists);
  }

  Statement drop() {
    boolean ifExists = cursor.accept("if", "exists");
    return new Statement.DropDatabase(name(), ifExists);
  }

  /** GreptimeDB's SET and UNSET; MySQL's character sets, whose database may go without saying. */
  Statement alter() {
    boolean unnamed = cursor.at("default") || cursor.at("character", "set") || cursor.at("collate");
    String name = unnamed ? "" : name();
    Map<String, String> set = new LinkedHashMap<>();
    List<String> unset = new ArrayList<>();
    if (cursor.accept("set")) {
      do {
        String key = cursor.optionKey();
        cursor.expect("=");
        set.put(key, cursor.value());
      } while (cursor.accept(","));
    } else if (cursor.accept("unset")) {
      do {
        unset.add(cursor.optionKey());
      } while (cursor.accept(","));
    } else {
      do {
        skipOption();
      } while (!cursor.atEnd());
      return new Statement.NoEffect("ALTER DATABASE");
    }
    return new Statement.AlterDatabase(name, set, unset);
  }

  /** DEFAULT CHARACTER SET, COLLATE, ENCRYPTION: there is one of each. */
  private void skipOption() {
    cursor.accept("default");
    if (!cursor.accept("character", "set")) {
      cursor.expect(
          cursor.at("charset") ? "charset" : cursor.at("encryption") ? "encryption" : "collate");
    }
    cursor.accept("=");
    cursor.value();
  }

  /** The last part of a name; GreptimeDB takes a string for one, too. */
  private String name() {
    if (cursor.atString()) {
      return cursor.string();
    }
    List<String> parts = cursor.compoundName().names;
    return parts.get(parts.size() - 1);
  }
}
