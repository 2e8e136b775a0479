package io.terrane.server.assembly;

import io.terrane.api.fragment.FragmentRunner;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.datanode.Datanode;
import io.terrane.datanode.DatanodeConfig;
import io.terrane.datanode.HeartbeatTask;
import io.terrane.datanode.WalTailTask;
import io.terrane.log.LogConfig;
import io.terrane.log.SharedLog;
import io.terrane.objectstore.ObjectStore;
import io.terrane.query.exec.VectorFragmentRunner;
import io.terrane.query.function.builtin.BuiltinFunctions;
import io.terrane.server.lifecycle.ClosingStack;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;

/** A datanode: regions, and the heartbeats that keep its leases. */
public final class DatanodeNode implements AutoCloseable {
  private static final long TOPICS_SECONDS_MAX = 60;

  private final ClosingStack closing = new ClosingStack();

  private DatanodeNode() {}

  static DatanodeNode start(
      DatanodeConfig config,
      LogConfig logConfig,
      SharedLog log,
      ObjectStore objects,
      ClusterTransport transport,
      BufferAllocator allocator,
      ThreadPools pools) {
    log.createTopics(logConfig.allTopics()).orTimeout(TOPICS_SECONDS_MAX, TimeUnit.SECONDS).join();
    NodeInfo self =
        Nodes.describe(
            config.nodeId(), NodeRole.DATANODE, transport.address(), ThreadPools.clock().instant());
    FragmentRunner runner =
        new VectorFragmentRunner(BuiltinFunctions.registry(), ThreadPools.clock());
    DatanodeNode node = new DatanodeNode();
    Datanode datanode =
        node.closing.add(
            "regions",
            new Datanode(
                config,
                self,
                log,
                logConfig::walTopic,
                objects,
                runner,
                allocator,
                pools.worker(),
                pools.background(),
                pools.scheduler(),
                ThreadPools.ticker()));
    transport.publishRegions(config.nodeId(), datanode);
    node.closing
        .add(
            "heartbeats",
            new HeartbeatTask(
                datanode,
                config,
                self,
                transport.meta().membership(),
                pools.scheduler(),
                ThreadPools.ticker()))
        .start();
    node.closing
        .add(
            "WAL tails", new WalTailTask(datanode, log, logConfig::walTopic, pools.scheduler()))
        .start();
    return node;
  }

  @Override
  public void close() {
    closing.close();
  }
}
