package io.terrane.benchmarks;

import io.terrane.api.time.Ticker;
import io.terrane.benchmarks.moves.DrainedDatanode;
import io.terrane.benchmarks.moves.InsertStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Drains a datanode that holds a hundred regions while an application writes to all of them. */
@Command(
    name = "drain",
    description = "A datanode with 100 regions is drained under inserts, on a cluster that runs.",
    mixinStandardHelpOptions = true)
public final class Drain implements Callable<Integer> {
  @Option(names = "--port", required = true, description = "of a frontend on this machine")
  private int port;

  @Option(names = "--datanode", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  private int datanode;

  @Option(
      names = "--rows-per-second",
      defaultValue = "2000",
      description = "default: ${DEFAULT-VALUE}")
  private int rowsPerSecond;

  @Option(
      names = "--batch",
      defaultValue = "100",
      description = "rows per INSERT, which go to as many regions (default: ${DEFAULT-VALUE})")
  private int batch;

  private final Ticker ticker;
  private final ExecutorService executor;

  Drain(Ticker ticker, ExecutorService executor) {
    this.ticker = ticker;
    this.executor = executor;
  }

  public static void main(String[] arguments) {
    ClientCommand.run(Drain::new, arguments);
  }

  @Override
  public Integer call() throws Exception {
    String url = ClientCommand.url(port);
    try (Connection connection = DriverManager.getConnection(url, "root", "");
        InsertStream inserts = new InsertStream(url, "drained", ticker, rowsPerSecond, batch)) {
      DrainedDatanode drained = new DrainedDatanode(connection, "drained", datanode, ticker);
      drained.fill();
      Future<?> running = executor.submit(inserts);
      inserts.awaitRows(rowsPerSecond);
      long rowsBefore = inserts.rows();
      double seconds = drained.drain();
      long rowsMeanwhile = inserts.rows() - rowsBefore;
      inserts.stop();
      running.get();
      long stored = drained.rows();
      System.out.printf(
          "%d regions left datanode %d in %.1f s; %,d rows acknowledged meanwhile%n",
          DrainedDatanode.REGIONS, datanode, seconds, rowsMeanwhile);
      System.out.printf(
          "%,d rows acknowledged, %,d stored, %d statements failed%n",
          inserts.rows(), stored, inserts.failures().size());
      inserts.failures().forEach(failure -> System.out.println("  " + failure));
      System.out.println(ClientCommand.load());
      System.out.println(drained.report());
      return inserts.failures().isEmpty() && stored == inserts.rows() ? 0 : 1;
    }
  }
}
