package io.terrane.query.parse;

import io.terrane.query.parse.Statement.VariableAssignment;
import io.terrane.query.parse.Statement.VariableScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** SET in all its forms (MySQL manual, "SET Statements"); all become variable assignments. */
final class SetReader {
  private final TokenCursor cursor;
  private final List<VariableAssignment> assignments = new ArrayList<>();

  SetReader(TokenCursor cursor) {
    this.cursor = cursor;
  }

  Statement set() {
    cursor.expect("set");
    do {
      one();
    } while (cursor.accept(","));
    return new Statement.SetVariables(assignments);
  }

  private void one() {
    if (cursor.accept("names")) {
      names();
      return;
    }
    if (cursor.accept("character", "set") || cursor.accept("charset")) {
      Optional<SqlNode> charset = value();
      for (String name : List.of("character_set_client", "character_set_results")) {
        session(name, charset);
      }
      return;
    }
    VariableScope scope = VariableScope.SESSION;
    if (cursor.accept("global") || cursor.accept("persist") || cursor.accept("persist_only")) {
      scope = VariableScope.GLOBAL;
    } else if (!cursor.accept("session")) {
      cursor.accept("local");
    }
    if (cursor.accept("transaction")) {
      transaction();
      return;
    }
    assignment(scope);
  }

  private void assignment(VariableScope scope) {
    VariableScope to = scope;
    String name = cursor.name();
    while (cursor.accept(".")) {
      name = name + "." + cursor.name();
    }
    if (name.charAt(0) == Canonicalizer.VARIABLE_MARK) {
      VariableName variable = VariableName.parse(name);
      to = variable.scope();
      name = variable.name();
    }
    if (!cursor.accept("=") && !cursor.accept("to") && cursor.atEnd()) {
      throw cursor.problem();
    }
    assignments.add(new VariableAssignment(to, name.toLowerCase(Locale.ROOT), value()));
  }

  /** A value; bare words such as ON, OFF, utf8mb4 or UTC are strings. */
  private Optional<SqlNode> value() {
    if (cursor.accept("default")) {
      return Optional.empty();
    }
    SqlParserPos position = cursor.position();
    String next = cursor.peek(2);
    boolean bare =
        cursor.atName()
            && cursor.peek(1).charAt(0) != '`'
            && !next.equals("(")
            && !cursor.at("null")
            && !cursor.at("true")
            && !cursor.at("false");
    if (bare && (next.isEmpty() || next.equals(",") || next.equalsIgnoreCase("collate"))) {
      return Optional.of(SqlLiteral.createCharString(cursor.name(), position));
    }
    return Optional.of(cursor.expression());
  }

  private void names() {
    Optional<SqlNode> charset = value();
    for (String name :
        List.of("character_set_client", "character_set_connection", "character_set_results")) {
      session(name, charset);
    }
    if (cursor.accept("collate")) {
      session("collation_connection", value());
    }
  }

  private void transaction() {
    do {
      SqlParserPos position = cursor.position();
      if (cursor.accept("isolation", "level")) {
        String level = cursor.name();
        if (cursor.atName()) {
          level = level + "-" + cursor.name();
        }
        session("transaction_isolation", text(level.toUpperCase(Locale.ROOT), position));
      } else {
        cursor.expect("read");
        boolean readOnly = cursor.accept("only");
        if (!readOnly) {
          cursor.expect("write");
        }
        session("transaction_read_only", text(readOnly ? "ON" : "OFF", position));
      }
    } while (cursor.accept(","));
  }

  private void session(String name, Optional<SqlNode> value) {
    assignments.add(new VariableAssignment(VariableScope.SESSION, name, value));
  }

  private static Optional<SqlNode> text(String value, SqlParserPos position) {
    return Optional.of(SqlLiteral.createCharString(value, position));
  }
}
