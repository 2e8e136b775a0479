package io.terrane.query.show;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.SessionInfo;
import io.terrane.api.table.DataType;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import io.terrane.api.table.VirtualTable;
import io.terrane.query.ddl.Names;
import io.terrane.query.parse.ShowKind;
import io.terrane.query.parse.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Answers SHOW and DESC from one statement's view of the catalogue and the session. */
public final class Shower {
  private final ShowContext context;

  public Shower(ShowContext context) {
    this.context = context;
  }

  /** All rows that LIKE lets through; WHERE is a query over them. */
  public ShowResult show(Statement.Show show) {
    ShowResult all =
        switch (show.kind()) {
          case DATABASES -> databases(show);
          case TABLES, VIEWS, OPEN_TABLES -> tables(show);
          case TABLE_STATUS, MIGRATIONS ->
              throw new IllegalArgumentException("SHOW " + show.kind() + " is a query");
          case COLUMNS -> columns(show);
          case INDEX -> new TableIndexes(context).show(target(show));
          case CREATE_TABLE -> new CreateText(context).table(target(show));
          case CREATE_VIEW -> new CreateText(context).view(target(show));
          case CREATE_DATABASE ->
              new CreateText(context).database(show.target().orElseThrow().names.get(0));
          case VARIABLES -> variables(show);
          case STATUS -> pairs(context.frontend().status());
          case WARNINGS, ERRORS -> problems(show.kind());
          case PROCESSLIST -> processList(show.full());
          case ENGINES,
              CHARACTER_SET,
              COLLATION,
              PLUGINS,
              PRIVILEGES,
              GRANTS,
              TRIGGERS,
              EVENTS,
              PROCEDURE_STATUS,
              FUNCTION_STATUS,
              REPLICA_STATUS,
              BINARY_LOG_STATUS,
              ENGINE_STATUS,
              PROFILES ->
              FixedAnswers.of(show.kind(), context.client());
        };
    return show.like().map(pattern -> like(all, pattern)).orElse(all);
  }

  public ShowResult describe(Statement.Describe describe) {
    TableName name = Names.table(describe.table(), context.database());
    ShowResult all = new TableColumns(context).describe(name);
    return describe.column().map(pattern -> like(all, pattern)).orElse(all);
  }

  private static ShowResult like(ShowResult all, String pattern) {
    LikePattern like = new LikePattern(pattern);
    return new ShowResult(
        all.columns(),
        all.rows().stream()
            .filter(row -> like.matches(String.valueOf(row.get(0).value())))
            .toList());
  }

  private ShowResult databases(Statement.Show show) {
    ShowResult.Builder result =
        show.full() ? ShowResult.of("Database", "Options") : ShowResult.of("Database");
    Map<String, String> names = new TreeMap<>();
    for (DatabaseInfo database : context.catalog().databases()) {
      names.put(database.name(), options(database.options()));
    }
    names.put(TableName.INFORMATION_SCHEMA, "");
    names.forEach(
        (name, options) -> {
          if (show.full()) {
            result.row(name, options);
          } else {
            result.row(name);
          }
        });
    return result.build();
  }

  /** A line for each, the ttl first. */
  private static String options(Map<String, String> options) {
    Map<String, String> rest = new TreeMap<>(options);
    String ttl = rest.remove("ttl");
    StringBuilder text = new StringBuilder(ttl == null ? "" : "'ttl'='" + ttl + "'\n");
    rest.forEach(
        (key, value) -> text.append('\'').append(key).append("'='").append(value).append("'\n"));
    return text.toString();
  }

  private ShowResult tables(Statement.Show show) {
    String database = database(show);
    String pattern = show.like().map(like -> " (" + like + ")").orElse("");
    String heading = show.kind() == ShowKind.VIEWS ? "Views" : "Tables_in_" + database + pattern;
    boolean open = show.kind() == ShowKind.OPEN_TABLES;
    ShowResult.Builder result =
        show.full()
            ? ShowResult.of(heading, "Table_type")
            : open
                ? ShowResult.of("Database", "Table", "In_use", "Name_locked")
                : ShowResult.of(heading);
    if (open) {
      return result.build();
    }
    Map<String, String> types = new TreeMap<>();
    for (TableInfo table : context.catalog().tables()) {
      if (table.name().database().equalsIgnoreCase(database) && show.kind() == ShowKind.TABLES) {
        types.put(table.name().table(), "BASE TABLE");
      }
    }
    for (ViewInfo view : context.catalog().views()) {
      if (view.name().database().equalsIgnoreCase(database)) {
        types.put(view.name().table(), "VIEW");
      }
    }
    for (VirtualTable table : context.systemTables()) {
      if (table.name().database().equalsIgnoreCase(database) && show.kind() == ShowKind.TABLES) {
        types.put(table.name().table(), "SYSTEM VIEW");
      }
    }
    types.forEach(
        (name, type) -> {
          if (show.full()) {
            result.row(name, type);
          } else {
            result.row(name);
          }
        });
    return result.build();
  }

  private ShowResult columns(Statement.Show show) {
    TableColumns columns = new TableColumns(context);
    TableName name = target(show);
    return show.full() ? columns.full(name) : columns.brief(name);
  }

  private ShowResult variables(Statement.Show show) {
    Map<String, String> variables =
        show.global() ? context.frontend().globalVariables() : context.frontend().variables();
    if (show.target().isEmpty()) {
      return pairs(variables);
    }
    // GreptimeDB's form: one column, named like the variable.
    List<String> names = show.target().get().names;
    String name = names.get(names.size() - 1).toLowerCase(Locale.ROOT);
    String value = variables.get(name);
    if (value == null) {
      throw new TerraneException(
          ErrorCode.UNKNOWN_VARIABLE, "Unknown system variable '" + name + "'");
    }
    return ShowResult.of(name.toUpperCase(Locale.ROOT)).row(value).build();
  }

  private static ShowResult pairs(Map<String, String> values) {
    ShowResult.Builder result = ShowResult.of("Variable_name", "Value");
    values.forEach(result::row);
    return result.build();
  }

  private ShowResult problems(ShowKind kind) {
    ShowResult.Builder result =
        ShowResult.of("Level").column("Code", DataType.INT32).column("Message", DataType.STRING);
    for (ShowContext.Problem problem : context.problems()) {
      if (kind == ShowKind.WARNINGS || problem.level().equals("Error")) {
        result.row(problem.level(), (long) problem.code(), problem.message());
      }
    }
    return result.build();
  }

  private ShowResult processList(boolean full) {
    ShowResult.Builder result =
        new ShowResult.Builder()
            .column("Id", DataType.INT64)
            .column("User", DataType.STRING)
            .column("Host", DataType.STRING)
            .column("db", DataType.STRING)
            .column("Command", DataType.STRING)
            .column("Time", DataType.INT64)
            .column("State", DataType.STRING)
            .column("Info", DataType.STRING);
    for (SessionInfo line : context.frontend().sessions()) {
      String statement = line.statement();
      String info = full || statement.length() <= 100 ? statement : statement.substring(0, 100);
      result.row(
          line.id(),
          line.user(),
          line.host(),
          line.database().isEmpty() ? null : line.database(),
          line.command(),
          line.elapsed().toSeconds(),
          line.state(),
          info.isEmpty() ? null : info);
    }
    return result.build();
  }

  /** The database of FROM, else the session's; DATABASE_NOT_FOUND if there is none. */
  public String database(Statement.Show show) {
    String name = show.database().orElse(context.database());
    if (name.isEmpty()) {
      throw new TerraneException(ErrorCode.DATABASE_NOT_SELECTED, "No database selected");
    }
    if (Names.isSystem(name)) {
      return TableName.INFORMATION_SCHEMA;
    }
    return context
        .catalog()
        .findDatabase(name)
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.DATABASE_NOT_FOUND, "Unknown database '" + name + "'"))
        .name();
  }

  private TableName target(Statement.Show show) {
    Optional<String> database = show.database();
    return Names.table(show.target().orElseThrow(), database.orElse(context.database()));
  }
}
