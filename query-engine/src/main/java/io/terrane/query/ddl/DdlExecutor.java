package io.terrane.query.ddl;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.service.CatalogService;
import io.terrane.api.service.ProcedureService;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.PartitionRule;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.TableSchema;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.parse.Alteration;
import io.terrane.query.parse.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * Statements that change the catalogue. Each checks what can be checked here, becomes one procedure
 * per thing it changes, and returns once this node's catalogue shows the change. Thread-safe;
 * blocks.
 */
public final class DdlExecutor {
  private static final int ALTER_ATTEMPTS = 10;

  private final CatalogService catalog;
  private final Procedures procedures;

  /**
   * @param timeout how long a change may take before the statement gives up waiting for it
   */
  public DdlExecutor(
      CatalogService catalog,
      ProcedureService procedures,
      RandomGenerator random,
      Duration timeout) {
    this.catalog = catalog;
    this.procedures = new Procedures(procedures, catalog, random, timeout);
  }

  public void createDatabase(Statement.CreateDatabase statement) {
    String name = Names.checkedNew("database", statement.name());
    if (Names.isSystem(name)) {
      if (statement.ifNotExists()) {
        return;
      }
      throw new TerraneException(
          ErrorCode.DATABASE_EXISTS, "Can't create database '" + name + "'; database exists");
    }
    Map<String, String> options = TableOptions.checkedOfDatabase(statement.options());
    procedures.run(new ProcedureRequest.CreateDatabase(name, options, statement.ifNotExists()));
  }

  /**
   * Sets and removes options of a database, and lets its tables know of a new ttl, one after the
   * other: what was told before one fails stays told, and the statement may be repeated.
   */
  public void alterDatabase(Statement.AlterDatabase statement) {
    String name = statement.name();
    if (Names.isSystem(name)) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "Database '" + name + "' may not be altered");
    }
    statement.unset().forEach(TableOptions::checkKey);
    procedures.run(
        new ProcedureRequest.AlterDatabase(
            name, TableOptions.checkedOfDatabase(statement.set()), statement.unset()));
    for (TableInfo table : catalog.snapshot().tables()) {
      if (table.name().database().equalsIgnoreCase(name)) {
        try {
          alter(table.name(), AlteredTable::unchanged);
        } catch (TerraneException failure) {
          if (failure.code() != ErrorCode.TABLE_NOT_FOUND) {
            throw failure;
          }
        }
      }
    }
  }

  /** Answers how many tables went with it. */
  public int dropDatabase(Statement.DropDatabase statement) {
    String name = statement.name();
    if (Names.isSystem(name) || name.equalsIgnoreCase(TableName.DEFAULT_DATABASE)) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "Database '" + name + "' may not be dropped");
    }
    CatalogSnapshot snapshot = catalog.snapshot();
    int tables =
        (int)
            snapshot.tables().stream()
                .filter(table -> table.name().database().equalsIgnoreCase(name))
                .count();
    String stored = snapshot.findDatabase(name).map(found -> found.name()).orElse(name);
    procedures.run(new ProcedureRequest.DropDatabase(stored, statement.ifExists()));
    return tables;
  }

  public void createTable(
      Statement.CreateTable statement, String database, ExecutionContext context) {
    TableName name = newTable(statement.name(), database);
    TableSchema schema = new SchemaBuilder(context, statement).build();
    PartitionRule rule =
        statement
            .partitioning()
            .map(partitioning -> new PartitionReader(context, schema).read(partitioning))
            .orElse(PartitionRule.NONE);
    statement.engine().ifPresent(TableOptions::checkEngine);
    Map<String, String> options = new TreeMap<>(TableOptions.checked(statement.options()));
    String optionComment = options.remove("comment");
    String comment =
        statement.comment().isEmpty() && optionComment != null
            ? optionComment
            : statement.comment();
    procedures.run(
        new ProcedureRequest.CreateTable(
            name,
            schema,
            rule,
            TableInfo.DEFAULT_ENGINE,
            TableOptions.inherited(options, database(name)),
            comment,
            statement.ifNotExists()));
  }

  public void createTableLike(Statement.CreateTableLike statement, String database) {
    TableName name = newTable(statement.name(), database);
    TableInfo source = table(Names.table(statement.source(), database));
    procedures.run(
        new ProcedureRequest.CreateTable(
            name,
            source.schema(),
            source.partitionRule(),
            source.engine(),
            TableOptions.withTtlOf(database(name), source.options()),
            source.comment(),
            statement.ifNotExists()));
  }

  /** One procedure for all changes; those that were made meanwhile by others are kept. */
  public void alterTable(
      Statement.AlterTable statement, String database, ExecutionContext context) {
    alter(
        Names.checkedWritable(Names.table(statement.name(), database)),
        before -> new AlteredTable(context, before, database).after(statement.alterations()));
  }

  private void alter(TableName name, UnaryOperator<TableInfo> change) {
    for (int attempt = 1; ; attempt++) {
      CatalogSnapshot snapshot = catalog.snapshot();
      TableInfo before = table(snapshot, name);
      TableInfo after = underDatabase(change.apply(before), snapshot);
      if (AlteredTable.same(before, after)) {
        return;
      }
      try {
        procedures.run(new ProcedureRequest.AlterTable(before.schema().version(), after));
        return;
      } catch (TerraneException failure) {
        if (failure.code() != ErrorCode.CONFLICT || attempt == ALTER_ATTEMPTS) {
          throw failure;
        }
        procedures.awaitNewer(snapshot, "ALTER TABLE");
      }
    }
  }

  private static TableInfo underDatabase(TableInfo table, CatalogSnapshot snapshot) {
    return snapshot
        .findDatabase(table.name().database())
        .map(database -> table.withOptions(TableOptions.withTtlOf(database, table.options())))
        .orElse(table);
  }

  /** One after the other; what was renamed before one fails stays renamed. */
  public void renameTables(
      Statement.RenameTables statement, String database, ExecutionContext context) {
    for (Statement.Renaming renaming : statement.renamings()) {
      List<Alteration> alterations = List.of(new Alteration.RenameTable(renaming.to()));
      alterTable(new Statement.AlterTable(renaming.from(), alterations), database, context);
    }
  }

  /** Answers the names that were not there, under IF EXISTS; without it they are an error. */
  public List<TableName> dropTables(Statement.DropTable statement, String database) {
    CatalogSnapshot snapshot = catalog.snapshot();
    List<TableName> present = new ArrayList<>();
    List<TableName> missing = new ArrayList<>();
    for (TableName name : writable(statement.names(), database)) {
      snapshot
          .findTable(name)
          .ifPresentOrElse(table -> present.add(table.name()), () -> missing.add(name));
    }
    if (!statement.ifExists()) {
      checkNoneMissing(missing);
    }
    present.forEach(name -> procedures.run(new ProcedureRequest.DropTable(name, true)));
    return missing;
  }

  /** Like {@link #dropTables}. */
  public List<TableName> dropViews(Statement.DropView statement, String database) {
    CatalogSnapshot snapshot = catalog.snapshot();
    List<TableName> present = new ArrayList<>();
    List<TableName> missing = new ArrayList<>();
    for (TableName name : writable(statement.names(), database)) {
      snapshot
          .findView(name)
          .ifPresentOrElse(view -> present.add(view.name()), () -> missing.add(name));
    }
    if (!statement.ifExists()) {
      checkNoneMissing(missing);
    }
    present.forEach(name -> procedures.run(new ProcedureRequest.DropView(name, true)));
    return missing;
  }

  public void createView(Statement.CreateView statement, String database) {
    TableName name = newTable(statement.name(), database);
    procedures.run(
        new ProcedureRequest.CreateView(
            name,
            statement.definition(),
            database,
            statement.columns(),
            statement.orReplace(),
            statement.ifNotExists()));
  }

  public void truncate(Statement.Truncate statement, String database) {
    TableName name = Names.checkedWritable(Names.table(statement.table(), database));
    procedures.run(new ProcedureRequest.TruncateTable(table(name).name()));
  }

  private TableName newTable(SqlIdentifier identifier, String database) {
    TableName name = Names.checkedWritable(Names.table(identifier, database));
    return new TableName(database(name).name(), Names.checkedNew("table", name.table()));
  }

  private DatabaseInfo database(TableName name) {
    return catalog
        .snapshot()
        .findDatabase(name.database())
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.DATABASE_NOT_FOUND, "Unknown database '" + name.database() + "'"));
  }

  private TableInfo table(TableName name) {
    return table(catalog.snapshot(), name);
  }

  private static TableInfo table(CatalogSnapshot snapshot, TableName name) {
    return snapshot
        .findTable(name)
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.TABLE_NOT_FOUND, "Table '" + name + "' doesn't exist"));
  }

  private static List<TableName> writable(List<SqlIdentifier> names, String database) {
    return names.stream().map(name -> Names.checkedWritable(Names.table(name, database))).toList();
  }

  private static void checkNoneMissing(List<TableName> missing) {
    if (!missing.isEmpty()) {
      String names = String.join(",", missing.stream().map(TableName::toString).toList());
      throw new TerraneException(ErrorCode.UNKNOWN_TABLE_TO_DROP, "Unknown table '" + names + "'");
    }
  }
}
