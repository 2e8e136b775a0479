package io.terrane.benchmarks.engine;

import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.benchmarks.tsbs.CpuData;
import io.terrane.log.SharedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.arrow.vector.VectorSchemaRoot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What scans of a large region fetch, beside what they answer with. */
@Command(
    name = "scan",
    description = "Scans of a part of many rows of twelve columns: bytes fetched, GB/s.")
final class Scan implements Callable<Integer> {
  private static final int BATCH_ROWS = 10_000;
  private static final int ROUNDS = 3;
  private static final String METRIC = CpuData.METRICS.get(0);

  @Option(names = "--rows", defaultValue = "10000000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(names = "--hours", defaultValue = "12", description = "default: ${DEFAULT-VALUE}")
  private int hours;

  @Option(
      names = "--dir",
      defaultValue = "target/engine-scan",
      description = "must not exist (default: ${DEFAULT-VALUE})")
  private Path directory;

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(directory);
    CpuTable table = new CpuTable(1);
    RegionSpec spec = table.region(0);
    long ticks = Duration.ofHours(hours).dividedBy(CpuData.INTERVAL);
    CpuData data = new CpuData(1, (int) Math.max(1, rows / ticks), Duration.ofHours(hours));
    try (Bench bench = new Bench(directory);
        SharedLog log = bench.open(bench.localLog())) {
      try (RegionEngine engine = bench.engine(RegionEngine.config(), 1, bench.localLog(), log)) {
        engine.create(spec).join();
        load(engine, spec, table, data, bench);
        long files = engine.stats().get(0).sstBytes();
        System.out.printf(
            "%,d rows of %d columns, %,d bytes in files%n", data.rows(), table.columns(), files);
      }
      System.out.println(
          "| scan | | rows | requests | fetched, MB | answered, MB | fetched / answered | GB/s |");
      System.out.println("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
      try (RegionEngine engine = bench.engine(RegionEngine.config(), 2, bench.localLog(), log)) {
        engine.open(spec).join();
        ask(engine, spec, "2 of 12 columns", Optional.empty());
        ask(engine, spec, "one hour", Optional.of(hour(data)));
        ask(engine, spec, "one series", Optional.of(series()));
      }
    }
    return 0;
  }

  private static void load(
      RegionEngine engine, RegionSpec spec, CpuTable table, CpuData data, Bench bench) {
    table.batches(
        data,
        BATCH_ROWS,
        bench.allocator,
        batch -> {
          try (VectorSchemaRoot written = batch) {
            engine.write(spec, written).join();
          }
        });
    engine.flush(spec);
    engine.compact(spec);
  }

  private static ScalarExpr hour(CpuData data) {
    long middle = CpuData.START.plus(data.span().dividedBy(2)).toEpochMilli();
    ScalarExpr time = new ScalarExpr.ColumnRef(0, DataType.TIMESTAMP_MILLIS);
    return call(
        "and",
        call(">=", time, new ScalarExpr.Literal(new Datum(DataType.TIMESTAMP_MILLIS, middle))),
        call(
            "<",
            time,
            new ScalarExpr.Literal(
                new Datum(DataType.TIMESTAMP_MILLIS, middle + Duration.ofHours(1).toMillis()))));
  }

  private static ScalarExpr series() {
    return call(
        "=",
        new ScalarExpr.ColumnRef(2, DataType.STRING),
        new ScalarExpr.Literal(Datum.of(CpuData.hostname(7))));
  }

  private static ScalarExpr call(String function, ScalarExpr left, ScalarExpr right) {
    return new ScalarExpr.Call(function, List.of(left, right), DataType.BOOLEAN);
  }

  /** First from the bucket, which is a folder, then again from what the datanode has kept. */
  private static void ask(
      RegionEngine engine, RegionSpec spec, String title, Optional<ScalarExpr> predicate) {
    List<String> columns =
        predicate.isPresent() ? List.of("ts", METRIC, "hostname") : List.of("ts", METRIC);
    PlanFragment scan = new PlanFragment.ScanRegion(spec.region(), 0, columns, predicate);
    PlanFragment fragment =
        predicate.isPresent() ? new PlanFragment.Filter(scan, predicate.get()) : scan;
    for (int round = 0; round < ROUNDS; round++) {
      RegionEngine.Scanned scanned = engine.scan(spec, fragment);
      double answered = scanned.rows() * 2.0 * Long.BYTES;
      double fetched = scanned.bucketBytes() + scanned.cachedBytes();
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %,d | %d | %.2f | %.2f | %.2f | %.2f |%n",
          title,
          round == 0 ? "first" : "again",
          scanned.rows(),
          scanned.requests(),
          fetched / 1e6,
          answered / 1e6,
          fetched / answered,
          answered / scanned.seconds() / 1e9);
    }
  }
}
