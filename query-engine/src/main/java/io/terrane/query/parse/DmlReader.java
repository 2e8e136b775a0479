package io.terrane.query.parse;

import io.terrane.query.parse.Statement.Assignment;
import io.terrane.query.parse.Statement.InsertMode;
import io.terrane.query.parse.Statement.RowAlias;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** INSERT and REPLACE in all of MySQL's forms. */
final class DmlReader {
  private final TokenCursor cursor;

  DmlReader(TokenCursor cursor) {
    this.cursor = cursor;
  }

  Statement.Insert insert() {
    SqlParserPos position = cursor.position();
    InsertMode mode = cursor.accept("replace") ? InsertMode.REPLACE : insertMode();
    cursor.accept("into");
    if (cursor.at("table") && !cursor.peek(2).equals("(") && !startsQuery(2)) {
      cursor.take();
    }
    SqlIdentifier table = cursor.compoundName();
    SqlNodeList columns = null;
    SqlNode source;
    if (cursor.accept("set")) {
      List<Assignment> assignments = assignments();
      columns = new SqlNodeList(assignments.stream().map(Assignment::column).toList(), position);
      SqlNode row =
          SqlStdOperatorTable.ROW.createCall(
              position, assignments.stream().map(Assignment::value).toList());
      source = SqlStdOperatorTable.VALUES.createCall(position, row);
    } else {
      if (cursor.at("(") && !startsQuery(2)) {
        columns = columns();
      }
      source = cursor.query();
    }
    Optional<RowAlias> newRow = cursor.accept("as") ? Optional.of(rowAlias()) : Optional.empty();
    List<Assignment> onDuplicate =
        cursor.accept("on", "duplicate", "key", "update") ? assignments() : List.of();
    SqlInsert node = new SqlInsert(position, SqlNodeList.EMPTY, table, source, columns);
    return new Statement.Insert(node, mode, newRow, onDuplicate);
  }

  private RowAlias rowAlias() {
    String name = cursor.name();
    List<String> columns = new ArrayList<>();
    if (cursor.at("(")) {
      columns().forEach(column -> columns.add(((SqlIdentifier) column).getSimple()));
    }
    return new RowAlias(name, columns);
  }

  private InsertMode insertMode() {
    cursor.expect("insert");
    while (cursor.accept("low_priority")
        || cursor.accept("delayed")
        || cursor.accept("high_priority")) {
      // Priorities mean nothing here.
      continue;
    }
    return cursor.accept("ignore") ? InsertMode.IGNORE : InsertMode.INSERT;
  }

  private boolean startsQuery(int ahead) {
    String word = cursor.peek(ahead);
    return word.equalsIgnoreCase("select")
        || word.equalsIgnoreCase("with")
        || word.equalsIgnoreCase("values")
        || word.equals("(");
  }

  private SqlNodeList columns() {
    SqlNodeList columns = new SqlNodeList(cursor.position());
    cursor.expect("(");
    while (!cursor.accept(")")) {
      columns.add(lastPart(cursor.compoundName()));
      if (!cursor.at(")")) {
        cursor.expect(",");
      }
    }
    return columns;
  }

  private List<Assignment> assignments() {
    List<Assignment> assignments = new ArrayList<>();
    do {
      SqlIdentifier column = lastPart(cursor.compoundName());
      cursor.expect("=");
      SqlParserPos position = cursor.position();
      SqlNode value =
          cursor.accept("default")
              ? SqlStdOperatorTable.DEFAULT.createCall(position)
              : cursor.expression();
      assignments.add(new Assignment(column, value));
    } while (cursor.accept(","));
    return assignments;
  }

  private static SqlIdentifier lastPart(SqlIdentifier name) {
    return new SqlIdentifier(name.names.get(name.names.size() - 1), name.getParserPosition());
  }
}
