package io.terrane.query.parse;

import io.terrane.query.parse.Statement.InsertMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/** LOAD DATA (MySQL 8.4 manual, "LOAD DATA Statement"); REPLACE and IGNORE as in INSERT. */
final class LoadReader {
  private final TokenCursor cursor;

  LoadReader(TokenCursor cursor) {
    this.cursor = cursor;
  }

  Statement load() {
    cursor.expect("load", "data");
    if (!cursor.accept("low_priority")) {
      cursor.accept("concurrent");
    }
    if (!cursor.accept("local")) {
      return rest(new Statement.Unsupported("LOAD DATA without LOCAL"));
    }
    cursor.expect("infile");
    String file = cursor.string();
    InsertMode mode = InsertMode.IGNORE;
    if (cursor.accept("replace")) {
      mode = InsertMode.REPLACE;
    } else {
      cursor.accept("ignore");
    }
    cursor.expect("into", "table");
    SqlIdentifier table = cursor.compoundName();
    if (cursor.at("partition")) {
      return rest(new Statement.Unsupported("LOAD DATA ... PARTITION"));
    }
    Optional<String> charset = Optional.empty();
    if (cursor.accept("character", "set") || cursor.accept("charset")) {
      charset = Optional.of(cursor.value());
    }
    LoadFormat format = format();
    long skipped = skippedLines();
    List<Optional<String>> columns = columns();
    if (cursor.at("set")) {
      return rest(new Statement.Unsupported("LOAD DATA ... SET"));
    }
    return new Statement.LoadData(file, mode, table, charset, format, skipped, columns);
  }

  private LoadFormat format() {
    LoadFormat format = LoadFormat.TAB_SEPARATED;
    if (cursor.accept("fields") || cursor.accept("columns")) {
      boolean more = true;
      while (more) {
        if (cursor.accept("terminated", "by")) {
          format = format.withFieldEnd(cursor.string());
        } else if (cursor.accept("optionally", "enclosed", "by")
            || cursor.accept("enclosed", "by")) {
          format = format.withEnclosure(cursor.string());
        } else if (cursor.accept("escaped", "by")) {
          format = format.withEscape(cursor.string());
        } else {
          more = false;
        }
      }
    }
    if (cursor.accept("lines")) {
      boolean more = true;
      while (more) {
        if (cursor.accept("starting", "by")) {
          format = format.withLineStart(cursor.string());
        } else if (cursor.accept("terminated", "by")) {
          format = format.withLineEnd(cursor.string());
        } else {
          more = false;
        }
      }
    }
    return format.checked();
  }

  private long skippedLines() {
    if (!cursor.accept("ignore")) {
      return 0;
    }
    int lines = cursor.unsignedInt();
    if (!cursor.accept("lines")) {
      cursor.expect("rows");
    }
    return lines;
  }

  /** A column's name, or empty for a user variable, whose field is read and dropped. */
  private List<Optional<String>> columns() {
    List<Optional<String>> columns = new ArrayList<>();
    if (!cursor.accept("(")) {
      return columns;
    }
    while (!cursor.accept(")")) {
      String name = cursor.name();
      boolean variable = name.charAt(0) == Canonicalizer.VARIABLE_MARK;
      columns.add(variable ? Optional.empty() : Optional.of(name));
      if (!cursor.at(")")) {
        cursor.expect(",");
      }
    }
    return columns;
  }

  private Statement rest(Statement statement) {
    while (!cursor.atEnd()) {
      cursor.take();
    }
    return statement;
  }
}
