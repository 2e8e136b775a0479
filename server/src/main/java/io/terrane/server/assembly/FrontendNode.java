package io.terrane.server.assembly;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.service.CatalogService;
import io.terrane.api.sql.SqlService;
import io.terrane.api.table.VirtualTable;
import io.terrane.frontend.mysql.MySqlServer;
import io.terrane.frontend.mysql.MySqlServerConfig;
import io.terrane.frontend.mysql.auth.UserStore;
import io.terrane.infoschema.BuildInfo;
import io.terrane.infoschema.InformationSchema;
import io.terrane.infoschema.table.NumbersTable;
import io.terrane.query.QueryConfig;
import io.terrane.query.QueryEngine;
import io.terrane.query.QueryPorts;
import io.terrane.query.QueryRuntime;
import io.terrane.server.Version;
import io.terrane.server.lifecycle.ClosingStack;
import io.terrane.server.metrics.MeteredSqlService;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients talk to: the MySQL protocol over the query engine. */
public final class FrontendNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FrontendNode.class);
  private static final Duration CATALOG_MAX = Duration.ofMinutes(5);
  private static final Duration CATALOG_TRY = Duration.ofSeconds(5);
  private static final Duration CATALOG_PAUSE = Duration.ofSeconds(1);

  private final ClosingStack closing = new ClosingStack();
  private final SqlService sql;
  private InetSocketAddress address;

  private FrontendNode(SqlService sql) {
    this.sql = sql;
  }

  static FrontendNode start(
      MySqlServerConfig mysql,
      UserStore users,
      QueryConfig query,
      ClusterTransport transport,
      BufferAllocator allocator,
      ThreadPools pools,
      MeterRegistry meters) {
    MetaPorts meta = transport.meta();
    awaitCatalog(meta.catalog());
    InformationSchema systemTables =
        new InformationSchema(
            meta.procedures(),
            meta.membership(),
            transport.datanodes(),
            BuildInfo.of(Version.NUMBER, Version.COMMIT),
            ThreadPools.clock());
    List<VirtualTable> computed = new ArrayList<>(systemTables.tables());
    computed.add(NumbersTable.create());
    QueryEngine engine =
        new QueryEngine(
            query,
            new QueryPorts(
                meta.catalog(),
                meta.procedures(),
                transport.datanodes(),
                new ReportedSizes(meta.membership(), ThreadPools.ticker()),
                computed),
            new QueryRuntime(
                allocator,
                pools.io(),
                pools.scheduler(),
                ThreadPools.ticker(),
                ThreadPools.clock(),
                ThreadPools.random()));
    FrontendNode node = new FrontendNode(engine);
    MySqlServer server =
        node.closing.add(
            "mysql",
            new MySqlServer(
                mysql,
                new MeteredSqlService(engine, meters),
                users,
                pools.query(),
                pools.scheduler(),
                ThreadPools.ticker(),
                ThreadPools.random()));
    node.address = server.start();
    bind(server, meters);
    NodeInfo self =
        Nodes.describe(
            new NodeId(node.address.getPort()),
            NodeRole.FRONTEND,
            Nodes.advertised(node.address),
            ThreadPools.clock().instant());
    node.closing
        .add(
            "heartbeats",
            new FrontendHeartbeat(self, meta.membership(), engine.writeStalls(), pools.scheduler()))
        .start();
    return node;
  }

  private static void bind(MySqlServer server, MeterRegistry meters) {
    Gauge.builder("terrane.mysql.connections", server, MySqlServer::connections)
        .description("Open MySQL connections")
        .register(meters);
    FunctionCounter.builder("terrane.mysql.questions", server, MySqlServer::questions)
        .description("Packets of MySQL clients that were answered")
        .register(meters);
  }

  /** Without a catalogue, clients would be told that their database is unknown. */
  private static void awaitCatalog(CatalogService catalog) {
    long deadline = ThreadPools.ticker().nanos() + CATALOG_MAX.toNanos();
    while (true) {
      try {
        catalog.latest().orTimeout(CATALOG_TRY.toMillis(), TimeUnit.MILLISECONDS).join();
        return;
      } catch (CompletionException failure) {
        if (ThreadPools.ticker().nanos() > deadline) {
          throw failure;
        }
        LOG.info("waiting for a metasrv: {}", failure.getCause().toString());
        LockSupport.parkNanos(CATALOG_PAUSE.toNanos());
      }
    }
  }

  /** Where clients connect. */
  public InetSocketAddress address() {
    return address;
  }

  /** The engine behind the protocol. */
  SqlService sql() {
    return sql;
  }

  @Override
  public void close() {
    closing.close();
  }
}
