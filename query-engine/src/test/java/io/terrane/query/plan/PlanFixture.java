package io.terrane.query.plan;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.LeaderState;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RouteVersion;
import io.terrane.api.region.TableRoute;
import io.terrane.api.service.CatalogService;
import io.terrane.api.service.TableSizes;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.Datum;
import io.terrane.api.table.PartitionExpr;
import io.terrane.api.table.PartitionRule;
import io.terrane.api.table.SemanticType;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.TableSchema;
import io.terrane.api.table.ViewInfo;
import io.terrane.query.distribute.ClusterAccess;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.VectorFragmentRunner;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.builtin.BuiltinFunctions;
import io.terrane.query.parse.MySqlLexis;
import io.terrane.query.parse.ParsedStatement;
import io.terrane.query.parse.SqlParsing;
import io.terrane.query.plan.physical.Rows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.calcite.sql.SqlNode;

/**
 * A planner over tables in memory, some of several regions, in database {@code d}. Closing it
 * checks that all memory came back.
 */
public final class PlanFixture implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2024-05-06T07:08:09Z");

  private final BufferAllocator allocator = new RootAllocator();
  private final FunctionRegistry functions;
  private final Map<TableId, TableInfo> tables = new LinkedHashMap<>();
  private final Map<TableId, ViewInfo> views = new LinkedHashMap<>();
  private final Map<TableId, TableRoute> routes = new LinkedHashMap<>();
  private final MemoryRegions regions;
  private final QueryPlanner planner;
  private int version;

  public PlanFixture() {
    this(List.of());
  }

  public PlanFixture(List<ScalarFunction> more) {
    List<ScalarFunction> scalars = new ArrayList<>(BuiltinFunctions.scalars());
    scalars.addAll(more);
    functions = new FunctionRegistry(scalars, BuiltinFunctions.aggregates());
    InstantSource clock = InstantSource.fixed(NOW);
    regions =
        new MemoryRegions(
            new VectorFragmentRunner(functions, clock),
            ExecutionContext.builder(allocator, functions, clock));
    CatalogService catalog =
        new CatalogService() {
          @Override
          public CatalogSnapshot snapshot() {
            return PlanFixture.this.snapshot();
          }

          @Override
          public CompletableFuture<CatalogSnapshot> latest() {
            return CompletableFuture.completedFuture(snapshot());
          }

          @Override
          public CompletableFuture<CatalogSnapshot> newerThan(long known, Duration timeout) {
            return CompletableFuture.completedFuture(snapshot());
          }
        };
    long[] ticks = {0};
    planner =
        new QueryPlanner(
            functions,
            List.of(),
            TableSizes.UNKNOWN,
            text -> SqlParsing.parseQuery(text, MySqlLexis.DEFAULT),
            new ClusterAccess(
                catalog,
                node -> regions,
                Runnable::run,
                () -> ticks[0] += 1_000_000,
                2,
                Duration.ofSeconds(1),
                Duration.ofMillis(1)));
  }

  public QueryPlanner planner() {
    return planner;
  }

  MemoryRegions regions() {
    return regions;
  }

  public CatalogSnapshot snapshot() {
    return new CatalogSnapshot(
        ++version, Map.of("d", new DatabaseInfo("d", Map.of(), NOW)), tables, views, routes);
  }

  public PlanContext context() {
    return new PlanContext(snapshot(), "d");
  }

  public ExecutionContext execution() {
    return ExecutionContext.builder(allocator, functions, InstantSource.fixed(NOW)).build();
  }

  /** A table of one region. */
  public TableInfo table(
      String name, List<ColumnSchema> columns, List<String> key, Optional<String> timeIndex) {
    return table(name, columns, key, timeIndex, PartitionRule.NONE);
  }

  public TableInfo table(
      String name,
      List<ColumnSchema> columns,
      List<String> key,
      Optional<String> timeIndex,
      PartitionRule rule) {
    TableId id = new TableId(TableId.FIRST_USER_TABLE + tables.size());
    TableInfo table =
        new TableInfo(
            id,
            new TableName("d", name),
            new TableSchema(0, columns, key, timeIndex),
            rule,
            TableInfo.DEFAULT_ENGINE,
            Map.of(),
            "",
            NOW);
    tables.put(id, table);
    List<RegionRoute> regionRoutes = new ArrayList<>();
    for (int i = 0; i < rule.regionCount(); i++) {
      RegionId region = RegionId.of(id, i);
      regions.create(region, table);
      regionRoutes.add(
          new RegionRoute(
              region,
              new NodeId(i + 1),
              RegionEpoch.FIRST,
              LeaderState.ALIVE,
              Optional.empty(),
              0));
    }
    routes.put(id, new TableRoute(id, RouteVersion.FIRST, regionRoutes));
    return table;
  }

  public void view(String name, String definition) {
    TableId id = new TableId(9000 + views.size());
    views.put(id, new ViewInfo(id, new TableName("d", name), definition, "d", List.of(), NOW));
  }

  public static ColumnSchema column(String name, DataType type) {
    return ColumnSchema.field(name.hashCode(), name, type);
  }

  public static ColumnSchema key(String name, DataType type) {
    return new ColumnSchema(
        name.hashCode(), name, type, false, SemanticType.TAG, Optional.empty(), "");
  }

  /** Splits by {@code column < bound} into two regions. */
  public static PartitionRule split(String column, Datum bound) {
    return new PartitionRule(
        List.of(column),
        List.of(
            new PartitionRule.Bound(
                column + " < " + bound.text(),
                new PartitionExpr.Compare(column, PartitionExpr.Op.LT, bound)),
            new PartitionRule.Bound(
                column + " >= " + bound.text(),
                new PartitionExpr.Compare(column, PartitionExpr.Op.GE, bound))));
  }

  public static ParsedStatement parse(String sql) {
    return SqlParsing.parse(sql, MySqlLexis.DEFAULT);
  }

  public PlannedQuery plan(String sql) {
    SqlNode query = SqlParsing.parseQuery(sql, MySqlLexis.DEFAULT);
    return planner.plan(query, context());
  }

  public String explain(String sql) {
    return plan(sql).explain(execution()).toText();
  }

  /** One line per row, values separated by a bar. */
  public List<String> rows(String sql) {
    PlannedQuery query = plan(sql);
    List<String> rows = new ArrayList<>();
    try (BatchStream stream = query.open(execution())) {
      while (stream.advance(
          batch ->
              Rows.of(batch, query.types())
                  .forEach(
                      row ->
                          rows.add(
                              row.stream()
                                  .map(value -> value.isNull() ? "NULL" : shown(value))
                                  .collect(Collectors.joining("|")))))) {}
    }
    return rows;
  }

  private static String shown(Datum value) {
    return value.type().kind() == DataType.Kind.BOOLEAN
        ? ((Boolean) value.value() ? "1" : "0")
        : value.text();
  }

  @Override
  public void close() {
    allocator.close();
  }
}
