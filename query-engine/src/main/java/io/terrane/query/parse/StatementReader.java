package io.terrane.query.parse;

import io.terrane.query.parse.Statement.TransactionAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Reads every statement that the standard's grammar does not, by its first word. */
final class StatementReader {
  private static final Set<String> QUERY = Set.of("select", "with", "values", "(");

  private final TokenCursor cursor;

  StatementReader(TokenCursor cursor) {
    this.cursor = cursor;
  }

  static boolean isStandard(TerraneParserImpl parser) {
    return QUERY.contains(parser.getToken(1).image.toLowerCase(Locale.ROOT));
  }

  SqlNode read() {
    return new StatementNode(statement());
  }

  private Statement statement() {
    String first = cursor.peek(1).toLowerCase(Locale.ROOT);
    return switch (first) {
      case "insert", "replace" -> new DmlReader(cursor).insert();
      case "update", "delete" -> change();
      case "create" -> new CreateReader(cursor).create();
      case "drop" -> new CreateReader(cursor).drop();
      case "show" -> new ShowReader(cursor).show();
      case "desc", "describe", "explain" -> describeOrExplain();
      case "set" -> new SetReader(cursor).set();
      case "truncate" -> truncate();
      case "use" -> use();
      case "begin", "start", "commit", "rollback", "savepoint", "release" -> transaction();
      case "kill" -> kill();
      case "prepare" -> prepare();
      case "execute" -> execute();
      case "deallocate" -> deallocate();
      case "admin" -> admin();
      case "load" -> new LoadReader(cursor).load();
      case "lock", "unlock", "flush", "analyze", "optimize", "check", "do" -> noEffect(first);
      case "alter" -> {
        cursor.take();
        yield new AlterReader(cursor).alter();
      }
      case "rename" -> new AlterReader(cursor).rename();
      case "comment", "copy", "call", "grant", "revoke", "tql" -> unsupported(first);
      default -> throw cursor.problem();
    };
  }

  private Statement change() {
    SqlNode node = cursor.standardStatement();
    List<SqlNode> order = new ArrayList<>();
    if (cursor.accept("order", "by")) {
      do {
        SqlParserPos position = cursor.position();
        SqlNode key = cursor.expression();
        if (cursor.accept("desc")) {
          key = SqlStdOperatorTable.DESC.createCall(position, key);
        } else {
          cursor.accept("asc");
        }
        order.add(key);
      } while (cursor.accept(","));
    }
    Optional<SqlNode> count =
        cursor.accept("limit") ? Optional.of(cursor.expression()) : Optional.empty();
    Statement.RowLimit limit = new Statement.RowLimit(order, count);
    return node instanceof SqlDelete delete
        ? new Statement.Delete(delete, limit)
        : new Statement.Update((SqlUpdate) node, limit);
  }

  private Statement describeOrExplain() {
    cursor.take();
    ExplainReader reader = new ExplainReader(cursor);
    String next = cursor.peek(1).toLowerCase(Locale.ROOT);
    if (next.equals("insert") || next.equals("replace")) {
      return reader.of(new DmlReader(cursor).insert());
    } else if (next.equals("update") || next.equals("delete")) {
      return reader.of(change());
    } else if (reader.hasOptions() || QUERY.contains(next)) {
      return reader.query();
    }
    cursor.accept("table");
    SqlIdentifier table = cursor.compoundName();
    String column = cursor.atEnd() ? null : cursor.value();
    return new Statement.Describe(table, Optional.ofNullable(column));
  }

  private Statement truncate() {
    cursor.expect("truncate");
    cursor.accept("table");
    return new Statement.Truncate(cursor.compoundName());
  }

  private Statement use() {
    cursor.expect("use");
    List<String> names = cursor.compoundName().names;
    return new Statement.Use(names.get(names.size() - 1));
  }

  private Statement transaction() {
    String first = cursor.take().toLowerCase(Locale.ROOT);
    TransactionAction action =
        switch (first) {
          case "begin" -> TransactionAction.BEGIN;
          case "start" -> {
            cursor.expect("transaction");
            yield TransactionAction.BEGIN;
          }
          case "commit" -> TransactionAction.COMMIT;
          case "rollback" ->
              cursor.at("to") || cursor.at("work", "to")
                  ? TransactionAction.SAVEPOINT
                  : TransactionAction.ROLLBACK;
          default -> TransactionAction.SAVEPOINT;
        };
    skipRest();
    return new Statement.Transaction(action);
  }

  private Statement kill() {
    cursor.expect("kill");
    boolean query = cursor.accept("query");
    if (!query) {
      cursor.accept("connection");
    }
    return new Statement.Kill(cursor.expression(), !query);
  }

  private Statement prepare() {
    cursor.expect("prepare");
    String name = cursor.name();
    cursor.expect("from");
    return new Statement.Prepare(name, cursor.expression());
  }

  private Statement execute() {
    cursor.expect("execute");
    String name = cursor.name();
    List<SqlNode> arguments = new ArrayList<>();
    if (cursor.accept("using")) {
      do {
        arguments.add(cursor.expression());
      } while (cursor.accept(","));
    } else if (cursor.accept("(")) {
      do {
        arguments.add(cursor.expression());
      } while (cursor.accept(","));
      cursor.expect(")");
    }
    return new Statement.Execute(name, arguments);
  }

  private Statement deallocate() {
    cursor.expect("deallocate");
    cursor.accept("prepare");
    return new Statement.Deallocate(cursor.name());
  }

  private Statement admin() {
    cursor.expect("admin");
    String function = cursor.name();
    List<SqlNode> arguments = new ArrayList<>();
    Map<String, SqlNode> options = new LinkedHashMap<>();
    cursor.expect("(");
    while (!cursor.accept(")")) {
      SyntaxProblem problem = cursor.problem();
      if (atOption()) {
        String name = cursor.name().toLowerCase(Locale.ROOT);
        if (!cursor.accept("=>")) {
          cursor.expect("=", ">");
        }
        if (options.put(name, cursor.expression()) != null) {
          throw problem;
        }
      } else if (options.isEmpty()) {
        arguments.add(cursor.expression());
      } else {
        throw problem;
      }
      if (!cursor.at(")")) {
        cursor.expect(",");
      }
    }
    return new Statement.Admin(function, arguments, options, "");
  }

  private boolean atOption() {
    return cursor.atName()
        && (cursor.peek(2).equals("=>")
            || (cursor.peek(2).equals("=") && cursor.peek(3).equals(">")));
  }

  private Statement noEffect(String what) {
    skipRest();
    return new Statement.NoEffect(what.toUpperCase(Locale.ROOT));
  }

  private Statement unsupported(String what) {
    cursor.take();
    String second = cursor.atEnd() ? "" : " " + cursor.peek(1).toUpperCase(Locale.ROOT);
    skipRest();
    return new Statement.Unsupported(what.toUpperCase(Locale.ROOT) + second);
  }

  private void skipRest() {
    while (!cursor.atEnd()) {
      cursor.take();
    }
  }

  /** The statement of a node that the generated parser gave. */
  static Statement of(SqlNode node) {
    if (node instanceof StatementNode own) {
      return own.statement();
    }
    return new Statement.Query(node, Optional.empty());
  }
}
