package io.terrane.query.catalog;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.service.TableSizes;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import io.terrane.api.table.VirtualTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** Finds tables and views of one snapshot, and the computed ones beside them. Immutable. */
public final class CatalogSnapshotReader {
  private final CatalogSnapshot snapshot;
  private final VirtualTables computed;
  private final TableSizes sizes;

  /** Computed tables by folded name; made once per process. */
  public static final class VirtualTables {
    private final Map<String, VirtualTable> byName = new HashMap<>();

    public VirtualTables(Collection<VirtualTable> tables) {
      tables.forEach(table -> byName.put(folded(table.name()), table));
    }

    private VirtualTables(Map<String, VirtualTable> byName) {
      this.byName.putAll(byName);
    }

    /** These and one more, which is found first. */
    public VirtualTables with(VirtualTable table) {
      VirtualTables more = new VirtualTables(byName);
      more.byName.put(folded(table.name()), table);
      return more;
    }

    Optional<VirtualTable> find(TableName name) {
      return Optional.ofNullable(byName.get(folded(name)));
    }

    boolean hasDatabase(String database) {
      String prefix = database.toLowerCase(Locale.ROOT) + ".";
      return byName.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    private static String folded(TableName name) {
      return name.toString().toLowerCase(Locale.ROOT);
    }
  }

  public CatalogSnapshotReader(CatalogSnapshot snapshot, VirtualTables computed, TableSizes sizes) {
    this.snapshot = snapshot;
    this.computed = computed;
    this.sizes = sizes;
  }

  public Optional<ViewInfo> findView(TableName name) {
    return snapshot.findView(name);
  }

  /** TABLE_NOT_FOUND or DATABASE_NOT_FOUND if there is none. */
  public SnapshotTable table(TableName name) {
    return snapshot
        .findTable(name)
        .map(table -> SnapshotTable.of(table, sizes.rows(table.id())))
        .or(() -> computed.find(name).map(SnapshotTable::of))
        .orElseThrow(() -> missing(name));
  }

  private TerraneException missing(TableName name) {
    boolean known =
        snapshot.findDatabase(name.database()).isPresent() || computed.hasDatabase(name.database());
    return known
        ? new TerraneException(ErrorCode.TABLE_NOT_FOUND, "Table '" + name + "' doesn't exist")
        : new TerraneException(
            ErrorCode.DATABASE_NOT_FOUND, "Unknown database '" + name.database() + "'");
  }

  /** The validator's catalogue, with just the tables that one query names. */
  public static CalciteCatalogReader reader(
      Collection<SnapshotTable> tables, RelDataTypeFactory types) {
    Map<String, Map<String, Table>> databases = new HashMap<>();
    for (SnapshotTable table : tables) {
      databases
          .computeIfAbsent(table.name().database(), name -> new HashMap<>())
          .put(table.name().table(), table);
    }
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    databases.forEach((name, content) -> root.add(name, new FixedSchema(content)));
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
    return new CalciteCatalogReader(
        root, List.of(), types, new CalciteConnectionConfigImpl(properties));
  }

  private static final class FixedSchema extends AbstractSchema {
    private final Map<String, Table> tables;

    FixedSchema(Map<String, Table> tables) {
      this.tables = Map.copyOf(tables);
    }

    @Override
    protected Map<String, Table> getTableMap() {
      return tables;
    }
  }
}
