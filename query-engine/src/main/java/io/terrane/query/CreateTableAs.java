package io.terrane.query;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.sql.StatementResult.Affected;
import io.terrane.api.table.DataType;
import io.terrane.api.table.TableName;
import io.terrane.query.ddl.Names;
import io.terrane.query.parse.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * CREATE TABLE … AS query: makes the table, then inserts the query's rows. If that fails the table
 * is dropped again, with what had been inserted.
 */
final class CreateTableAs {
  private final QueryEngine engine;
  private final SessionState state;
  private final QueryHandlers queries;

  CreateTableAs(QueryEngine engine, SessionState state, QueryHandlers queries) {
    this.engine = engine;
    this.state = state;
    this.queries = queries;
  }

  StatementResult run(Statement.CreateTableAs statement, Call call) {
    state.endTransaction();
    AdminCalls.refuse(statement.query(), engine.adminFunctions());
    TableName name = Names.table(statement.table().name(), state.database());
    if (statement.table().ifNotExists()
        && engine.ports().catalog().snapshot().findTable(name).isPresent()) {
      state.warn(
          "Note",
          ErrorCode.TABLE_EXISTS.mysqlErrno(),
          "Table '" + name.table() + "' already exists");
      return new Affected(0, 0, "", state.problems().size());
    }
    SqlNode query = Values.ofVariables(state.variables()).in(statement.query());
    List<ResultColumn> given = engine.planner().query(query, call.scope()).columns();
    engine
        .ddl()
        .createTable(withColumns(statement.table(), given), state.database(), call.context());
    try {
      return queries.insert(insert(statement, query, given), call);
    } catch (RuntimeException failure) {
      drop(statement.table().name(), failure);
      throw failure;
    }
  }

  private void drop(SqlIdentifier table, RuntimeException failure) {
    try {
      engine.ddl().dropTables(new Statement.DropTable(List.of(table), true), state.database());
    } catch (RuntimeException undropped) {
      failure.addSuppressed(undropped);
    }
  }

  private static Statement.Insert insert(
      Statement.CreateTableAs statement, SqlNode query, List<ResultColumn> given) {
    SqlNodeList targets = new SqlNodeList(SqlParserPos.ZERO);
    given.forEach(column -> targets.add(new SqlIdentifier(column.name(), SqlParserPos.ZERO)));
    SqlInsert node =
        new SqlInsert(
            query.getParserPosition(), SqlNodeList.EMPTY, statement.table().name(), query, targets);
    return new Statement.Insert(node, statement.mode(), Optional.empty(), List.of());
  }

  /** Declared columns that the query does not give, then the query's, declared or not. */
  private static Statement.CreateTable withColumns(
      Statement.CreateTable table, List<ResultColumn> given) {
    Set<String> names = new HashSet<>();
    given.forEach(column -> names.add(folded(column.name())));
    List<Statement.Column> columns = new ArrayList<>();
    table.columns().stream()
        .filter(column -> !names.contains(folded(column.name())))
        .forEach(columns::add);
    for (ResultColumn column : given) {
      columns.add(
          table.columns().stream()
              .filter(declared -> folded(declared.name()).equals(folded(column.name())))
              .findFirst()
              .orElseGet(() -> column(column)));
    }
    return new Statement.CreateTable(
        table.name(),
        columns,
        table.primaryKeys(),
        table.timeIndexes(),
        table.partitioning(),
        table.engine(),
        table.options(),
        table.comment(),
        false);
  }

  private static Statement.Column column(ResultColumn given) {
    DataType type = given.type().kind() == DataType.Kind.NULL ? DataType.STRING : given.type();
    // Whether a key makes it NOT NULL is for the schema to say.
    Optional<Boolean> nullable = given.nullable() ? Optional.empty() : Optional.of(false);
    return new Statement.Column(
        given.name(), type, nullable, Optional.empty(), false, false, "", List.of());
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
