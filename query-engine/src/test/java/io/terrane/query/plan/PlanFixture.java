package io.terrane.query.plan;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.FragmentRunner;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.region.RouteVersion;
import io.terrane.api.region.TableRoute;
import io.terrane.api.service.CatalogService;
import io.terrane.api.service.RegionService;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.Datum;
import io.terrane.api.table.PartitionRule;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.TableSchema;
import io.terrane.api.testing.ManualTicker;
import io.terrane.query.distribute.RegionReader;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.ValuesOperator;
import io.terrane.query.exec.VectorFragmentRunner;
import io.terrane.query.expr.Batch;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.function.builtin.BuiltinFunctions;
import io.terrane.query.parse.MySqlLexis;
import io.terrane.query.parse.SqlParsing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Tables in memory, each over two regions of one datanode, and queries over them. */
final class PlanFixture implements AutoCloseable {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final int REGIONS = 2;

  private final BufferAllocator allocator = new RootAllocator(256 << 20);
  private final FunctionRegistry functions = BuiltinFunctions.registry();
  private final InstantSource clock = () -> NOW;
  private final Map<TableId, TableInfo> tables = new HashMap<>();
  private final Map<TableId, TableRoute> routes = new HashMap<>();
  private final Map<RegionId, List<List<Datum>>> rows = new HashMap<>();
  private final QueryPlanner planner;

  PlanFixture() {
    FragmentRunner runner = new VectorFragmentRunner(functions, clock);
    planner =
        new QueryPlanner(
            functions,
            List.of(),
            sql -> SqlParsing.parseQuery(sql, MySqlLexis.DEFAULT),
            new RegionReader(
                node -> new Regions(runner),
                new FixedCatalog(),
                new ManualTicker(),
                Duration.ofSeconds(1)));
  }

  /** Adds a table; its rows go to the regions in turn. */
  PlanFixture table(String name, List<ColumnSchema> columns, List<List<Datum>> content) {
    TableId id = new TableId(TableId.FIRST_USER_TABLE + tables.size());
    tables.put(
        id,
        new TableInfo(
            id,
            new TableName("public", name),
            new TableSchema(0, columns, List.of(columns.get(0).name()), Optional.empty()),
            PartitionRule.NONE,
            "mito",
            Map.of(),
            "",
            NOW));
    List<RegionRoute> regions = new ArrayList<>();
    for (int i = 0; i < REGIONS; i++) {
      RegionId region = RegionId.of(id, i);
      List<List<Datum>> part = new ArrayList<>();
      for (int row = i; row < content.size(); row += REGIONS) {
        part.add(content.get(row));
      }
      rows.put(region, part);
      regions.add(
          new RegionRoute(
              region,
              new NodeId(1),
              RegionEpoch.FIRST,
              io.terrane.api.region.LeaderState.ALIVE,
              Optional.empty(),
              0));
    }
    routes.put(id, new TableRoute(id, RouteVersion.FIRST, regions));
    return this;
  }

  static ColumnSchema column(int id, String name, DataType type) {
    return ColumnSchema.field(id, name, type);
  }

  String explain(String sql) {
    return plan(sql).explain();
  }

  /** The rows as texts, columns divided by {@code |}. */
  List<String> run(String sql) {
    List<String> result = new ArrayList<>();
    ExecutionContext context =
        ExecutionContext.builder(allocator, functions, clock)
            .session(name -> name.equals("database") ? "public" : null)
            .build();
    PlannedQuery plan = plan(sql);
    try (BatchStream stream = plan.open(context)) {
      Batch batch = new Batch(Batch.typesOf(stream.schema()));
      while (stream.advance(root -> read(batch.load(root), plan.columns().size(), result))) {
        context.checkCancelled();
      }
    }
    return result;
  }

  PlannedQuery plan(String sql) {
    return planner.plan(
        SqlParsing.parseQuery(sql, MySqlLexis.DEFAULT),
        PlanContext.of(catalog(), "public", ZoneOffset.UTC));
  }

  private static void read(Batch batch, int columns, List<String> result) {
    for (int row = 0; row < batch.rows(); row++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        Datum value = batch.column(i).datumAt(row);
        text.append(i > 0 ? "|" : "").append(value.isNull() ? "NULL" : value.text());
      }
      result.add(text.toString());
    }
  }

  private CatalogSnapshot catalog() {
    return new CatalogSnapshot(
        1, Map.of("public", new DatabaseInfo("public", Map.of(), NOW)), tables, Map.of(), routes);
  }

  @Override
  public void close() {
    allocator.close();
  }

  private final class FixedCatalog implements CatalogService {
    @Override
    public CatalogSnapshot snapshot() {
      return catalog();
    }

    @Override
    public CompletableFuture<CatalogSnapshot> latest() {
      return CompletableFuture.completedFuture(catalog());
    }

    @Override
    public CompletableFuture<CatalogSnapshot> newerThan(long version, Duration timeout) {
      return latest();
    }
  }

  private final class Regions implements RegionService {
    private final FragmentRunner runner;

    Regions(FragmentRunner runner) {
      this.runner = runner;
    }

    @Override
    public BatchStream scan(
        RegionId region, RegionEpoch epoch, PlanFragment fragment, BufferAllocator allocator) {
      return runner.run(
          fragment,
          scan -> {
            TableSchema schema = tables.get(region.table()).schema();
            List<Integer> indexes = scan.columns().stream().map(schema::indexOf).toList();
            List<List<Datum>> picked = new ArrayList<>();
            for (List<Datum> row : rows.get(region)) {
              picked.add(indexes.stream().map(row::get).toList());
            }
            return new ValuesOperator(
                ExecutionContext.builder(allocator, functions, clock).build(),
                scan.columns(),
                indexes.stream().map(i -> schema.columns().get(i).type()).toList(),
                picked);
          },
          allocator);
    }

    @Override
    public CompletableFuture<AffectedRows> write(RegionWrite write) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<InstructionReply> instruct(RegionInstruction instruction) {
      throw new UnsupportedOperationException();
    }
  }
}
