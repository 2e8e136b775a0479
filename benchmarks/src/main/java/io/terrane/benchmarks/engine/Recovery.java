package io.terrane.benchmarks.engine;

import io.terrane.api.region.RegionSpec;
import io.terrane.benchmarks.tsbs.CpuData;
import io.terrane.log.SharedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long it takes until regions can be written again whose datanode is gone without a farewell:
 * another opens them on the same log and bucket, as after a kill.
 */
@Command(
    name = "recovery",
    description = "Seconds from a datanode's death to the first write on another.")
final class Recovery implements Callable<Integer> {
  private static final int BATCH_ROWS = 10_000;
  private static final long MEGABYTE = 1L << 20;

  @Option(
      names = "--megabytes",
      defaultValue = "200",
      description = "of rows that are in no file (default: ${DEFAULT-VALUE})")
  private long megabytes;

  @Option(names = "--regions", defaultValue = "4", description = "default: ${DEFAULT-VALUE}")
  private int regions;

  @Option(
      names = "--dir",
      defaultValue = "target/engine-recovery",
      description = "must not exist (default: ${DEFAULT-VALUE})")
  private Path directory;

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(directory);
    CpuTable table = new CpuTable(CpuData.TAGS.size());
    List<RegionSpec> specs = new ArrayList<>();
    for (int i = 0; i < regions; i++) {
      specs.add(table.region(i));
    }
    try (Bench bench = new Bench(directory);
        SharedLog log = bench.open(bench.localLog());
        RegionEngine dead = engine(bench, 1, log)) {
      for (RegionSpec spec : specs) {
        dead.create(spec).join();
      }
      long written = write(dead, specs, table, bench);
      long begun = bench.nanos();
      double cpu = Bench.cpuSeconds();
      try (RegionEngine next = engine(bench, 2, log)) {
        CompletableFuture.allOf(specs.stream().map(next::open).toArray(CompletableFuture[]::new))
            .join();
        table.batches(
            new CpuData(2, 1, CpuData.INTERVAL),
            1,
            bench.allocator,
            batch -> {
              try (VectorSchemaRoot row = batch) {
                specs.forEach(spec -> next.write(spec, row).join());
              }
            });
        double seconds = bench.secondsSince(begun);
        long rows = next.stats().stream().mapToLong(stat -> stat.rows()).sum();
        long bytes = next.stats().stream().mapToLong(stat -> stat.memtableBytes()).sum();
        System.out.printf(
            "%d regions, %,d rows, %d MiB of memtables: writable after %.2f s, %.2f s of CPU%n",
            regions, rows, bytes / MEGABYTE, seconds, Bench.cpuSeconds() - cpu);
        return rows == written + regions ? 0 : 1;
      }
    }
  }

  private RegionEngine engine(Bench bench, long epoch, SharedLog log) {
    long room = 4 * megabytes * MEGABYTE;
    return bench.engine(RegionEngine.config().withMemory(room, room), epoch, bench.localLog(), log);
  }

  /** Fills the regions in turn; the number of rows. */
  private long write(RegionEngine engine, List<RegionSpec> specs, CpuTable table, Bench bench) {
    long[] rows = {0};
    for (int hour = 0; bytes(engine) < megabytes * MEGABYTE; hour++) {
      int region = hour % regions;
      CpuData data = new CpuData(1 + hour / regions, BATCH_ROWS, Duration.ofSeconds(20));
      int host = hour / regions;
      table.batches(
          data,
          BATCH_ROWS,
          bench.allocator,
          batch -> {
            try (VectorSchemaRoot written = batch) {
              later(written, host * data.span().toMillis());
              rows[0] += engine.write(specs.get(region), written).join().count();
            }
          });
    }
    return rows[0];
  }

  private static void later(VectorSchemaRoot batch, long millis) {
    TimeStampMilliVector times = (TimeStampMilliVector) batch.getVector("ts");
    for (int row = 0; row < batch.getRowCount(); row++) {
      times.set(row, times.get(row) + millis);
    }
  }

  private static long bytes(RegionEngine engine) {
    return engine.stats().stream().mapToLong(stat -> stat.memtableBytes()).sum();
  }
}
