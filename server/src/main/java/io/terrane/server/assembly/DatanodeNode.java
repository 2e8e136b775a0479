package io.terrane.server.assembly;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.terrane.api.fragment.FragmentRunner;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.region.RegionStat;
import io.terrane.datanode.CompactionSchedule;
import io.terrane.datanode.Datanode;
import io.terrane.datanode.DatanodeConfig;
import io.terrane.datanode.HeartbeatTask;
import io.terrane.datanode.WalTailTask;
import io.terrane.datanode.cache.FileCache;
import io.terrane.datanode.cache.ReadCounters;
import io.terrane.datanode.compaction.CompactionCounters;
import io.terrane.datanode.wal.ReplayTraffic;
import io.terrane.log.LogConfig;
import io.terrane.log.SharedLog;
import io.terrane.objectstore.ObjectStore;
import io.terrane.query.exec.VectorFragmentRunner;
import io.terrane.query.function.builtin.BuiltinFunctions;
import io.terrane.server.lifecycle.ClosingStack;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.apache.arrow.memory.BufferAllocator;

/** A datanode: regions, and the heartbeats that keep its leases. */
public final class DatanodeNode implements AutoCloseable, MeterBinder {
  private static final long TOPICS_SECONDS_MAX = 60;

  private final NodeId id;
  private final ClosingStack closing = new ClosingStack();
  private Datanode datanode;

  private DatanodeNode(NodeId id) {
    this.id = id;
  }

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
    DatanodeNode node = new DatanodeNode(config.nodeId());
    node.datanode =
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
                ThreadPools.ticker(),
                ThreadPools.clock()));
    transport.publishRegions(config.nodeId(), node.datanode);
    node.closing
        .add(
            "heartbeats",
            new HeartbeatTask(
                node.datanode,
                config,
                self,
                transport.meta().membership(),
                pools.scheduler(),
                ThreadPools.ticker()))
        .start();
    node.closing
        .add(
            "WAL tails",
            new WalTailTask(node.datanode, log, logConfig::walTopic, pools.scheduler()))
        .start();
    node.closing
        .add("compactions", new CompactionSchedule(node.datanode, config, pools.scheduler()))
        .start();
    return node;
  }

  /** Registers what the node's regions hold, in sums; each region's are in SQL. */
  @Override
  public void bindTo(MeterRegistry meters) {
    gauge(meters, "regions", "", "Open regions", stat -> 1);
    gauge(meters, "rows", "", "Live rows of the node's regions, an estimate", RegionStat::rows);
    gauge(meters, "memtable", "bytes", "Rows not yet in files", RegionStat::memtableBytes);
    gauge(meters, "sst", "bytes", "Files on the object store", RegionStat::sstBytes);
    gauge(meters, "ssts", "", "Files on the object store", RegionStat::sstCount);
    files(meters, "bucket.reads", "", "Reads of files asked of the bucket", ReadCounters::requests);
    files(meters, "bucket.read", "bytes", "Bytes of these", ReadCounters::bucketBytes);
    files(meters, "disk.read", "bytes", "Files read from the local disk", ReadCounters::diskBytes);
    files(meters, "memory.read", "bytes", "Files read from memory", ReadCounters::memoryBytes);
    written(meters, "flushed", "Files written by flushes", CompactionCounters::flushedBytes);
    written(meters, "compacted", "Files written by merges", CompactionCounters::writtenBytes);
    cached(meters);
    replayed(meters, "read", "WAL records read", ReplayTraffic::readBytes);
    replayed(meters, "useful", "WAL records a region needed", ReplayTraffic::usefulBytes);
  }

  private void files(
      MeterRegistry meters,
      String name,
      String unit,
      String description,
      ToDoubleFunction<ReadCounters> value) {
    FunctionCounter.builder("terrane.datanode." + name, datanode.readCounters(), value)
        .description(description)
        .baseUnit(unit.isEmpty() ? null : unit)
        .tag("node", Long.toString(id.value()))
        .register(meters);
  }

  private void written(
      MeterRegistry meters,
      String name,
      String description,
      ToDoubleFunction<CompactionCounters> value) {
    FunctionCounter.builder("terrane.datanode." + name, datanode.counters(), value)
        .description(description)
        .baseUnit("bytes")
        .tag("node", Long.toString(id.value()))
        .register(meters);
  }

  private void cached(MeterRegistry meters) {
    Gauge.builder("terrane.datanode.disk.cache", datanode.fileCache(), FileCache::bytes)
        .description("Parts of files on the local disk")
        .baseUnit("bytes")
        .tag("node", Long.toString(id.value()))
        .register(meters);
    FunctionCounter.builder(
            "terrane.datanode.disk.cache.damaged", datanode.fileCache(), FileCache::damaged)
        .description("Parts on the local disk that were gone or damaged and were read again")
        .tag("node", Long.toString(id.value()))
        .register(meters);
  }

  private void replayed(
      MeterRegistry meters,
      String name,
      String description,
      ToDoubleFunction<ReplayTraffic> value) {
    FunctionCounter.builder("terrane.datanode.wal." + name, datanode.replayTraffic(), value)
        .description(description)
        .baseUnit("bytes")
        .tag("node", Long.toString(id.value()))
        .register(meters);
  }

  private void gauge(
      MeterRegistry meters,
      String name,
      String unit,
      String description,
      ToLongFunction<RegionStat> value) {
    Gauge.builder(
            "terrane.datanode." + name,
            datanode,
            regions -> regions.stats().stream().mapToLong(value).sum())
        .description(description)
        .baseUnit(unit.isEmpty() ? null : unit)
        .tag("node", Long.toString(id.value()))
        .register(meters);
  }

  @Override
  public void close() {
    closing.close();
  }
}
