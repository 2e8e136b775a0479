package io.terrane.benchmarks;

import io.terrane.api.time.Ticker;
import io.terrane.benchmarks.moves.InsertStream;
import io.terrane.benchmarks.moves.WrittenTable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Writes at a steady rate for a long time and shows what memory the server takes meanwhile; counts
 * in the end whether a row is missing.
 */
@Command(
    name = "soak",
    description = "A steady rate of INSERTs, and the server's memory meanwhile.",
    mixinStandardHelpOptions = true)
public final class Soak implements Callable<Integer> {
  private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(10);

  @Option(names = "--port", required = true, description = "of a frontend on this machine")
  private int port;

  @Option(names = "--http-port", required = true, description = "where it answers /metrics")
  private int httpPort;

  @Option(names = "--minutes", defaultValue = "30", description = "default: ${DEFAULT-VALUE}")
  private int minutes;

  @Option(
      names = "--rows-per-second",
      defaultValue = "5000",
      description = "default: ${DEFAULT-VALUE}")
  private int rowsPerSecond;

  @Option(
      names = "--batch",
      defaultValue = "500",
      description = "rows per INSERT (default: ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--every-seconds",
      defaultValue = "60",
      description = "between two lines (default: ${DEFAULT-VALUE})")
  private int everySeconds;

  private final Ticker ticker;
  private final ExecutorService executor;
  private final HttpClient http = HttpClient.newHttpClient();

  Soak(Ticker ticker, ExecutorService executor) {
    this.ticker = ticker;
    this.executor = executor;
  }

  public static void main(String[] arguments) {
    ClientCommand.run(Soak::new, arguments);
  }

  @Override
  public Integer call() throws Exception {
    String url = ClientCommand.url(port);
    try (Connection connection = DriverManager.getConnection(url, "root", "");
        Statement statement = connection.createStatement();
        InsertStream inserts = new InsertStream(url, "moved", ticker, rowsPerSecond, batch)) {
      WrittenTable table = new WrittenTable(statement, "moved");
      table.create();
      System.out.println("| s | rows | heap, MB | Arrow, MB | files |");
      System.out.println("| ---: | ---: | ---: | ---: | ---: |");
      long begun = ticker.nanos();
      Future<?> running = executor.submit(inserts);
      for (long s = everySeconds; s <= minutes * 60L && !ended(running); s += everySeconds) {
        sample(TimeUnit.NANOSECONDS.toSeconds(ticker.nanos() - begun), inserts.rows());
      }
      inserts.stop();
      running.get();
      long stored = table.rows();
      System.out.printf(
          "%,d rows acknowledged, %,d stored, %d statements failed%n",
          inserts.rows(), stored, inserts.failures().size());
      return inserts.failures().isEmpty() && stored == inserts.rows() ? 0 : 1;
    }
  }

  /** Waits until the next line is due; true if nothing is written any more. */
  private boolean ended(Future<?> running) throws Exception {
    try {
      running.get(everySeconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException goesOn) {
      return false;
    }
  }

  private void sample(long seconds, long rows) throws IOException, InterruptedException {
    String metrics =
        http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/metrics"))
                    .timeout(HTTP_TIMEOUT)
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    double heap =
        sum(
            metrics,
            line -> line.startsWith("jvm_memory_used_bytes") && line.contains("area=\"heap\""));
    double arrow = sum(metrics, line -> line.startsWith("terrane_arrow_memory_bytes"));
    double files = sum(metrics, line -> line.startsWith("terrane_datanode_ssts"));
    System.out.printf(
        Locale.ROOT,
        "| %d | %,d | %.0f | %.0f | %.0f |%n",
        seconds,
        rows,
        heap / 1e6,
        arrow / 1e6,
        files);
  }

  private static double sum(String metrics, Predicate<String> wanted) {
    return metrics
        .lines()
        .filter(wanted)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
