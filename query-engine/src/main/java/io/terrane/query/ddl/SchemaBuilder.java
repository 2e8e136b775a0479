package io.terrane.query.ddl;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnDefault;
import io.terrane.api.table.ColumnIndex;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.SemanticType;
import io.terrane.api.table.TableSchema;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.parse.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A CREATE TABLE's columns and keys as a schema, or the error that says what is wrong with them.
 * Column names are looked up without regard to case and kept as declared.
 */
final class SchemaBuilder {
  static final int COLUMNS_MAX = 4096;

  private final DefaultReader defaults;
  private final Statement.CreateTable table;

  SchemaBuilder(ExecutionContext context, Statement.CreateTable table) {
    this.defaults = new DefaultReader(context);
    this.table = table;
  }

  TableSchema build() {
    checkNames();
    Optional<String> timeIndex = timeIndex();
    List<String> primaryKey = primaryKey();
    timeIndex.ifPresent(
        name -> {
          if (primaryKey.contains(name)) {
            throw invalid(
                "Column '" + name + "' is the time index and may not be in the primary key");
          }
        });
    List<ColumnSchema> columns = new ArrayList<>();
    for (Statement.Column column : table.columns()) {
      columns.add(column(columns.size(), column, primaryKey, timeIndex));
    }
    return new TableSchema(0, columns, primaryKey, timeIndex);
  }

  private void checkNames() {
    if (table.columns().isEmpty()) {
      throw invalid("A table must have at least 1 column");
    }
    if (table.columns().size() > COLUMNS_MAX) {
      throw invalid("Too many columns: " + table.columns().size() + ", at most " + COLUMNS_MAX);
    }
    Set<String> seen = new HashSet<>();
    for (Statement.Column column : table.columns()) {
      checkName(column.name(), !seen.add(column.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** Refuses what no column may be called. */
  static void checkName(String name, boolean taken) {
    if (taken) {
      throw new TerraneException(ErrorCode.COLUMN_EXISTS, "Duplicate column name '" + name + "'");
    }
    if (name.isBlank() || name.equals(TableSchema.ROW_ID.name())) {
      throw invalid("Incorrect column name '" + name + "'");
    }
  }

  private Optional<String> timeIndex() {
    List<String> names = new ArrayList<>();
    table.columns().stream()
        .filter(Statement.Column::timeIndex)
        .forEach(column -> names.add(column.name()));
    table.timeIndexes().forEach(name -> names.add(declared(name).name()));
    if (names.size() > 1) {
      throw invalid("A table has one time index, not " + names.size() + ": " + names);
    }
    if (names.isEmpty()) {
      return Optional.empty();
    }
    Statement.Column column = declared(names.get(0));
    if (column.type().kind() != DataType.Kind.TIMESTAMP) {
      throw invalid(
          "Time index column '" + column.name() + "' must be a TIMESTAMP, not " + column.type());
    }
    if (column.nullable().orElse(false)) {
      throw invalid("Time index column '" + column.name() + "' may not be NULL");
    }
    return Optional.of(column.name());
  }

  private List<String> primaryKey() {
    List<String> inline =
        table.columns().stream()
            .filter(Statement.Column::primaryKey)
            .map(Statement.Column::name)
            .toList();
    int given = table.primaryKeys().size() + (inline.isEmpty() ? 0 : 1);
    if (given > 1 || inline.size() > 1) {
      throw new TerraneException(ErrorCode.MULTIPLE_PRIMARY_KEY, "Multiple primary key defined");
    }
    List<String> names = new ArrayList<>();
    for (String name : table.primaryKeys().isEmpty() ? inline : table.primaryKeys().get(0)) {
      String column = declared(name).name();
      if (names.contains(column)) {
        throw new TerraneException(
            ErrorCode.COLUMN_EXISTS, "Duplicate column name '" + name + "' in the primary key");
      }
      names.add(column);
    }
    return names;
  }

  private ColumnSchema column(
      int id, Statement.Column column, List<String> primaryKey, Optional<String> timeIndex) {
    boolean isTimeIndex = timeIndex.equals(Optional.of(column.name()));
    boolean isTag = primaryKey.contains(column.name());
    // GreptimeDB's tags may be NULL unless said otherwise; MySQL's primary keys never are.
    boolean nullable = !isTimeIndex && column.nullable().orElse(!isTag || timeIndex.isPresent());
    SemanticType semantic =
        isTimeIndex ? SemanticType.TIMESTAMP : isTag ? SemanticType.TAG : SemanticType.FIELD;
    Optional<ColumnDefault> defaultValue =
        column
            .defaultValue()
            .flatMap(value -> defaults.read(column.name(), column.type(), nullable, value));
    return new ColumnSchema(
            id, column.name(), column.type(), nullable, semantic, defaultValue, column.comment())
        .withIndexes(indexes(column));
  }

  /** The indexes of a declared column, the last of each kind. */
  static List<ColumnIndex> indexes(Statement.Column column) {
    Map<ColumnIndex.Kind, ColumnIndex> indexes = new EnumMap<>(ColumnIndex.Kind.class);
    for (Statement.IndexClause clause : column.indexes()) {
      indexes.put(clause.kind(), IndexOptions.index(column.name(), column.type(), clause));
    }
    return List.copyOf(indexes.values());
  }

  private Statement.Column declared(String name) {
    return table.columns().stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    "Key column '" + name + "' doesn't exist in table"));
  }

  private static TerraneException invalid(String message) {
    return new TerraneException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
