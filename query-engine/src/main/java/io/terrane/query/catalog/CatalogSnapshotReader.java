package io.terrane.query.catalog;

import com.google.common.collect.ImmutableList;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.TableSchema;
import io.terrane.api.table.ViewInfo;
import io.terrane.api.table.VirtualTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlMoniker;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;

/**
 * Calcite's view of one snapshot, for one statement: tables by one, two or three names, without
 * regard to case. System tables stand in {@code information_schema}.
 */
@SuppressWarnings("deprecation") // Calcite's interface still asks for methods it has deprecated.
public final class CatalogSnapshotReader implements Prepare.CatalogReader {
  private final CatalogSnapshot snapshot;
  private final String database;
  private final Function<TableName, Optional<VirtualTable>> virtualTables;
  private final RelDataTypeFactory types;
  private final SqlOperatorTable operators;
  private final ViewTable.Expander expander;
  private final HiddenColumns hidden;
  private final CalciteSchema root = CalciteSchema.createRootSchema(false, false);
  private final CalciteConnectionConfig config;
  private final Map<TableName, RelOptTableImpl> resolved = new HashMap<>();

  /** Whether a table's hidden row id is among its columns: only DELETE and UPDATE want that. */
  public enum HiddenColumns {
    HIDDEN,
    SHOWN
  }

  public CatalogSnapshotReader(
      CatalogSnapshot snapshot,
      String database,
      Function<TableName, Optional<VirtualTable>> virtualTables,
      RelDataTypeFactory types,
      SqlOperatorTable operators,
      ViewTable.Expander expander,
      HiddenColumns hidden) {
    this.snapshot = snapshot;
    this.database = database;
    this.virtualTables = virtualTables;
    this.types = types;
    this.operators = operators;
    this.expander = expander;
    this.hidden = hidden;
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
    this.config = new CalciteConnectionConfigImpl(properties);
    CalciteSchema catalog = root.add(TableName.CATALOG, new AbstractSchema());
    snapshot.databases().forEach(found -> addDatabase(catalog, found.name()));
    addDatabase(catalog, TableName.INFORMATION_SCHEMA);
  }

  private void addDatabase(CalciteSchema catalog, String name) {
    SnapshotSchema schema =
        new SnapshotSchema(
            table -> {
              RelOptTableImpl found = resolve(new TableName(name, table));
              return found == null ? null : found.unwrap(Table.class);
            });
    root.add(name, schema);
    catalog.add(name, schema);
  }

  /** The name that the parts stand for, in the session's database where they do not say. */
  public TableName qualified(List<String> names) {
    int last = names.size() - 1;
    return new TableName(last == 0 ? database : names.get(last - 1), names.get(last));
  }

  @Override
  public Prepare.PreparingTable getTable(List<String> names) {
    if (names.isEmpty() || names.size() > 3) {
      return null;
    }
    if (names.size() == 3 && !names.get(0).equalsIgnoreCase(TableName.CATALOG)) {
      return null;
    }
    return resolve(qualified(names));
  }

  private RelOptTableImpl resolve(TableName name) {
    RelOptTableImpl known = resolved.get(name);
    if (known != null) {
      return known;
    }
    Optional<Table> table = find(name);
    table.ifPresent(
        found ->
            resolved.put(
                name,
                RelOptTableImpl.create(
                    this,
                    found.getRowType(types),
                    found,
                    ImmutableList.of(name.database(), name.table()))));
    return resolved.get(name);
  }

  private Optional<Table> find(TableName name) {
    Optional<TableInfo> table = snapshot.findTable(name);
    if (table.isPresent()) {
      return Optional.of(CatalogTable.of(table.get(), columns(table.get().schema())));
    }
    Optional<ViewInfo> view = snapshot.findView(name);
    if (view.isPresent()) {
      return Optional.of(new ViewTable(view.get(), expander));
    }
    return virtualTables.apply(name).map(CatalogTable::of);
  }

  private List<ColumnSchema> columns(TableSchema schema) {
    if (hidden == HiddenColumns.HIDDEN || !schema.hasHiddenRowId()) {
      return schema.columns();
    }
    List<ColumnSchema> columns = new ArrayList<>(schema.columns());
    columns.add(TableSchema.ROW_ID);
    return columns;
  }

  @Override
  public Prepare.PreparingTable getTableForMember(List<String> names) {
    return getTable(names);
  }

  @Override
  public Prepare.CatalogReader withSchemaPath(List<String> schemaPath) {
    return this;
  }

  @Override
  public RelDataTypeFactory getTypeFactory() {
    return types;
  }

  @Override
  public void registerRules(RelOptPlanner planner) {}

  @Override
  public RelDataType getNamedType(SqlIdentifier typeName) {
    return null;
  }

  @Override
  public List<SqlMoniker> getAllSchemaObjectNames(List<String> names) {
    return List.of();
  }

  @Override
  public List<List<String>> getSchemaPaths() {
    return List.of(List.of(database), List.of());
  }

  @Override
  public RelDataTypeField field(RelDataType rowType, String alias) {
    return nameMatcher().field(rowType, alias);
  }

  @Override
  public SqlNameMatcher nameMatcher() {
    return SqlNameMatchers.withCaseSensitive(false);
  }

  @Override
  public boolean matches(String string, String name) {
    return nameMatcher().matches(string, name);
  }

  @Override
  public RelDataType createTypeFromProjection(RelDataType type, List<String> columnNames) {
    RelDataTypeFactory.Builder builder = types.builder();
    for (String column : columnNames) {
      builder.add(field(type, column));
    }
    return builder.build();
  }

  @Override
  public boolean isCaseSensitive() {
    return false;
  }

  @Override
  public CalciteSchema getRootSchema() {
    return root;
  }

  @Override
  public CalciteConnectionConfig getConfig() {
    return config;
  }

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> found,
      SqlNameMatcher matcher) {
    operators.lookupOperatorOverloads(name, category, syntax, found, matcher);
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return operators.getOperatorList();
  }

  @Override
  public <C> C unwrap(Class<C> type) {
    return type.isInstance(this) ? type.cast(this) : null;
  }
}
