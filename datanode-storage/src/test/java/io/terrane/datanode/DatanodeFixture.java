package io.terrane.datanode;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.PlanFragment.ScanRegion;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.RegionLease;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.region.WriteId;
import io.terrane.api.region.WriteMode;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import io.terrane.log.testing.InMemorySharedLog;
import io.terrane.objectstore.ObjectStore;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A log, a bucket and datanodes on one simulated clock; everything runs in the test's thread. */
final class DatanodeFixture implements AutoCloseable {
  static final LogTopic TOPIC = new LogTopic("wal-0");
  static final Duration LEASE = Duration.ofSeconds(10);

  final SimulatedScheduler scheduler = new SimulatedScheduler();
  final BufferAllocator allocator;
  final SharedLog log;
  final ObjectStore store;
  private final List<Datanode> datanodes = new ArrayList<>();
  private long writes;

  DatanodeFixture() {
    this(new InMemoryObjectStore(Runnable::run));
  }

  DatanodeFixture(ObjectStore store) {
    this(store, new RootAllocator());
  }

  DatanodeFixture(ObjectStore store, BufferAllocator allocator) {
    this.store = store;
    this.allocator = allocator;
    this.log = new InMemorySharedLog(scheduler);
    log.createTopics(List.of(TOPIC));
  }

  /** A log and a bucket that make trouble. */
  DatanodeFixture(Random random, int logTroublePercent, int storeTroublePercent) {
    this.allocator = new RootAllocator();
    this.store =
        new HostileStore(new InMemoryObjectStore(Runnable::run), random, storeTroublePercent);
    SharedLog calm = new InMemorySharedLog(scheduler);
    calm.createTopics(List.of(TOPIC));
    this.log = new HostileLog(calm, scheduler, random, logTroublePercent);
  }

  static DatanodeConfig config(long node) {
    return DatanodeConfig.defaults(new NodeId(node));
  }

  Datanode datanode(long node) {
    return datanode(config(node));
  }

  Datanode datanode(DatanodeConfig config) {
    return datanode(config, log);
  }

  Datanode datanode(DatanodeConfig config, SharedLog datanodeLog) {
    return datanode(config, datanodeLog, store);
  }

  Datanode datanode(DatanodeConfig config, SharedLog datanodeLog, ObjectStore datanodeStore) {
    NodeInfo info =
        new NodeInfo(
            config.nodeId(),
            NodeRole.DATANODE,
            "local",
            "local",
            "0",
            "0",
            1,
            1,
            scheduler.instant());
    Datanode datanode =
        new Datanode(
            config,
            info,
            datanodeLog,
            number -> TOPIC,
            datanodeStore,
            (fragment, source, queryAllocator) -> source.open((ScanRegion) fragment).rows(),
            allocator,
            scheduler,
            scheduler,
            scheduler,
            scheduler,
            scheduler);
    datanodes.add(datanode);
    return datanode;
  }

  <T> T get(CompletableFuture<T> future) {
    scheduler.runUntilIdle();
    for (int i = 0; i < 100 && !future.isDone(); i++) {
      scheduler.runFor(Duration.ofMillis(100));
    }
    if (!future.isDone()) {
      throw new AssertionError("nothing happens any more");
    }
    return future.join();
  }

  InstructionReply instruct(Datanode datanode, RegionInstruction instruction) {
    return get(datanode.instruct(instruction));
  }

  void create(Datanode datanode, RegionSpec spec) {
    instruct(datanode, new RegionInstruction.CreateRegion(spec, RegionEpoch.FIRST));
    lease(datanode, spec, 1);
  }

  void open(Datanode datanode, RegionSpec spec, long epoch) {
    instruct(datanode, new RegionInstruction.OpenRegion(spec, new RegionEpoch(epoch)));
    lease(datanode, spec, epoch);
  }

  void lease(Datanode datanode, RegionSpec spec, long epoch) {
    datanode.grant(
        new RegionLease(spec.region(), new RegionEpoch(epoch), LEASE), scheduler.nanos());
    scheduler.runUntilIdle();
  }

  WriteId newId() {
    return new WriteId(1, ++writes);
  }

  /** Starts a write; its rows are closed when it is answered. */
  CompletableFuture<AffectedRows> write(
      Datanode datanode, RegionSpec spec, long epoch, WriteMode mode, List<List<Object>> rows) {
    return write(datanode, spec, epoch, newId(), mode, rows);
  }

  CompletableFuture<AffectedRows> write(
      Datanode datanode,
      RegionSpec spec,
      long epoch,
      WriteId id,
      WriteMode mode,
      List<List<Object>> rows) {
    List<ColumnSchema> columns =
        mode == WriteMode.DELETE
            ? spec.table().schema().keyColumns()
            : spec.table().schema().columns();
    VectorSchemaRoot batch = Rows.batch(columns, rows, allocator);
    return datanode
        .write(
            new RegionWrite(
                spec.region(),
                new RegionEpoch(epoch),
                spec.table().schema().version(),
                id,
                mode,
                batch))
        .whenComplete((affected, problem) -> batch.close());
  }

  long upsert(Datanode datanode, RegionSpec spec, long epoch, List<List<Object>> rows) {
    return get(write(datanode, spec, epoch, WriteMode.UPSERT, rows)).count();
  }

  List<List<Object>> scan(Datanode datanode, RegionSpec spec, long epoch) {
    List<String> columns =
        spec.table().schema().columns().stream().map(ColumnSchema::name).toList();
    return scan(datanode, spec, epoch, columns, Optional.empty());
  }

  List<List<Object>> scan(
      Datanode datanode,
      RegionSpec spec,
      long epoch,
      List<String> columns,
      Optional<ScalarExpr> predicate) {
    List<List<Object>> rows = new ArrayList<>();
    try (BatchStream stream =
        datanode.scan(
            spec.region(),
            new RegionEpoch(epoch),
            new ScanRegion(spec.region(), spec.table().schema().version(), columns, predicate),
            allocator)) {
      while (stream.advance(batch -> rows.addAll(Rows.read(batch)))) {}
    }
    return rows;
  }

  /** As {@link WalTailTask} does at an interval. */
  void boundTails(Datanode datanode) {
    long end = get(log.end(TOPIC));
    datanode.regionsByWalTopic().values().stream()
        .flatMap(List::stream)
        .forEach(region -> region.boundTail(end));
    scheduler.runUntilIdle();
  }

  /** Frees a datanode's memory; the log and the bucket stay. */
  void stop(Datanode datanode) {
    get(datanode.shutDown());
    datanode.close();
    datanodes.remove(datanode);
  }

  @Override
  public void close() {
    List.copyOf(datanodes).forEach(this::stop);
    allocator.close();
  }
}
