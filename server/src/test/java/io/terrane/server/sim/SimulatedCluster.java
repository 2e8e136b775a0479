package io.terrane.server.sim;

import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.datanode.Datanode;
import io.terrane.datanode.DatanodeConfig;
import io.terrane.datanode.HeartbeatTask;
import io.terrane.log.LogTopic;
import io.terrane.log.testing.InMemorySharedLog;
import io.terrane.meta.Metasrv;
import io.terrane.meta.MetasrvConfig;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import io.terrane.query.exec.VectorFragmentRunner;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.function.builtin.BuiltinFunctions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Real metasrvs, datanodes and frontends over a simulated network, log, bucket and clock, in one
 * thread at a time. Whatever happens follows from the seed.
 */
final class SimulatedCluster implements AutoCloseable {
  private static final Duration LEADER_TIMEOUT = Duration.ofSeconds(2);
  private static final LogTopic METADATA = new LogTopic("metadata");
  private static final int WAL_TOPICS = 2;
  private static final double DRIFT = 0.01;
  private static final Duration TICK = Duration.ofMillis(20);
  private static final FunctionRegistry FUNCTIONS = BuiltinFunctions.registry();

  private final SimulatedScheduler world = new SimulatedScheduler();
  private final BufferAllocator allocator = new RootAllocator();
  private final Random random;
  private final SimulatedNetwork network;
  private final Trouble logTrouble;
  private final Trouble storeTrouble;
  private final InMemorySharedLog log = new InMemorySharedLog(world);
  private final InMemoryObjectStore store = new InMemoryObjectStore(Runnable::run);
  private final List<MetasrvLife> metasrvs = new ArrayList<>();
  private final Map<NodeId, DatanodeLife> datanodes = new HashMap<>();
  private final List<CompletableFuture<Void>> dying = new ArrayList<>();
  private final List<SimulatedFrontend> frontends = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();

  SimulatedCluster(long seed, int metasrvCount, int datanodeCount, int frontendCount) {
    random = new Random(seed);
    network = new SimulatedNetwork(world, random);
    logTrouble = new Trouble(random);
    storeTrouble = new Trouble(random);
    log.createTopics(List.of(METADATA, wal(0), wal(1)));
    for (int number = 0; number < metasrvCount; number++) {
      metasrvs.add(startMetasrv(number));
    }
    for (int node = 1; node <= datanodeCount; node++) {
      startDatanode(node);
    }
    for (int number = 1; number <= frontendCount; number++) {
      frontends.add(new SimulatedFrontend(this, process("frontend-" + number), number));
    }
  }

  private static LogTopic wal(int number) {
    return new LogTopic("wal-" + number);
  }

  private SimulatedProcess process(String name) {
    return new SimulatedProcess(name, world, 1 + DRIFT * (2 * random.nextDouble() - 1));
  }

  private MetasrvLife startMetasrv(int number) {
    SimulatedProcess process = process("metasrv-" + number);
    Metasrv metasrv =
        new Metasrv(
            MetasrvConfig.DEFAULT.withWalTopics(WAL_TOPICS).withLeaderTimeout(LEADER_TIMEOUT),
            info(number, NodeRole.METASRV, process),
            new SimulatedLog(log, process, world, random, logTrouble),
            METADATA,
            SimulatedCluster::wal,
            new SimulatedStore(store, process, world, random, storeTrouble),
            ObjectKey.of("metadata"),
            node -> new RemoteRegions(this, process, node),
            process,
            process,
            process,
            random,
            process);
    start(process, metasrv);
    return new MetasrvLife(process, metasrv);
  }

  /** As whatever looks after processes would: a metasrv that cannot start is started again. */
  private static void start(SimulatedProcess process, Metasrv metasrv) {
    metasrv
        .start()
        .whenComplete(
            (done, problem) -> {
              if (problem != null && process.isAlive()) {
                process.schedule(Duration.ofSeconds(1), () -> start(process, metasrv));
              }
            });
  }

  private void startDatanode(long number) {
    SimulatedProcess process = process("datanode-" + number);
    DatanodeConfig config = DatanodeConfig.defaults(new NodeId(number));
    NodeInfo self = info(number, NodeRole.DATANODE, process);
    Datanode datanode =
        new Datanode(
            config,
            self,
            new SimulatedLog(log, process, world, random, logTrouble),
            SimulatedCluster::wal,
            new SimulatedStore(store, process, world, random, storeTrouble),
            new VectorFragmentRunner(FUNCTIONS, process),
            allocator,
            process,
            process.fibers(),
            process,
            process,
            process);
    HeartbeatTask heartbeats =
        new HeartbeatTask(
            datanode, config, self, new RemoteMetasrv(this, process), process, process);
    datanodes.put(
        config.nodeId(), new DatanodeLife(config.nodeId(), process, datanode, heartbeats));
    heartbeats.start();
  }

  private static NodeInfo info(long number, NodeRole role, SimulatedProcess process) {
    return new NodeInfo(
        new NodeId(number), role, process.toString(), "host", "0", "0", 1, 1, process.instant());
  }

  SimulatedScheduler world() {
    return world;
  }

  Random random() {
    return random;
  }

  SimulatedNetwork network() {
    return network;
  }

  Trouble logTrouble() {
    return logTrouble;
  }

  Trouble storeTrouble() {
    return storeTrouble;
  }

  BufferAllocator allocator() {
    return allocator;
  }

  int metasrvs() {
    return metasrvs.size();
  }

  MetasrvLife metasrv(int number) {
    return metasrvs.get(number);
  }

  DatanodeLife datanode(NodeId node) {
    return datanodes.get(node);
  }

  List<SimulatedFrontend> frontends() {
    return frontends;
  }

  /** Number of the metasrv that leads, as far as it knows itself; empty while none does. */
  OptionalInt leader() {
    return IntStream.range(0, metasrvs.size())
        .filter(number -> metasrvs.get(number).process().isAlive())
        .filter(
            number -> metasrvs.get(number).metasrv().cluster().handle((v, e) -> e == null).join())
        .findFirst();
  }

  /** The process of that name, in its present life. */
  SimulatedProcess find(String name) {
    return Stream.of(
            metasrvs.stream().map(MetasrvLife::process),
            datanodes.values().stream().map(DatanodeLife::process),
            frontends.stream().map(SimulatedFrontend::process))
        .flatMap(processes -> processes)
        .filter(process -> process.toString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  void killMetasrv(int number) {
    note("kill metasrv-" + number);
    metasrvs.get(number).kill();
  }

  void restartMetasrv(int number) {
    note("start metasrv-" + number);
    metasrvs.set(number, startMetasrv(number));
  }

  void killDatanode(NodeId node) {
    note("kill datanode-" + node);
    dying.add(datanodes.get(node).kill());
  }

  void restartDatanode(NodeId node) {
    note("start datanode-" + node);
    startDatanode(node.value());
  }

  void onInstruction(NodeId node, RegionInstruction instruction) {
    note("datanode-" + node + " " + instruction.getClass().getSimpleName());
  }

  void note(String event) {
    trace.add(String.format("%9.4f %s", world.nanos() / 1e9, event));
  }

  List<String> trace() {
    return trace;
  }

  /** What went wrong first, and what had happened before. */
  AssertionError failed(String what, Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new AssertionError(what + ": " + root + "\n" + String.join("\n", trace), failure);
  }

  void run(Duration time) {
    world.runFor(time);
  }

  /** Lets time pass until something holds; an AssertionError if it does not in time. */
  void await(Duration timeout, String what, BooleanSupplier condition) {
    long end = world.nanos() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (world.nanos() > end) {
        throw new AssertionError("not within " + timeout + " of simulated time: " + what);
      }
      world.runFor(TICK);
    }
  }

  /** Lets time pass until no procedure is left that has not ended. */
  void awaitProcedures(Duration timeout) {
    boolean[] ended = {false};
    Fiber.start(
        frontends.get(0).process(),
        () -> {
          while (!ended[0]) {
            ended[0] = allHaveEnded();
          }
        });
    await(timeout, "every procedure has ended", () -> ended[0]);
  }

  private boolean allHaveEnded() {
    try {
      return frontends.get(0).metasrv().list().join().stream()
          .allMatch(procedure -> procedure.status().isFinal());
    } catch (CompletionException away) {
      note("no list of procedures: " + away.getCause().getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    frontends.forEach(frontend -> frontend.process().crash());
    metasrvs.forEach(MetasrvLife::kill);
    datanodes.values().forEach(life -> dying.add(life.kill()));
    await(
        Duration.ofMinutes(2),
        "memory is free",
        () -> dying.stream().allMatch(CompletableFuture::isDone));
    world.runFor(Duration.ofMinutes(1));
    allocator.close();
  }
}
