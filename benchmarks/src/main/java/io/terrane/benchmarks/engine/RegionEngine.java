package io.terrane.benchmarks.engine;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.RegionLease;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.RegionStat;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.region.WriteId;
import io.terrane.api.region.WriteMode;
import io.terrane.datanode.Datanode;
import io.terrane.datanode.DatanodeConfig;
import io.terrane.log.LogConfig;
import io.terrane.log.SharedLog;
import io.terrane.objectstore.ObjectStore;
import io.terrane.query.exec.VectorFragmentRunner;
import io.terrane.query.function.builtin.BuiltinFunctions;
import io.terrane.server.assembly.ThreadPools;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A datanode whose regions are led by decree: nobody but the measurement asks it. Thread-safe. */
final class RegionEngine implements AutoCloseable {
  private static final Duration LEASE = Duration.ofHours(24);

  private final Datanode datanode;
  private final BufferAllocator allocator;
  private final RegionEpoch epoch;
  private final AtomicLong writes = new AtomicLong();

  /**
   * @param epoch higher for each datanode that takes over from one before
   */
  RegionEngine(
      DatanodeConfig config,
      long epoch,
      LogConfig logConfig,
      SharedLog log,
      ObjectStore store,
      BufferAllocator allocator,
      ThreadPools pools) {
    this.allocator = allocator;
    this.epoch = new RegionEpoch(epoch);
    NodeInfo self =
        new NodeInfo(
            config.nodeId(),
            NodeRole.DATANODE,
            "local",
            "local",
            "",
            "",
            1,
            1,
            ThreadPools.clock().instant());
    this.datanode =
        new Datanode(
            config,
            self,
            log,
            logConfig::walTopic,
            store,
            new VectorFragmentRunner(BuiltinFunctions.registry(), ThreadPools.clock()),
            allocator,
            pools.worker(),
            pools.background(),
            pools.scheduler(),
            ThreadPools.ticker(),
            ThreadPools.clock());
  }

  static DatanodeConfig config() {
    return DatanodeConfig.defaults(new NodeId(1));
  }

  /** Makes a region and leads it. */
  CompletableFuture<Void> create(RegionSpec spec) {
    return led(spec, new RegionInstruction.CreateRegion(spec, epoch));
  }

  /** Opens a region that is there and leads it: its log is replayed then. */
  CompletableFuture<Void> open(RegionSpec spec) {
    return led(spec, new RegionInstruction.OpenRegion(spec, epoch));
  }

  private CompletableFuture<Void> led(RegionSpec spec, RegionInstruction how) {
    return datanode
        .instruct(how)
        .thenAccept(
            done ->
                datanode.grant(
                    new RegionLease(spec.region(), epoch, LEASE), ThreadPools.ticker().nanos()));
  }

  /** The rows stay the caller's, who keeps them as they are until the answer. */
  CompletableFuture<AffectedRows> write(RegionSpec spec, VectorSchemaRoot rows) {
    WriteId id = new WriteId(epoch.value(), writes.incrementAndGet());
    return datanode.write(new RegionWrite(spec.region(), epoch, 0, id, WriteMode.UPSERT, rows));
  }

  InstructionReply flush(RegionSpec spec) {
    return datanode.instruct(new RegionInstruction.FlushRegion(spec.region())).join();
  }

  InstructionReply compact(RegionSpec spec) {
    return datanode.instruct(new RegionInstruction.CompactRegion(spec.region())).join();
  }

  /** Runs a fragment to its end. */
  Scanned scan(RegionSpec spec, PlanFragment fragment) {
    long[] rows = {0};
    long before = datanode.readCounters().bucketBytes();
    long requests = datanode.readCounters().requests();
    long memory = datanode.readCounters().memoryBytes() + datanode.readCounters().diskBytes();
    long begun = ThreadPools.ticker().nanos();
    try (BatchStream stream = datanode.scan(spec.region(), epoch, fragment, allocator)) {
      while (stream.advance(batch -> rows[0] += batch.getRowCount())) {}
    }
    return new Scanned(
        rows[0],
        datanode.readCounters().requests() - requests,
        datanode.readCounters().bucketBytes() - before,
        datanode.readCounters().memoryBytes() + datanode.readCounters().diskBytes() - memory,
        (ThreadPools.ticker().nanos() - begun) / 1e9);
  }

  /** What a scan read. */
  record Scanned(long rows, long requests, long bucketBytes, long cachedBytes, double seconds) {}

  List<RegionStat> stats() {
    return datanode.stats();
  }

  @Override
  public void close() {
    datanode.shutDown().join();
    datanode.close();
  }
}
