package io.terrane.benchmarks.engine;

import io.terrane.api.region.RegionSpec;
import io.terrane.benchmarks.tsbs.CpuData;
import io.terrane.log.SharedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Bytes that a row takes in the bucket, and in Parquet files of another tool. */
@Command(
    name = "size",
    description = "Bytes per row in the bucket beside DuckDB's Parquet with zstd.")
final class FileSize implements Callable<Integer> {
  private static final int BATCH_ROWS = 10_000;

  @Option(names = "--hosts", defaultValue = "100", description = "default: ${DEFAULT-VALUE}")
  private int hosts;

  @Option(names = "--hours", defaultValue = "12", description = "default: ${DEFAULT-VALUE}")
  private int hours;

  @Option(
      names = "--dir",
      defaultValue = "target/engine-size",
      description = "must not exist (default: ${DEFAULT-VALUE})")
  private Path directory;

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(directory);
    CpuData data = new CpuData(1, hosts, Duration.ofHours(hours));
    System.out.printf("%,d rows of %d hosts%n", data.rows(), hosts);
    System.out.println("| | bytes | bytes/row |");
    System.out.println("| --- | ---: | ---: |");
    region(data);
    parquet(data);
    return 0;
  }

  private void region(CpuData data) throws Exception {
    CpuTable table = new CpuTable(CpuData.TAGS.size());
    RegionSpec spec = table.region(0);
    try (Bench bench = new Bench(directory.resolve("terrane"));
        SharedLog log = bench.open(bench.localLog());
        RegionEngine engine = bench.engine(RegionEngine.config(), 1, bench.localLog(), log)) {
      engine.create(spec).join();
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
      print("Terrane, compacted", engine.stats().get(0).sstBytes(), data.rows());
    }
  }

  private void parquet(CpuData data) throws SQLException, java.io.IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE cpu ("
              + String.join(" VARCHAR, ", CpuData.TAGS)
              + " VARCHAR, ts TIMESTAMP_MS, "
              + String.join(" DOUBLE, ", CpuData.METRICS)
              + " DOUBLE)");
      append(connection.unwrap(DuckDBConnection.class), data);
      for (String order : new String[] {"hostname, ts", "ts, hostname"}) {
        Path file = directory.resolve(order.replace(", ", "-") + ".parquet").toAbsolutePath();
        statement.execute(
            "COPY (SELECT * FROM cpu ORDER BY "
                + order
                + ") TO '"
                + file
                + "' (FORMAT parquet, COMPRESSION zstd)");
        print("DuckDB's Parquet, zstd, by " + order, Files.size(file), data.rows());
      }
    }
  }

  private static void append(DuckDBConnection connection, CpuData data) throws SQLException {
    try (DuckDBAppender appender = connection.createAppender("main", "cpu")) {
      data.forEach(
          (tags, time, metrics) -> {
            try {
              appender.beginRow();
              for (String tag : tags) {
                appender.append(tag);
              }
              appender.append(new Timestamp(time).toLocalDateTime());
              for (int metric : metrics) {
                appender.append((double) metric);
              }
              appender.endRow();
            } catch (SQLException failure) {
              throw new IllegalStateException("DuckDB takes no row", failure);
            }
          });
    }
  }

  private static void print(String title, long bytes, long rows) {
    System.out.printf(Locale.ROOT, "| %s | %,d | %.1f |%n", title, bytes, (double) bytes / rows);
  }
}
