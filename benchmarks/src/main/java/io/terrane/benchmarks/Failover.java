package io.terrane.benchmarks;

import io.terrane.api.time.Ticker;
import io.terrane.benchmarks.moves.InsertStream;
import io.terrane.benchmarks.moves.KilledDatanode;
import io.terrane.benchmarks.moves.ProcessCluster;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills a datanode again and again while an application writes to all of its regions. */
@Command(
    name = "failover",
    description = "A datanode with regions of one WAL topic is killed under inserts.",
    mixinStandardHelpOptions = true)
public final class Failover implements Callable<Integer> {
  private static final int DATANODE = 1;
  private static final List<String> ONE_TOPIC = List.of("log.wal-topics=1");

  @Option(names = "--dir", required = true, description = "for the data; must not exist")
  private Path directory;

  @Option(names = "--datanodes", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  private int datanodes;

  @Option(names = "--regions", defaultValue = "8", description = "default: ${DEFAULT-VALUE}")
  private int regions;

  @Option(names = "--kills", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  private int kills;

  @Option(
      names = "--rows-per-second",
      defaultValue = "2000",
      description = "in INSERTs of 100, which go to all regions (default: ${DEFAULT-VALUE})")
  private int rowsPerSecond;

  @Option(
      names = "--rows-before",
      defaultValue = "20000",
      description = "written before each kill (default: ${DEFAULT-VALUE})")
  private int rowsBefore;

  private final Ticker ticker;
  private final ExecutorService executor;

  Failover(Ticker ticker, ExecutorService executor) {
    this.ticker = ticker;
    this.executor = executor;
  }

  public static void main(String[] arguments) {
    ClientCommand.run(Failover::new, arguments);
  }

  @Override
  public Integer call() throws Exception {
    try (ProcessCluster cluster = new ProcessCluster(directory, datanodes, ONE_TOPIC)) {
      String url = ClientCommand.url(cluster.frontend());
      try (Connection connection = DriverManager.getConnection(url, "root", "")) {
        KilledDatanode killed =
            new KilledDatanode(cluster, connection, "fallen", DATANODE, regions, ticker);
        killed.create();
        try (InsertStream inserts = new InsertStream(url, "fallen", ticker, rowsPerSecond, 100)) {
          return kill(killed, inserts);
        }
      }
    }
  }

  private int kill(KilledDatanode killed, InsertStream inserts) throws Exception {
    Future<?> running = executor.submit(inserts);
    for (int i = 1; i <= kills && !running.isDone(); i++) {
      killed.fill();
      inserts.awaitRows(inserts.rows() + rowsBefore);
      System.out.printf(
          "kill %d: all %d regions writable again after %.0f ms; %s%n  steps of one: %s%n",
          i, regions, killed.kill(inserts), ClientCommand.load(), killed.revive());
    }
    inserts.stop();
    running.get();
    long stored = killed.rows();
    System.out.printf(
        "%,d rows acknowledged, %,d stored, %d statements failed%n",
        inserts.rows(), stored, inserts.failures().size());
    inserts.failures().forEach(failure -> System.out.println("  " + failure));
    System.out.println(killed.report());
    return inserts.failures().isEmpty() && stored == inserts.rows() ? 0 : 1;
  }
}
