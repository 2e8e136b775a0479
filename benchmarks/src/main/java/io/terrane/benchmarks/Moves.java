package io.terrane.benchmarks;

import io.terrane.api.time.Ticker;
import io.terrane.benchmarks.moves.Ballast;
import io.terrane.benchmarks.moves.InsertStream;
import io.terrane.benchmarks.moves.RegionMover;
import io.terrane.benchmarks.moves.WrittenTable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Moves a region again and again while an application writes to it, and prints what it felt. */
@Command(
    name = "moves",
    description = "Write stalls of region moves under inserts, on a cluster that runs.",
    mixinStandardHelpOptions = true)
public final class Moves implements Callable<Integer> {
  @Option(names = "--port", required = true, description = "of a frontend on this machine")
  private int port;

  @Option(names = "--moves", defaultValue = "50", description = "default: ${DEFAULT-VALUE}")
  private int moves;

  @Option(
      names = "--rows-per-second",
      defaultValue = "2000",
      description = "default: ${DEFAULT-VALUE}")
  private int rowsPerSecond;

  @Option(
      names = "--batch",
      defaultValue = "20",
      description = "rows per INSERT (default: ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--sst-megabytes",
      defaultValue = "0",
      description = "what the region has in files besides (default: ${DEFAULT-VALUE})")
  private int sstMegabytes;

  @Option(
      names = "--wal-megabytes",
      defaultValue = "0",
      description =
          "what it has in the log alone before each move (default: ${DEFAULT-VALUE}); more than"
              + " datanode.region-flush-bytes does not stay there")
  private int walMegabytes;

  private final Ticker ticker;
  private final ExecutorService executor;

  Moves(Ticker ticker, ExecutorService executor) {
    this.ticker = ticker;
    this.executor = executor;
  }

  public static void main(String[] arguments) {
    ClientCommand.run(Moves::new, arguments);
  }

  @Override
  public Integer call() throws Exception {
    String url = ClientCommand.url(port);
    try (Connection connection = DriverManager.getConnection(url, "root", "");
        Statement statement = connection.createStatement()) {
      WrittenTable table = new WrittenTable(statement, "moved");
      table.create();
      try (Ballast ballast = new Ballast(url, "moved", new Random(1));
          InsertStream inserts = new InsertStream(url, "moved", ticker, rowsPerSecond, batch)) {
        ballast.writeFiles(sstMegabytes);
        return move(connection, table, ballast, inserts);
      }
    }
  }

  private int move(Connection connection, WrittenTable table, Ballast ballast, InsertStream inserts)
      throws Exception {
    Future<?> running = executor.submit(inserts);
    RegionMover mover = new RegionMover(connection, "moved", ticker);
    inserts.awaitRows(rowsPerSecond);
    for (int i = 0; i < moves && !running.isDone(); i++) {
      if (walMegabytes > 0) {
        ballast.writeLog(walMegabytes);
        System.out.println("before move " + (i + 1) + ": " + ballast.weight());
      }
      mover.move();
      inserts.awaitRows(inserts.rows() + rowsPerSecond / 2);
    }
    inserts.stop();
    running.get();
    report(inserts, mover, table.rows());
    return inserts.failures().isEmpty() && table.rows() == inserts.rows() ? 0 : 1;
  }

  private static void report(InsertStream inserts, RegionMover mover, long stored)
      throws SQLException {
    System.out.printf(
        "%,d rows acknowledged, %,d stored, %d statements failed%n",
        inserts.rows(), stored, inserts.failures().size());
    inserts.failures().forEach(failure -> System.out.println("  " + failure));
    System.out.println(ClientCommand.load());
    System.out.println("| ms | p50 | p99 | max | n |\n| --- | --- | --- | --- | --- |");
    line("INSERT", inserts.millis());
    line("move, from call to Done", mover.millis());
    line("write stall, at the frontend", mover.stalls());
    for (Map.Entry<String, List<Double>> step : mover.steps().entrySet()) {
      line(step.getKey(), step.getValue());
    }
  }

  private static void line(String what, List<Double> sorted) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.1f | %d |%n",
        what,
        at(sorted, 0.5),
        at(sorted, 0.99),
        at(sorted, 1),
        sorted.size());
  }

  /** The least of them that as large a part does not exceed. */
  private static double at(List<Double> sorted, double part) {
    return sorted.isEmpty()
        ? Double.NaN
        : sorted.get((int) Math.max(0, Math.ceil(part * sorted.size()) - 1));
  }
}
