package io.terrane.benchmarks;

import io.terrane.api.time.Ticker;
import io.terrane.benchmarks.peer.Answer;
import io.terrane.benchmarks.peer.DuckDbPeer;
import io.terrane.benchmarks.peer.LoadForm;
import io.terrane.benchmarks.peer.MariaDbPeer;
import io.terrane.benchmarks.peer.MySqlPeer;
import io.terrane.benchmarks.peer.Peer;
import io.terrane.benchmarks.peer.QuestDbPeer;
import io.terrane.benchmarks.peer.TerranePeer;
import io.terrane.benchmarks.tsbs.CpuData;
import io.terrane.benchmarks.tsbs.QueryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Loads and asks Terrane and its peers, one after the other, and prints a table. */
@Command(
    name = "tsbs",
    description = "TSBS devops: Terrane beside others, in the same run.",
    mixinStandardHelpOptions = true)
public final class Tsbs implements Callable<Integer> {
  /** What can be measured. */
  enum PeerKind {
    TERRANE,
    DUCKDB,
    QUESTDB,
    MARIADB
  }

  @Option(names = "--hosts", defaultValue = "100", description = "default: ${DEFAULT-VALUE}")
  private int hosts;

  @Option(
      names = "--hours",
      defaultValue = "12",
      description = "of data, a row per host and 10 seconds (default: ${DEFAULT-VALUE})")
  private int hours;

  @Option(names = "--seed", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--instances",
      defaultValue = "20",
      description = "of each query; the median counts (default: ${DEFAULT-VALUE})")
  private int instances;

  @Option(
      names = "--warm-up",
      defaultValue = "0",
      description = "instances of each query before those that count (default: ${DEFAULT-VALUE})")
  private int warmUp;

  @Option(names = "--peers", split = ",", description = "of: ${COMPLETION-CANDIDATES}")
  private List<PeerKind> peers = List.of(PeerKind.TERRANE, PeerKind.DUCKDB, PeerKind.QUESTDB);

  @Option(names = "--queries", split = ",", description = "of: ${COMPLETION-CANDIDATES}")
  private Set<QueryType> queries = EnumSet.allOf(QueryType.class);

  @Option(
      names = "--small-seconds",
      defaultValue = "0",
      description = "also measure small statements, each so long (default: ${DEFAULT-VALUE})")
  private int smallSeconds;

  @Option(
      names = "--load",
      defaultValue = "statements",
      description = "how MySQL's servers are loaded: ${COMPLETION-CANDIDATES}")
  private LoadForm loadForm;

  @Option(names = "--regions", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  private int regions;

  @Option(
      names = "--command",
      defaultValue = "standalone",
      description = "how Terrane runs: standalone or playground (default: ${DEFAULT-VALUE})")
  private String command;

  @Option(names = "--jvm-option", description = "for Terrane's process, may be repeated")
  private List<String> jvmOptions = new ArrayList<>();

  @Option(
      names = "--dir",
      defaultValue = "target/tsbs",
      description = "for the data of all; must not exist (default: ${DEFAULT-VALUE})")
  private Path directory;

  private final Ticker ticker;
  private final ExecutorService executor;

  Tsbs(Ticker ticker, ExecutorService executor) {
    this.ticker = ticker;
    this.executor = executor;
  }

  @SuppressForbidden(reason = "a measurement reads the clock and runs clients in threads")
  public static void main(String[] arguments) {
    ExecutorService executor = Executors.newFixedThreadPool(SmallStatements.CONNECTIONS_MAX);
    int status =
        new CommandLine(new Tsbs(System::nanoTime, executor))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments);
    executor.shutdown();
    System.exit(status);
  }

  @Override
  public Integer call() throws Exception {
    CpuData data = new CpuData(seed, hosts, Duration.ofHours(hours));
    System.out.printf("%d hosts, %d h, %,d rows, seed %d%n", hosts, hours, data.rows(), seed);
    Results results = new Results();
    List<Peer> started = new ArrayList<>();
    try {
      for (PeerKind kind : peers) {
        Peer peer = start(kind);
        started.add(peer);
        load(peer, data, results);
      }
      for (QueryType type : queries) {
        measure(type, started, data, results);
      }
      if (smallSeconds > 0) {
        small(started, data);
      }
    } finally {
      for (Peer peer : started) {
        peer.close();
      }
    }
    System.out.println(results);
    return results.differences().isEmpty() ? 0 : 1;
  }

  private void small(List<Peer> started, CpuData data) throws SQLException {
    List<MySqlPeer> servers =
        started.stream().filter(MySqlPeer.class::isInstance).map(MySqlPeer.class::cast).toList();
    String titles =
        servers.stream()
            .map(peer -> " " + peer.title() + ", 1/s | p99, ms |")
            .collect(Collectors.joining());
    System.out.println("| | connections |" + titles);
    System.out.println("| --- | ---: |" + " ---: | ---: |".repeat(servers.size()));
    new SmallStatements(ticker, executor, data, Duration.ofSeconds(smallSeconds))
        .measure(servers)
        .forEach(System.out::println);
  }

  private Peer start(PeerKind kind) throws Exception {
    Path folder =
        Files.createDirectories(directory.resolve(kind.name().toLowerCase(java.util.Locale.ROOT)));
    return switch (kind) {
      case TERRANE -> new TerranePeer(folder, command, regions, jvmOptions, loadForm, executor);
      case DUCKDB -> new DuckDbPeer(folder);
      case QUESTDB -> new QuestDbPeer(folder);
      case MARIADB -> new MariaDbPeer(folder, loadForm, executor);
    };
  }

  private void load(Peer peer, CpuData data, Results results) throws Exception {
    Duration cpuBefore = peer.cpu();
    long started = ticker.nanos();
    peer.load(data);
    long loaded = ticker.nanos();
    Duration cpu = peer.cpu().minus(cpuBefore);
    peer.settle();
    results.loaded(
        peer.title(), data.rows() * 1e9 / (loaded - started), cpu.toNanos() / 1e3 / data.rows());
    System.out.printf(
        "%s: loaded in %.1f s, %.1f s of CPU, settled in %.1f s%n",
        peer.title(),
        (loaded - started) / 1e9,
        cpu.toNanos() / 1e9,
        (ticker.nanos() - loaded) / 1e9);
  }

  /** The peers take turns with each instance, so that they share the machine's moods. */
  private void measure(QueryType type, List<Peer> asked, CpuData data, Results results)
      throws Exception {
    double[][] millis = new double[asked.size()][instances];
    long rows = 0;
    for (int i = -warmUp; i < instances; i++) {
      Answer first = null;
      for (int p = 0; p < asked.size(); p++) {
        Peer peer = asked.get(p);
        String sql = type.sql(peer.dialect(), data, new SplittableRandom(seed + i));
        long started = ticker.nanos();
        Answer answer = peer.query(sql);
        if (i >= 0) {
          millis[p][i] = (ticker.nanos() - started) / 1e6;
        }
        if (first == null) {
          first = answer;
          rows = Math.max(rows, answer.rows());
        } else if (!answer.equals(first)) {
          results.differs(type, peer.title(), sql);
        }
      }
    }
    results.rows(type, rows);
    for (int p = 0; p < asked.size(); p++) {
      Arrays.sort(millis[p]);
      results.queried(type, asked.get(p).title(), millis[p][instances / 2]);
    }
    System.out.println(type.title() + " done");
  }
}
