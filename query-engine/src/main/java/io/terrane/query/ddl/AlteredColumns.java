package io.terrane.query.ddl;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnDefault;
import io.terrane.api.table.ColumnIndex;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.DatumCasts;
import io.terrane.api.table.SemanticType;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableSchema;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.parse.Alteration;
import io.terrane.query.parse.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table's columns while an ALTER TABLE changes them. Names are looked up without regard to case.
 * Columns that are added get ids that follow from the new schema's version, so that none is ever
 * used again.
 */
final class AlteredColumns {
  private final ExecutionContext context;
  private final DefaultReader defaults;
  private final TableInfo table;
  private final int version;
  private final List<ColumnSchema> columns;
  private final List<String> primaryKey;
  private Optional<String> timeIndex;
  private int added;

  AlteredColumns(ExecutionContext context, TableInfo table) {
    this.context = context;
    this.defaults = new DefaultReader(context);
    this.table = table;
    this.version = table.schema().version() + 1;
    this.columns = new ArrayList<>(table.schema().columns());
    this.primaryKey = new ArrayList<>(table.schema().primaryKey());
    this.timeIndex = table.schema().timeIndex();
  }

  /** The next version of the schema. */
  TableSchema schema() {
    return new TableSchema(version, columns, primaryKey, timeIndex);
  }

  void add(Alteration.AddColumn add) {
    Statement.Column column = add.column();
    boolean exists = find(column.name()).isPresent();
    if (exists && add.ifNotExists()) {
      return;
    }
    SchemaBuilder.checkName(column.name(), exists);
    if (column.timeIndex()) {
      throw unsupported("A time index cannot be added to a table that exists");
    }
    if (column.primaryKey() && timeIndex.isEmpty()) {
      throw primaryKey.isEmpty()
          ? unsupported("A primary key cannot be added to a table without a time index")
          : new TerraneException(ErrorCode.MULTIPLE_PRIMARY_KEY, "Multiple primary key defined");
    }
    if (columns.size() >= SchemaBuilder.COLUMNS_MAX || added >= SchemaBuilder.COLUMNS_MAX) {
      throw new TerraneException(ErrorCode.INVALID_ARGUMENT, "Too many columns");
    }
    boolean nullable = column.nullable().orElse(true);
    Optional<ColumnDefault> defaultValue =
        column
            .defaultValue()
            .flatMap(value -> defaults.read(column.name(), column.type(), nullable, value));
    ColumnSchema created =
        new ColumnSchema(
            Math.addExact(Math.multiplyExact(version, SchemaBuilder.COLUMNS_MAX), added),
            column.name(),
            column.type(),
            nullable,
            column.primaryKey() ? SemanticType.TAG : SemanticType.FIELD,
            defaultValue,
            column.comment(),
            backfill(column, nullable, defaultValue),
            SchemaBuilder.indexes(column));
    added++;
    columns.add(created);
    add.place().ifPresent(place -> move(created, place));
    if (column.primaryKey()) {
      primaryKey.add(column.name());
    }
  }

  /** The default as of now; without one, what MySQL gives to NOT NULL columns: zero or nothing. */
  private Optional<Datum> backfill(
      Statement.Column column, boolean nullable, Optional<ColumnDefault> defaultValue) {
    if (defaultValue.isPresent()) {
      return Optional.of(
          switch (defaultValue.get().kind()) {
            case VALUE -> defaultValue.get().value();
            case CURRENT_TIMESTAMP -> Constants.now(context, column.type());
          });
    }
    return nullable ? Optional.empty() : Optional.of(zero(column.name(), column.type()));
  }

  private static Datum zero(String name, DataType type) {
    if (type.kind() == DataType.Kind.STRING) {
      return Datum.of("");
    } else if (type.kind() == DataType.Kind.BINARY) {
      return Datum.ofBytes(new byte[0]);
    } else if (type.isNumeric() || type.kind() == DataType.Kind.BOOLEAN) {
      return DatumCasts.cast(Datum.of(0), type);
    }
    throw new TerraneException(
        ErrorCode.NO_DEFAULT_VALUE,
        "Field '" + name + "' doesn't have a default value for the rows that are there");
  }

  void drop(Alteration.DropColumn drop) {
    Optional<ColumnSchema> found = find(drop.name());
    if (found.isEmpty() && drop.ifExists()) {
      return;
    }
    ColumnSchema column =
        found.orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.INDEX_NOT_FOUND,
                    "Can't DROP '" + drop.name() + "'; check that column/key exists"));
    checkNoKey(column, "dropped");
    if (columns.size() == 1) {
      throw new TerraneException(
          ErrorCode.LAST_COLUMN,
          "You can't delete all columns with ALTER TABLE; use DROP TABLE instead");
    }
    columns.remove(column);
  }

  void change(Alteration.ChangeColumn change) {
    ColumnSchema before = required(change.name());
    Statement.Column given = change.column();
    boolean nullable =
        change.typeOnly() ? before.nullable() : given.nullable().orElse(!isKey(before));
    if (before.nullable() && !nullable) {
      throw unsupported(
          "Column '" + before.name() + "' may hold NULL already and cannot become NOT NULL");
    }
    if (nullable && timeIndex.equals(Optional.of(before.name()))) {
      nullable = false;
    }
    boolean allowsNull = nullable;
    Optional<ColumnDefault> defaultValue =
        change.typeOnly()
            ? before.defaultValue().flatMap(value -> cast(value, given.type()))
            : given
                .defaultValue()
                .flatMap(value -> defaults.read(given.name(), given.type(), allowsNull, value));
    checkType(before, given.type());
    ColumnSchema after =
        new ColumnSchema(
            before.id(),
            before.name(),
            given.type(),
            nullable,
            before.semanticType(),
            defaultValue,
            change.typeOnly() ? before.comment() : given.comment(),
            before
                .backfill()
                .map(value -> DatumCasts.cast(value, given.type()))
                .filter(value -> !value.isNull()),
            change.typeOnly() ? fitting(before, given.type()) : SchemaBuilder.indexes(given));
    replace(before, after);
    if (!given.name().equals(before.name())) {
      rename(before.name(), given.name());
    }
    change.place().ifPresent(place -> move(required(given.name()), place));
  }

  private static Optional<ColumnDefault> cast(ColumnDefault value, DataType type) {
    if (value.kind() == ColumnDefault.Kind.CURRENT_TIMESTAMP) {
      return Optional.of(value).filter(kept -> type.kind() == DataType.Kind.TIMESTAMP);
    }
    return Optional.of(DatumCasts.cast(value.value(), type))
        .filter(converted -> !converted.isNull())
        .map(ColumnDefault::value);
  }

  private void checkType(ColumnSchema column, DataType type) {
    if (column.type().equals(type)) {
      return;
    }
    checkNoKey(column, "given another type");
    if (!DatumCasts.isPossible(column.type(), type)) {
      throw unsupported(
          "Column '" + column.name() + "' cannot be changed from " + column.type() + " to " + type);
    }
    if (!column.nullable() && !DatumCasts.isTotal(column.type(), type)) {
      throw unsupported(
          "Column '"
              + column.name()
              + "' is NOT NULL and may hold values that "
              + type
              + " has not");
    }
  }

  void rename(String name, String newName) {
    ColumnSchema column = required(name);
    boolean taken = find(newName).filter(other -> !other.name().equals(column.name())).isPresent();
    SchemaBuilder.checkName(newName, taken);
    if (table.partitionRule().columns().contains(column.name())) {
      throw unsupported("Partition column '" + column.name() + "' cannot be renamed");
    }
    replace(column, column.withName(newName));
    primaryKey.replaceAll(key -> key.equals(column.name()) ? newName : key);
    timeIndex = timeIndex.map(key -> key.equals(column.name()) ? newName : key);
  }

  void setDefault(Alteration.SetDefault set) {
    ColumnSchema column = required(set.column());
    Optional<ColumnDefault> value =
        set.value()
            .flatMap(
                given -> defaults.read(column.name(), column.type(), column.nullable(), given));
    replace(column, column.withDefault(value));
  }

  void setIndex(Alteration.SetIndex set) {
    ColumnSchema column = required(set.column());
    ColumnIndex index = IndexOptions.index(column.name(), column.type(), set.index());
    column
        .index(index.kind())
        .ifPresent(before -> IndexOptions.checkReplaces(column.name(), before, index));
    List<ColumnIndex> indexes = without(column, index.kind());
    indexes.add(index);
    replace(column, column.withIndexes(indexes));
  }

  void unsetIndex(Alteration.UnsetIndex unset) {
    ColumnSchema column = required(unset.column());
    replace(column, column.withIndexes(without(column, unset.kind())));
  }

  private static List<ColumnIndex> without(ColumnSchema column, ColumnIndex.Kind kind) {
    List<ColumnIndex> others = new ArrayList<>(column.indexes());
    others.removeIf(index -> index.kind() == kind);
    return others;
  }

  /** A column's indexes that one of another type may have. */
  private static List<ColumnIndex> fitting(ColumnSchema column, DataType type) {
    return type.kind() == DataType.Kind.STRING
        ? column.indexes()
        : without(column, ColumnIndex.Kind.FULLTEXT);
  }

  private void replace(ColumnSchema before, ColumnSchema after) {
    columns.set(columns.indexOf(before), after);
  }

  private void move(ColumnSchema column, Alteration.Place place) {
    columns.remove(column);
    int index = place.after().map(name -> columns.indexOf(required(name)) + 1).orElse(0);
    columns.add(index, column);
  }

  private void checkNoKey(ColumnSchema column, String what) {
    if (isKey(column) || table.partitionRule().columns().contains(column.name())) {
      throw unsupported("Key column '" + column.name() + "' cannot be " + what);
    }
  }

  private boolean isKey(ColumnSchema column) {
    return primaryKey.contains(column.name()) || timeIndex.equals(Optional.of(column.name()));
  }

  private Optional<ColumnSchema> find(String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }

  private ColumnSchema required(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    "Unknown column '" + name + "' in '" + table.name().table() + "'"));
  }

  private static TerraneException unsupported(String message) {
    return new TerraneException(ErrorCode.UNSUPPORTED, message);
  }
}
