package io.terrane.query.show;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnIndex;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.PartitionRule;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import io.terrane.query.ddl.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * SHOW CREATE: text that makes the same thing again. The layout is GreptimeDB's, the quotes
 * MySQL's, so that tools of both worlds read it.
 */
final class CreateText {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  private final ShowContext context;

  CreateText(ShowContext context) {
    this.context = context;
  }

  ShowResult table(TableName name) {
    Optional<ViewInfo> view = context.catalog().findView(name);
    if (view.isPresent()) {
      return view(name);
    }
    TableInfo table =
        context
            .catalog()
            .findTable(name)
            .orElseThrow(
                () ->
                    Names.isSystem(name.database())
                        ? new TerraneException(
                            ErrorCode.UNSUPPORTED, "Table '" + name + "' is a system view")
                        : new TerraneException(
                            ErrorCode.TABLE_NOT_FOUND, "Table '" + name + "' doesn't exist"));
    return ShowResult.of("Table", "Create Table").row(table.name().table(), text(table)).build();
  }

  ShowResult view(TableName name) {
    ViewInfo view =
        context
            .catalog()
            .findView(name)
            .orElseThrow(
                () ->
                    new TerraneException(
                        ErrorCode.TABLE_NOT_FOUND, "View '" + name + "' doesn't exist"));
    String columns =
        view.columns().isEmpty()
            ? ""
            : " ("
                + String.join(", ", view.columns().stream().map(CreateText::quoted).toList())
                + ")";
    return ShowResult.of("View", "Create View", "character_set_client", "collation_connection")
        .row(
            view.name().table(),
            "CREATE VIEW " + quoted(view.name().table()) + columns + " AS " + view.definition(),
            "utf8mb4",
            "utf8mb4_bin")
        .build();
  }

  ShowResult database(String name) {
    String stored;
    Map<String, String> options = Map.of();
    if (Names.isSystem(name)) {
      stored = TableName.INFORMATION_SCHEMA;
    } else {
      DatabaseInfo database =
          context
              .catalog()
              .findDatabase(name)
              .orElseThrow(
                  () ->
                      new TerraneException(
                          ErrorCode.DATABASE_NOT_FOUND, "Unknown database '" + name + "'"));
      stored = database.name();
      options = database.options();
    }
    String text = "CREATE DATABASE IF NOT EXISTS " + shortest(stored);
    if (!options.isEmpty()) {
      text = text + "\nWITH(\n" + options(options) + "\n)";
    }
    return ShowResult.of("Database", "Create Database").row(stored, text).build();
  }

  static String options(Map<String, String> options) {
    List<String> lines = new ArrayList<>();
    options.forEach(
        (key, value) -> {
          String name = key.indexOf('.') >= 0 ? "'" + key + "'" : key;
          lines.add("  " + name + " = '" + value.replace("'", "''") + "'");
        });
    return String.join(",\n", lines);
  }

  private static String text(TableInfo table) {
    List<String> lines = new ArrayList<>();
    for (ColumnSchema column : table.schema().columns()) {
      lines.add("  " + column(column));
    }
    table.schema().timeIndex().ifPresent(name -> lines.add("  TIME INDEX (" + quoted(name) + ")"));
    if (!table.schema().primaryKey().isEmpty()) {
      List<String> names = table.schema().primaryKey().stream().map(CreateText::quoted).toList();
      lines.add("  PRIMARY KEY (" + String.join(", ", names) + ")");
    }
    StringBuilder text = new StringBuilder("CREATE TABLE IF NOT EXISTS ");
    text.append(quoted(table.name().table())).append(" (\n");
    text.append(String.join(",\n", lines)).append("\n)\n");
    text.append(partitions(table.partitionRule())).append('\n');
    text.append("ENGINE=").append(table.engine()).append('\n');
    Map<String, String> options = new TreeMap<>(table.effectiveOptions());
    if (!table.comment().isEmpty()) {
      options.put("comment", table.comment());
    }
    if (!options.isEmpty()) {
      text.append("WITH(\n").append(options(options)).append("\n)");
    }
    return text.toString();
  }

  private static String column(ColumnSchema column) {
    StringBuilder text = new StringBuilder(quoted(column.name()));
    text.append(' ').append(MySqlTypes.ddl(column.type()));
    text.append(column.nullable() ? " NULL" : " NOT NULL");
    column.defaultValue().ifPresent(value -> text.append(" DEFAULT ").append(Defaults.ddl(value)));
    if (!column.comment().isEmpty()) {
      text.append(" COMMENT '").append(column.comment().replace("'", "''")).append('\'');
    }
    column.indexes().forEach(index -> text.append(index(index)));
    return text.toString();
  }

  private static String index(ColumnIndex index) {
    List<String> options = new ArrayList<>();
    index.options().forEach((key, value) -> options.add(key + " = '" + value + "'"));
    return " "
        + index.kind()
        + " INDEX"
        + (options.isEmpty() ? "" : " WITH(" + String.join(", ", options) + ")");
  }

  private static String partitions(PartitionRule rule) {
    if (rule.bounds().isEmpty()) {
      return "";
    }
    List<String> columns = rule.columns().stream().map(CreateText::quoted).toList();
    List<String> bounds = rule.bounds().stream().map(bound -> "  " + bound.sql()).toList();
    return "PARTITION ON COLUMNS ("
        + String.join(", ", columns)
        + ") (\n"
        + String.join(",\n", bounds)
        + "\n)";
  }

  /** Without quotes where none are needed. */
  private static String shortest(String name) {
    return PLAIN.matcher(name).matches() ? name : quoted(name);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
