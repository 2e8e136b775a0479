package io.terrane.query;

import io.terrane.api.sql.StatementResult;
import io.terrane.api.sql.StatementResult.Affected;
import io.terrane.api.table.TableName;
import io.terrane.query.ddl.DdlExecutor;
import io.terrane.query.parse.Alteration;
import io.terrane.query.parse.SqlParsing;
import io.terrane.query.parse.Statement;
import java.util.List;
import java.util.Optional;

/** Changes of the catalogue; each ends the transaction, as in MySQL. */
final class DdlHandlers {
  private static final int UNKNOWN_TABLE = 1051;

  private final QueryEngine engine;
  private final SessionState state;
  private final DdlExecutor ddl;

  DdlHandlers(QueryEngine engine, SessionState state) {
    this.engine = engine;
    this.state = state;
    this.ddl = engine.ddl();
  }

  StatementResult createDatabase(Statement.CreateDatabase statement, Call call) {
    state.endTransaction();
    ddl.createDatabase(statement);
    return new Affected(1, 0, "", 0);
  }

  StatementResult alterDatabase(Statement.AlterDatabase statement, Call call) {
    state.endTransaction();
    ddl.alterDatabase(statement);
    return Affected.NOTHING;
  }

  StatementResult dropDatabase(Statement.DropDatabase statement, Call call) {
    state.endTransaction();
    int tables = ddl.dropDatabase(statement);
    if (state.database().equalsIgnoreCase(statement.name())) {
      state.use("");
    }
    return new Affected(tables, 0, "", 0);
  }

  StatementResult createTable(Statement.CreateTable statement, Call call) {
    state.endTransaction();
    ddl.createTable(statement, state.database(), call.context());
    return Affected.NOTHING;
  }

  StatementResult createTableLike(Statement.CreateTableLike statement, Call call) {
    state.endTransaction();
    ddl.createTableLike(statement, state.database());
    return Affected.NOTHING;
  }

  StatementResult alterTable(Statement.AlterTable statement, Call call) {
    state.endTransaction();
    for (Alteration alteration : statement.alterations()) {
      if (alteration instanceof Alteration.AddIndex add) {
        engine
            .indexes()
            .create(
                new Statement.CreateIndex(add.name(), statement.name(), false), state.database());
      } else if (alteration instanceof Alteration.DropIndex drop) {
        engine
            .indexes()
            .drop(
                new Statement.DropIndex(
                    drop.name(), Optional.of(statement.name()), drop.ifExists()),
                state.database());
      }
    }
    ddl.alterTable(statement, state.database(), call.context());
    return Affected.NOTHING;
  }

  StatementResult renameTables(Statement.RenameTables statement, Call call) {
    state.endTransaction();
    ddl.renameTables(statement, state.database(), call.context());
    return Affected.NOTHING;
  }

  StatementResult dropTable(Statement.DropTable statement, Call call) {
    state.endTransaction();
    return dropped(ddl.dropTables(statement, state.database()));
  }

  StatementResult dropView(Statement.DropView statement, Call call) {
    state.endTransaction();
    return dropped(ddl.dropViews(statement, state.database()));
  }

  private StatementResult dropped(List<TableName> missing) {
    missing.forEach(name -> state.warn("Note", UNKNOWN_TABLE, "Unknown table '" + name + "'"));
    return new Affected(0, 0, "", missing.size());
  }

  /** The query is planned once, so that a view that cannot be read is never made. */
  StatementResult createView(Statement.CreateView statement, Call call) {
    state.endTransaction();
    AdminCalls.refuse(statement.query(), engine.adminFunctions());
    engine
        .planner()
        .query(SqlParsing.parseQuery(statement.definition(), state.lexis()), call.scope());
    ddl.createView(statement, state.database());
    return Affected.NOTHING;
  }

  StatementResult createIndex(Statement.CreateIndex statement, Call call) {
    state.endTransaction();
    engine.indexes().create(statement, state.database());
    return Affected.NOTHING;
  }

  StatementResult dropIndex(Statement.DropIndex statement, Call call) {
    state.endTransaction();
    engine.indexes().drop(statement, state.database());
    return Affected.NOTHING;
  }

  StatementResult truncate(Statement.Truncate statement, Call call) {
    state.endTransaction();
    ddl.truncate(statement, state.database());
    return Affected.NOTHING;
  }
}
