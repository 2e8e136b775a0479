package io.terrane.server.assembly;

import io.terrane.api.node.ClusterView;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.NodeStatus;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.sql.SqlService;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.datanode.DatanodeConfig;
import io.terrane.frontend.mysql.MySqlServerConfig;
import io.terrane.frontend.mysql.auth.ConfiguredUsers;
import io.terrane.log.LogConfig;
import io.terrane.log.SharedLog;
import io.terrane.log.SharedLogs;
import io.terrane.meta.MetasrvConfig;
import io.terrane.objectstore.ObjectStore;
import io.terrane.objectstore.ObjectStoreConfig;
import io.terrane.objectstore.ObjectStores;
import io.terrane.objectstore.Secret;
import io.terrane.query.QueryConfig;
import io.terrane.rpc.channel.RpcConfig;
import io.terrane.server.embedded.EmbeddedKafka;
import io.terrane.server.embedded.EmbeddedS3;
import io.terrane.server.lifecycle.ClosingStack;
import io.terrane.server.lifecycle.DataDirectory;
import io.terrane.server.lifecycle.HealthEndpoint;
import io.terrane.server.metrics.ProcessMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** A metasrv, datanodes and a frontend in one process, over one log and one bucket. */
public final class LocalCluster implements AutoCloseable {
  private static final String BUCKET = "terrane";
  private static final int WAL_TOPICS = 4;
  private static final int QUERY_THREADS = 32;
  private static final Duration SETTLE_MAX = Duration.ofSeconds(30);
  private static final long SETTLE_POLL_NANOS = 20_000_000;

  private final ClosingStack closing = new ClosingStack();
  private final ThreadPools pools = closing.add("threads", new ThreadPools(QUERY_THREADS));
  private ProcessMetrics metrics;
  private FrontendNode frontend;
  private boolean isNew;

  private LocalCluster() {}

  /** How the nodes of a cluster reach each other. */
  public enum Wire {
    /** They hold each other's objects. */
    IN_PROCESS,
    /** Arrow Flight over loopback, each with its own endpoint. */
    FLIGHT
  }

  /**
   * Kafka and S3 embedded in the process, reached by their real clients; as the playground has it.
   */
  public static LocalCluster playground(Path data, int datanodes, int mysqlPort)
      throws IOException {
    return playground(data, datanodes, mysqlPort, Wire.IN_PROCESS);
  }

  /** The same, with the choice of how nodes reach each other. */
  public static LocalCluster playground(Path data, int datanodes, int mysqlPort, Wire wire)
      throws IOException {
    LocalCluster cluster = new LocalCluster();
    try {
      DataDirectory directory = cluster.closing.add("data", DataDirectory.open(data));
      EmbeddedS3 s3 = cluster.closing.add("S3", EmbeddedS3.start(data.resolve("s3"), 0, BUCKET));
      EmbeddedKafka kafka =
          cluster.closing.add("Kafka", EmbeddedKafka.start(data.resolve("kafka"), 0));
      cluster.start(
          LogConfig.kafka(kafka.bootstrapServers(), WAL_TOPICS),
          ObjectStoreConfig.s3(
              s3.endpoint(),
              BUCKET,
              new Secret(EmbeddedS3.ACCESS_KEY),
              new Secret(EmbeddedS3.SECRET_KEY)),
          datanodes,
          mysqlPort,
          wire);
      cluster.isNew = directory.isNew();
      directory.initialized();
      return cluster;
    } catch (IOException | RuntimeException failure) {
      cluster.close();
      throw failure;
    }
  }

  /** A local log and a local folder, one datanode; no Kafka and no S3. */
  public static LocalCluster standalone(Path data, int mysqlPort) throws IOException {
    LocalCluster cluster = new LocalCluster();
    try {
      DataDirectory directory = cluster.closing.add("data", DataDirectory.open(data));
      cluster.start(
          LogConfig.local(data.resolve("log"), WAL_TOPICS),
          ObjectStoreConfig.local(data.resolve("objects")),
          1,
          mysqlPort,
          Wire.IN_PROCESS);
      cluster.isNew = directory.isNew();
      directory.initialized();
      return cluster;
    } catch (IOException | RuntimeException failure) {
      cluster.close();
      throw failure;
    }
  }

  private void start(
      LogConfig logConfig,
      ObjectStoreConfig objectConfig,
      int datanodes,
      int mysqlPort,
      Wire wire) {
    BufferAllocator allocator = closing.add("memory", new RootAllocator());
    metrics = closing.add("metrics", new ProcessMetrics(allocator));
    SharedLog log = closing.add("log", SharedLogs.open(logConfig, pools.io(), pools.scheduler()));
    ObjectStore objects =
        closing.add(
            "bucket",
            ObjectStores.open(objectConfig, pools.io(), pools.scheduler(), ThreadPools.random()));
    Wiring wiring = new Wiring(wire, allocator);
    // The lock on the data directory says that no other process holds a lease.
    closing.add(
        "metasrv",
        MetasrvNode.start(
            MetasrvConfig.DEFAULT.withInitialLeaseGrace(Duration.ZERO),
            logConfig,
            log,
            objects,
            wiring.metasrv(),
            pools));
    for (int node = 1; node <= datanodes; node++) {
      closing
          .add(
              "datanode " + node,
              DatanodeNode.start(
                  DatanodeConfig.defaults(new NodeId(node)),
                  logConfig,
                  log,
                  objects,
                  wiring.other(),
                  allocator,
                  pools))
          .bindTo(metrics.registry());
    }
    ClusterTransport transport = wiring.other();
    awaitSettled(transport.meta(), datanodes);
    frontend =
        closing.add(
            "frontend",
            FrontendNode.start(
                MySqlServerConfig.DEFAULT.listeningOn("127.0.0.1", mysqlPort),
                ConfiguredUsers.LOCAL_ROOT,
                QueryConfig.defaults(MySqlServerConfig.SERVER_VERSION),
                transport,
                allocator,
                pools,
                metrics.registry()));
  }

  /** Gives each node its transport. */
  private final class Wiring {
    private final Wire wire;
    private final BufferAllocator allocator;
    private final InProcessTransport shared = new InProcessTransport();
    private String metasrvAddress = "";

    Wiring(Wire wire, BufferAllocator allocator) {
      this.wire = wire;
      this.allocator = allocator;
    }

    ClusterTransport metasrv() {
      ClusterTransport transport = make(List.of());
      metasrvAddress = transport.address();
      return transport;
    }

    ClusterTransport other() {
      return make(List.of(metasrvAddress));
    }

    private ClusterTransport make(List<String> metasrvs) {
      return switch (wire) {
        case IN_PROCESS -> shared;
        case FLIGHT ->
            closing.add(
                "transport",
                new FlightTransport(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    metasrvs,
                    RpcConfig.defaults(),
                    allocator,
                    pools));
      };
    }
  }

  /** Waits, for a bounded time, until every datanode is known and every region has its leader. */
  private static void awaitSettled(MetaPorts meta, int datanodes) {
    long deadline = ThreadPools.ticker().nanos() + SETTLE_MAX.toNanos();
    while (!isSettled(meta, datanodes) && ThreadPools.ticker().nanos() < deadline) {
      LockSupport.parkNanos(SETTLE_POLL_NANOS);
    }
  }

  private static boolean isSettled(MetaPorts meta, int datanodes) {
    ClusterView view = meta.membership().cluster().join();
    CatalogSnapshot catalog = meta.catalog().latest().join();
    long alive =
        view.nodes().stream()
            .filter(node -> node.info().role() == NodeRole.DATANODE)
            .filter(NodeStatus::alive)
            .count();
    return alive >= datanodes
        && catalog.routes().stream()
            .flatMap(route -> route.regions().stream())
            .map(RegionRoute::region)
            .allMatch(view.leaderStats()::containsKey);
  }

  /** Where MySQL clients connect. */
  public int mysqlPort() {
    return frontend.address().getPort();
  }

  /** Answers health and metrics over HTTP on 127.0.0.1; 0 takes a free port, which it returns. */
  public int listenHttp(int port) {
    HealthEndpoint http =
        closing.add(
            "http",
            HealthEndpoint.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                pools.io(),
                metrics::text));
    http.ready();
    return http.address().getPort();
  }

  /** The frontend's engine, without the protocol. */
  public SqlService sql() {
    return frontend.sql();
  }

  /** Whether the data directory was empty before. */
  public boolean isNew() {
    return isNew;
  }

  @Override
  public void close() {
    closing.close();
  }
}
