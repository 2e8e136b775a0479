package io.terrane.server.assembly;

import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.sql.SqlService;
import io.terrane.frontend.mysql.MySqlServer;
import io.terrane.frontend.mysql.MySqlServerConfig;
import io.terrane.frontend.mysql.auth.ConfiguredUsers;
import io.terrane.infoschema.BuildInfo;
import io.terrane.infoschema.InformationSchema;
import io.terrane.query.QueryConfig;
import io.terrane.query.QueryEngine;
import io.terrane.query.QueryPorts;
import io.terrane.query.QueryRuntime;
import io.terrane.server.Version;
import io.terrane.server.lifecycle.ClosingStack;
import java.net.InetSocketAddress;
import org.apache.arrow.memory.BufferAllocator;

/** What clients talk to: the MySQL protocol over the query engine. */
public final class FrontendNode implements AutoCloseable {
  private final ClosingStack closing = new ClosingStack();
  private final SqlService sql;
  private InetSocketAddress address;

  private FrontendNode(SqlService sql) {
    this.sql = sql;
  }

  static FrontendNode start(
      MySqlServerConfig mysql,
      QueryConfig query,
      ClusterTransport transport,
      BufferAllocator allocator,
      ThreadPools pools) {
    MetaPorts meta = transport.meta();
    InformationSchema systemTables =
        new InformationSchema(
            meta.procedures(),
            meta.membership(),
            BuildInfo.of(Version.NUMBER, Version.COMMIT),
            ThreadPools.clock());
    QueryEngine engine =
        new QueryEngine(
            query,
            new QueryPorts(
                meta.catalog(), meta.procedures(), transport.datanodes(), systemTables.tables()),
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
                engine,
                ConfiguredUsers.LOCAL_ROOT,
                pools.query(),
                pools.scheduler(),
                ThreadPools.ticker(),
                ThreadPools.random()));
    node.address = server.start();
    NodeInfo self =
        Nodes.describe(
            new NodeId(node.address.getPort()),
            NodeRole.FRONTEND,
            node.address.getHostString() + ":" + node.address.getPort(),
            ThreadPools.clock().instant());
    node.closing
        .add("heartbeats", new FrontendHeartbeat(self, meta.membership(), pools.scheduler()))
        .start();
    return node;
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
