package io.terrane.benchmarks.engine;

import io.terrane.api.region.RegionSpec;
import io.terrane.benchmarks.tsbs.CpuData;
import io.terrane.log.SharedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.vector.VectorSchemaRoot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Opens many small regions on a datanode that has just started, and weighs them. */
@Command(
    name = "regions",
    description = "Seconds to open many small regions, and memory that each takes at rest.")
final class ManyRegions implements Callable<Integer> {
  private static final int ROWS = 100;

  @Option(names = "--regions", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}")
  private int regions;

  @Option(
      names = "--dir",
      defaultValue = "target/engine-regions",
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
        SharedLog log = bench.open(bench.localLog())) {
      try (RegionEngine engine = bench.engine(RegionEngine.config(), 1, bench.localLog(), log)) {
        table.batches(
            new CpuData(1, ROWS, CpuData.INTERVAL),
            ROWS,
            bench.allocator,
            batch -> {
              try (VectorSchemaRoot rows = batch) {
                specs.forEach(spec -> fill(engine, spec, rows));
              }
            });
      }
      weigh(bench, log, specs);
    }
    return 0;
  }

  private static void fill(RegionEngine engine, RegionSpec spec, VectorSchemaRoot rows) {
    engine.create(spec).join();
    engine.write(spec, rows).join();
    engine.flush(spec);
  }

  private void weigh(Bench bench, SharedLog log, List<RegionSpec> specs) {
    try (RegionEngine engine = bench.engine(RegionEngine.config(), 2, bench.localLog(), log)) {
      long heap = Bench.heapBytes();
      long arrow = bench.allocator.getAllocatedMemory();
      long begun = bench.nanos();
      double cpu = Bench.cpuSeconds();
      CompletableFuture.allOf(specs.stream().map(engine::open).toArray(CompletableFuture[]::new))
          .join();
      double seconds = bench.secondsSince(begun);
      double used = Bench.cpuSeconds() - cpu;
      System.out.printf(
          "%d regions: writable after %.2f s, %.2f s of CPU; at rest %.1f KB of heap and %.1f KB"
              + " of Arrow memory each%n",
          regions,
          seconds,
          used,
          (Bench.heapBytes() - heap) / 1e3 / regions,
          (bench.allocator.getAllocatedMemory() - arrow) / 1e3 / regions);
    }
  }
}
