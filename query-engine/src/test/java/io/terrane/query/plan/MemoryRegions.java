package io.terrane.query.plan;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchSink;
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
import io.terrane.api.service.RegionService;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.TableSchema;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.ValuesOperator;
import io.terrane.query.plan.physical.Rows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** Regions as maps from key to row, which run fragments with the real runner. */
final class MemoryRegions implements RegionService {
  private final FragmentRunner runner;
  private final ExecutionContext.Builder contexts;
  private final Map<RegionId, Map<List<Datum>, List<Datum>>> rows = new HashMap<>();
  private final Map<RegionId, TableInfo> tables = new HashMap<>();
  private final Map<WriteId, AffectedRows> seen = new HashMap<>();
  private final Deque<TerraneException> failures = new ArrayDeque<>();
  private final Deque<TerraneException> lateFailures = new ArrayDeque<>();
  private long rowIds;

  MemoryRegions(FragmentRunner runner, ExecutionContext.Builder contexts) {
    this.runner = runner;
    this.contexts = contexts;
  }

  void create(RegionId region, TableInfo table) {
    rows.put(region, new LinkedHashMap<>());
    tables.put(region, table);
  }

  /** Puts rows where the table's rule says. */
  void fill(PlanFixture fixture, String table, List<List<Datum>> content) {
    TableInfo info = fixture.snapshot().findTable(new TableName("d", table)).orElseThrow();
    for (List<Datum> row : content) {
      int number = info.partitionRule().regionFor(name -> row.get(info.schema().indexOf(name)));
      rows.get(RegionId.of(info.id(), number)).put(key(info.schema(), row), row);
    }
  }

  /** The next call is refused. */
  synchronized void refuseNext(TerraneException failure) {
    failures.add(failure);
  }

  /** The next write happens, but its caller does not learn of it. */
  synchronized void loseNextAnswer(TerraneException failure) {
    lateFailures.add(failure);
  }

  synchronized int rowCount(RegionId region) {
    return rows.get(region).size();
  }

  private void refuse() {
    TerraneException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public synchronized BatchStream scan(
      RegionId region, RegionEpoch epoch, PlanFragment fragment, BufferAllocator allocator) {
    refuse();
    List<List<Datum>> content = new ArrayList<>(rows.get(region).values());
    return runner.run(
        fragment,
        scan -> new RegionSource.Opened(source(region, scan, content), scan.predicate()),
        allocator);
  }

  private BatchStream source(
      RegionId region, PlanFragment.ScanRegion scan, List<List<Datum>> content) {
    TableSchema schema = tables.get(region).schema();
    List<DataType> types = new ArrayList<>();
    List<Integer> columns = new ArrayList<>();
    for (String name : scan.columns()) {
      boolean hidden = name.equals(TableSchema.ROW_ID.name());
      columns.add(hidden ? schema.columns().size() : schema.indexOf(name));
      types.add(hidden ? DataType.UINT64 : schema.column(name).type());
    }
    List<List<Datum>> read = new ArrayList<>();
    for (List<Datum> row : content) {
      read.add(columns.stream().map(row::get).toList());
    }
    BatchStream values = new ValuesOperator(contexts.build(), scan.columns(), types, read);
    return new BatchStream() {
      @Override
      public Schema schema() {
        return values.schema();
      }

      @Override
      public boolean advance(BatchSink sink) {
        return values.advance(sink);
      }

      @Override
      public void close() {
        values.close();
      }
    };
  }

  @Override
  public synchronized CompletableFuture<AffectedRows> write(RegionWrite write) {
    try {
      refuse();
      AffectedRows known = seen.get(write.id());
      AffectedRows result = known != null ? known : apply(write);
      seen.put(write.id(), result);
      TerraneException lost = lateFailures.poll();
      return lost != null
          ? CompletableFuture.failedFuture(lost)
          : CompletableFuture.completedFuture(result);
    } catch (TerraneException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private AffectedRows apply(RegionWrite write) {
    TableSchema schema = tables.get(write.region()).schema();
    Map<List<Datum>, List<Datum>> region = rows.get(write.region());
    if (write.mode() == WriteMode.DELETE) {
      List<DataType> types = schema.keyColumns().stream().map(ColumnSchema::type).toList();
      List<List<Datum>> keys = Rows.of(write.rows(), types);
      keys.forEach(region::remove);
      return new AffectedRows(keys.size());
    }
    List<DataType> types = schema.columns().stream().map(ColumnSchema::type).toList();
    List<List<Datum>> taken = Rows.of(write.rows(), types);
    for (List<Datum> row : taken) {
      if (write.mode() == WriteMode.INSERT_UNIQUE && region.containsKey(key(schema, row))) {
        throw new TerraneException(ErrorCode.DUPLICATE_KEY, "Duplicate entry");
      }
    }
    for (List<Datum> row : taken) {
      if (schema.hasHiddenRowId()) {
        List<Datum> all = new ArrayList<>(row);
        Datum id = new Datum(DataType.UINT64, ++rowIds);
        all.add(id);
        region.put(List.of(id), all);
      } else {
        region.put(key(schema, row), row);
      }
    }
    return new AffectedRows(taken.size());
  }

  private static List<Datum> key(TableSchema schema, List<Datum> row) {
    return schema.keyColumns().stream().map(c -> row.get(schema.indexOf(c.name()))).toList();
  }

  @Override
  public CompletableFuture<InstructionReply> instruct(RegionInstruction instruction) {
    throw new UnsupportedOperationException("not in this test: " + instruction);
  }
}
