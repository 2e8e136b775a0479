package io.terrane.query.parse;

import io.terrane.query.parse.Statement.Column;
import io.terrane.query.parse.Statement.InsertMode;
import io.terrane.query.parse.Statement.Partitioning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * CREATE TABLE: GreptimeDB's time index, partitions and options, MySQL's keys and table options.
 * Secondary keys are read and dropped: every search goes by the row key.
 */
final class TableReader {
  private final TokenCursor cursor;
  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> primaryKeys = new ArrayList<>();
  private final List<String> timeIndexes = new ArrayList<>();
  private final Map<String, String> options = new LinkedHashMap<>();
  private Optional<Partitioning> partitioning = Optional.empty();
  private Optional<String> engine = Optional.empty();
  private String comment = "";

  TableReader(TokenCursor cursor) {
    this.cursor = cursor;
  }

  Statement createTable(boolean ifNotExists) {
    SqlIdentifier name = cursor.compoundName();
    if (cursor.accept("like")) {
      return new Statement.CreateTableLike(name, cursor.compoundName(), ifNotExists);
    }
    boolean declares = cursor.at("(") && !atQuery();
    if (declares) {
      elements();
    }
    while (!cursor.atEnd() && !atSource()) {
      tableOption();
    }
    if (cursor.atEnd() && !declares) {
      throw cursor.problem();
    }
    Statement.CreateTable table =
        new Statement.CreateTable(
            name,
            columns,
            primaryKeys,
            timeIndexes,
            partitioning,
            engine,
            options,
            comment,
            ifNotExists);
    return cursor.atEnd() ? table : filled(table);
  }

  private void elements() {
    cursor.expect("(");
    while (!cursor.accept(")")) {
      element();
      if (!cursor.at(")")) {
        cursor.expect(",");
      }
    }
  }

  /** {@code [IGNORE | REPLACE] [AS] query}. */
  private Statement filled(Statement.CreateTable table) {
    InsertMode mode =
        cursor.accept("ignore")
            ? InsertMode.IGNORE
            : cursor.accept("replace") ? InsertMode.REPLACE : InsertMode.INSERT;
    cursor.accept("as");
    return new Statement.CreateTableAs(table, cursor.query(), mode);
  }

  private boolean atSource() {
    return atQuery() || cursor.at("as") || cursor.at("ignore") || cursor.at("replace");
  }

  /** WITH in front of a parenthesis begins options. */
  private boolean atQuery() {
    boolean inParentheses = cursor.at("(");
    String word = cursor.peek(inParentheses ? 2 : 1).toLowerCase(Locale.ROOT);
    return word.equals("select")
        || word.equals("values")
        || (inParentheses && word.equals("("))
        || (word.equals("with") && !cursor.peek(inParentheses ? 3 : 2).equals("("));
  }

  private void element() {
    if (cursor.at("time", "index") && cursor.peek(3).equals("(")) {
      cursor.expect("time", "index");
      timeIndexes.addAll(cursor.nameList());
      return;
    }
    if (cursor.accept("constraint") && !cursor.at("primary") && !cursor.at("unique")) {
      cursor.name();
    }
    if (cursor.accept("primary", "key")) {
      skipIndexType();
      primaryKeys.add(keyColumns());
      skipIndexType();
    } else if (isSecondaryKey()) {
      cursor.skipList();
    } else {
      columns.add(new ColumnReader(cursor).column());
    }
  }

  private boolean isSecondaryKey() {
    return cursor.at("unique")
        || cursor.at("fulltext", "key")
        || cursor.at("fulltext", "index")
        || cursor.at("foreign", "key")
        || cursor.at("check", "(")
        || ((cursor.at("key") || cursor.at("index"))
            && (cursor.peek(2).equals("(")
                || cursor.peek(3).equals("(")
                || cursor.at("key", "using")));
  }

  private void skipIndexType() {
    if (cursor.accept("using")) {
      cursor.name();
    }
  }

  /** Names with optional prefix length and direction. */
  private List<String> keyColumns() {
    List<String> names = new ArrayList<>();
    cursor.expect("(");
    while (!cursor.accept(")")) {
      names.add(cursor.name());
      if (cursor.accept("(")) {
        cursor.unsignedInt();
        cursor.expect(")");
      }
      if (!cursor.accept("asc")) {
        cursor.accept("desc");
      }
      if (!cursor.at(")")) {
        cursor.expect(",");
      }
    }
    return names;
  }

  private void tableOption() {
    if (cursor.at("partition") && cursor.peek(2).equalsIgnoreCase("on")) {
      partitioning = Optional.of(partitioning());
    } else if (cursor.accept("with")) {
      options.putAll(cursor.options());
    } else if (cursor.accept("engine")) {
      cursor.accept("=");
      engine = Optional.of(cursor.name());
    } else if (cursor.accept("comment")) {
      cursor.accept("=");
      comment = cursor.string();
    } else {
      cursor.accept("default");
      if (!cursor.accept("character", "set")) {
        String key = cursor.name().toLowerCase(Locale.ROOT);
        if (!Words.TABLE_OPTIONS.contains(key)) {
          throw cursor.problem();
        }
      }
      cursor.accept("=");
      cursor.value();
      cursor.accept(",");
    }
  }

  private Partitioning partitioning() {
    cursor.expect("partition", "on");
    cursor.accept("columns");
    List<String> names = cursor.nameList();
    List<SqlNode> bounds = new ArrayList<>();
    cursor.expect("(");
    while (!cursor.accept(")")) {
      SqlParserPos from = cursor.position();
      SqlNode bound = cursor.expression();
      // The whole span, parentheses included, for the text as written.
      bounds.add(bound.clone(from.plus(cursor.lastPosition())));
      if (!cursor.at(")")) {
        cursor.expect(",");
      }
    }
    return new Partitioning(names, bounds, List.of());
  }
}
