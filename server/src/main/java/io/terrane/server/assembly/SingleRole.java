package io.terrane.server.assembly;

import io.terrane.log.SharedLog;
import io.terrane.log.SharedLogs;
import io.terrane.objectstore.ObjectStore;
import io.terrane.objectstore.ObjectStores;
import io.terrane.server.config.TerraneConfig;
import io.terrane.server.lifecycle.ClosingStack;
import io.terrane.server.lifecycle.HealthEndpoint;
import io.terrane.server.metrics.ProcessMetrics;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** One role alone in its process, reached over Flight. */
public final class SingleRole implements AutoCloseable {
  private static final int QUERY_THREADS = 64;

  private final ClosingStack closing = new ClosingStack();
  private final ThreadPools pools = closing.add("threads", new ThreadPools(QUERY_THREADS));
  private final BufferAllocator allocator = closing.add("memory", new RootAllocator());
  private final ProcessMetrics metrics = closing.add("metrics", new ProcessMetrics(allocator));
  private final TerraneConfig config;
  private String address = "";

  private SingleRole(TerraneConfig config) {
    this.config = config;
  }

  public static SingleRole metasrv(TerraneConfig config) {
    return starting(config, SingleRole::startMetasrv);
  }

  public static SingleRole datanode(TerraneConfig config) {
    return starting(config, SingleRole::startDatanode);
  }

  public static SingleRole frontend(TerraneConfig config) {
    return starting(config, SingleRole::startFrontend);
  }

  private static SingleRole starting(TerraneConfig config, Consumer<SingleRole> start) {
    SingleRole role = new SingleRole(config);
    try {
      Optional<HealthEndpoint> http = config.httpListen().map(role::listen);
      start.accept(role);
      http.ifPresent(HealthEndpoint::ready);
      return role;
    } catch (RuntimeException failure) {
      role.close();
      throw failure;
    }
  }

  private void startMetasrv() {
    SharedLog log = log();
    ObjectStore objects = objects();
    FlightTransport transport = transport(config.metasrvListen(), List.of());
    closing.add(
        "metasrv",
        MetasrvNode.start(config.metasrv(), config.log(), log, objects, transport, pools));
    address = transport.address();
  }

  private void startDatanode() {
    SharedLog log = log();
    ObjectStore objects = objects();
    FlightTransport transport = transport(config.datanodeListen(), config.metasrvAddresses());
    closing
        .add(
            "datanode",
            DatanodeNode.start(
                config.datanode(), config.log(), log, objects, transport, allocator, pools))
        .bindTo(metrics.registry());
    address = transport.address();
  }

  private void startFrontend() {
    FlightTransport transport =
        transport(new InetSocketAddress(config.mysql().host(), 0), config.metasrvAddresses());
    FrontendNode frontend =
        closing.add(
            "frontend",
            FrontendNode.start(
                config.mysql(),
                config.users(),
                config.query(),
                transport,
                allocator,
                pools,
                metrics.registry()));
    address = frontend.address().getHostString() + ":" + frontend.address().getPort();
  }

  private HealthEndpoint listen(InetSocketAddress listen) {
    return closing.add("http", HealthEndpoint.start(listen, pools.io(), metrics::text));
  }

  private SharedLog log() {
    return closing.add("log", SharedLogs.open(config.log(), pools.io(), pools.scheduler()));
  }

  private ObjectStore objects() {
    return closing.add(
        "bucket",
        ObjectStores.open(
            config.objectStore(), pools.io(), pools.scheduler(), ThreadPools.random()));
  }

  private FlightTransport transport(InetSocketAddress listen, List<String> metasrvs) {
    return closing.add(
        "transport", new FlightTransport(listen, metasrvs, config.rpc(), allocator, pools));
  }

  /** Where the role is reached. */
  public String address() {
    return address;
  }

  @Override
  public void close() {
    closing.close();
  }
}
