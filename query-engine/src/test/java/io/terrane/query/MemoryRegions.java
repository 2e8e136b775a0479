package io.terrane.query;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.FragmentRunner;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.RegionSource;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.region.WriteId;
import io.terrane.api.region.WriteMode;
import io.terrane.api.service.CatalogService;
import io.terrane.api.service.RegionService;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.TableSchema;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.ValuesOperator;
import io.terrane.query.exec.VectorFragmentRunner;
import io.terrane.query.expr.Batch;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.function.builtin.BuiltinFunctions;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.memory.BufferAllocator;

/** All regions of a cluster as maps from key to row; keyless tables count their rows. */
final class MemoryRegions implements RegionService {
  private final CatalogService catalog;
  private final InstantSource clock;
  private final FunctionRegistry functions = BuiltinFunctions.registry();
  private final FragmentRunner runner;
  private final Map<RegionId, Map<List<Datum>, List<Datum>>> regions = new HashMap<>();
  private final Queue<ErrorCode> failures = new ArrayDeque<>();
  private final List<WriteId> writeIds = new ArrayList<>();
  private long nextRowId;

  MemoryRegions(CatalogService catalog, InstantSource clock) {
    this.catalog = catalog;
    this.clock = clock;
    this.runner = new VectorFragmentRunner(functions, clock);
  }

  /** The next writes fail like this, one after the other, and have no effect. */
  void failNextWrites(ErrorCode... codes) {
    failures.addAll(List.of(codes));
  }

  /** Of all writes that were sent, those that failed too. */
  List<WriteId> writeIds() {
    return writeIds;
  }

  /** How many rows a region has. */
  int size(RegionId region) {
    return rows(region).size();
  }

  private Map<List<Datum>, List<Datum>> rows(RegionId region) {
    return regions.computeIfAbsent(region, id -> new LinkedHashMap<>());
  }

  private TableSchema schema(RegionId region) {
    return catalog.snapshot().findTable(region.table()).orElseThrow().schema();
  }

  @Override
  public BatchStream scan(
      RegionId region, RegionEpoch epoch, PlanFragment fragment, BufferAllocator allocator) {
    TableSchema schema = schema(region);
    return runner.run(
        fragment,
        scan -> {
          List<DataType> types = new ArrayList<>();
          for (String name : scan.columns()) {
            types.add(
                name.equals(TableSchema.ROW_ID.name())
                    ? TableSchema.ROW_ID.type()
                    : schema.column(name).type());
          }
          List<List<Datum>> picked = new ArrayList<>();
          rows(region)
              .forEach(
                  (key, row) -> {
                    List<Datum> cells = new ArrayList<>();
                    for (String name : scan.columns()) {
                      int index = schema.indexOf(name);
                      cells.add(index < 0 ? key.get(0) : row.get(index));
                    }
                    picked.add(cells);
                  });
          return new RegionSource.Opened(
              new ValuesOperator(
                  ExecutionContext.builder(allocator, functions, clock).build(),
                  scan.columns(),
                  types,
                  picked),
              scan.predicate());
        },
        allocator);
  }

  @Override
  public CompletableFuture<AffectedRows> write(RegionWrite write) {
    writeIds.add(write.id());
    if (!failures.isEmpty()) {
      return CompletableFuture.failedFuture(
          new TerraneException(failures.poll(), "as the test wants it"));
    }
    TableSchema schema = schema(write.region());
    Map<List<Datum>, List<Datum>> rows = rows(write.region());
    Batch batch = new Batch(Batch.typesOf(write.rows().getSchema())).load(write.rows());
    long count = 0;
    for (int i = 0; i < batch.rows(); i++) {
      List<Datum> row = new ArrayList<>();
      for (int column = 0; column < write.rows().getFieldVectors().size(); column++) {
        row.add(batch.column(column).datumAt(i));
      }
      if (write.mode() == WriteMode.DELETE) {
        count += rows.remove(row) == null ? 0 : 1;
        continue;
      }
      List<Datum> key = key(schema, row);
      if (write.mode() == WriteMode.INSERT_UNIQUE && rows.containsKey(key)) {
        return CompletableFuture.failedFuture(
            new TerraneException(ErrorCode.DUPLICATE_KEY, "Duplicate entry '" + key + "'"));
      }
      rows.put(key, row);
      count++;
    }
    return CompletableFuture.completedFuture(new AffectedRows(count));
  }

  private List<Datum> key(TableSchema schema, List<Datum> row) {
    if (schema.hasHiddenRowId()) {
      return List.of(new Datum(DataType.UINT64, nextRowId++));
    }
    List<Datum> key = new ArrayList<>();
    for (ColumnSchema column : schema.keyColumns()) {
      key.add(row.get(schema.indexOf(column.name())));
    }
    return key;
  }

  @Override
  public CompletableFuture<InstructionReply> instruct(RegionInstruction instruction) {
    return CompletableFuture.completedFuture(new InstructionReply.Done());
  }
}
