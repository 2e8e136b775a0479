package io.terrane.server.assembly;

import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeRole;
import io.terrane.log.LogConfig;
import io.terrane.log.SharedLog;
import io.terrane.meta.Metasrv;
import io.terrane.meta.MetasrvConfig;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.util.concurrent.TimeUnit;

/** The control plane: metadata, procedures, membership. */
public final class MetasrvNode implements AutoCloseable {
  private static final long START_SECONDS_MAX = 60;
  private static final ObjectKey FOLDER = ObjectKey.of("metadata");

  private final Metasrv metasrv;

  private MetasrvNode(Metasrv metasrv) {
    this.metasrv = metasrv;
  }

  /** Returns when it leads and serves; takes over from a metasrv that led before. */
  static MetasrvNode start(
      MetasrvConfig config,
      LogConfig logConfig,
      SharedLog log,
      ObjectStore objects,
      ClusterTransport transport,
      ThreadPools pools) {
    log.createTopics(logConfig.allTopics()).orTimeout(START_SECONDS_MAX, TimeUnit.SECONDS).join();
    Metasrv metasrv =
        new Metasrv(
            config.withWalTopics(logConfig.walTopics()),
            Nodes.describe(
                new NodeId(0),
                NodeRole.METASRV,
                transport.address(),
                ThreadPools.clock().instant()),
            log,
            logConfig.metadataTopic(),
            logConfig::walTopic,
            objects,
            FOLDER,
            transport.datanodes(),
            pools.scheduler(),
            ThreadPools.ticker(),
            ThreadPools.clock(),
            ThreadPools.random(),
            pools.procedure());
    metasrv.start().orTimeout(START_SECONDS_MAX, TimeUnit.SECONDS).join();
    transport.publishMeta(new MetaPorts(metasrv, metasrv, metasrv));
    return new MetasrvNode(metasrv);
  }

  @Override
  public void close() {
    metasrv.close();
  }
}
