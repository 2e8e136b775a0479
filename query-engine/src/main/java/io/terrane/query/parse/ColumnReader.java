package io.terrane.query.parse;

import io.terrane.api.table.ColumnIndex;
import io.terrane.api.table.DataType;
import io.terrane.query.parse.Statement.Column;
import io.terrane.query.parse.Statement.IndexClause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/** A column of CREATE TABLE or ALTER TABLE, up to what follows it. */
final class ColumnReader {
  private final TokenCursor cursor;

  ColumnReader(TokenCursor cursor) {
    this.cursor = cursor;
  }

  Column column() {
    return column(cursor.name());
  }

  /** What stands behind a column's name. */
  Column column(String name) {
    DataType type = new TypeReader(cursor).columnType();
    Optional<Boolean> nullable = Optional.empty();
    Optional<SqlNode> defaultValue = Optional.empty();
    boolean primaryKey = false;
    boolean timeIndex = false;
    String columnComment = "";
    List<IndexClause> indexes = new ArrayList<>();
    while (!atEnd()) {
      if (cursor.accept("not", "null")) {
        nullable = Optional.of(false);
      } else if (cursor.accept("null")) {
        nullable = Optional.of(true);
      } else if (cursor.accept("default")) {
        defaultValue = Optional.of(cursor.expression());
      } else if (cursor.accept("time", "index")) {
        timeIndex = true;
      } else if (cursor.accept("primary", "key") || cursor.accept("primary")) {
        primaryKey = true;
      } else if (cursor.accept("comment")) {
        columnComment = cursor.string();
      } else if (atIndex()) {
        indexes.add(index());
      } else {
        skipColumnAttribute();
      }
    }
    return new Column(
        name, type, nullable, defaultValue, primaryKey, timeIndex, columnComment, indexes);
  }

  private boolean atIndex() {
    return Arrays.stream(ColumnIndex.Kind.values()).anyMatch(kind -> cursor.at(kind.name()));
  }

  /** GreptimeDB's FULLTEXT, INVERTED or SKIPPING INDEX, with its options. */
  IndexClause index() {
    for (ColumnIndex.Kind kind : ColumnIndex.Kind.values()) {
      if (cursor.accept(kind.name())) {
        cursor.expect("index");
        return new IndexClause(kind, cursor.accept("with") ? cursor.options() : Map.of());
      }
    }
    throw cursor.problem();
  }

  private boolean atEnd() {
    return cursor.atEnd()
        || cursor.at(",")
        || cursor.at(")")
        || cursor.at("first")
        || cursor.at("after");
  }

  /** What changes nothing here: UNIQUE, ON UPDATE CURRENT_TIMESTAMP, COLLATE. */
  private void skipColumnAttribute() {
    if (cursor.accept("unique")) {
      cursor.accept("key");
    } else if (cursor.accept("on", "update")) {
      cursor.expression();
    } else if (cursor.accept("collate") || cursor.accept("charset")) {
      cursor.value();
    } else if (cursor.accept("character", "set")) {
      cursor.value();
    } else if (!cursor.accept("key")
        && !cursor.accept("auto_increment")
        && !cursor.accept("visible")
        && !cursor.accept("invisible")) {
      throw cursor.problem();
    }
  }
}
