package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.PlanFragment.ScanRegion;
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
import io.terrane.api.time.Scheduler;
import io.terrane.log.LogTopic;
import io.terrane.log.testing.InMemorySharedLog;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A region moves to and fro under writers and readers on real threads; no statement may fail. */
class ConcurrentMoveTest {
  private static final LogTopic TOPIC = new LogTopic("wal-0");
  private static final int MOVES = 10;
  private static final int WRITERS = 3;

  private final ExecutorService pool = Executors.newFixedThreadPool(4);
  private final ExecutorService background = Executors.newFixedThreadPool(2);
  private final ExecutorService stores = Executors.newFixedThreadPool(2);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final BufferAllocator allocator = new RootAllocator();
  private final RegionSpec spec = TestTables.spec(TestTables.keyed());
  private final InMemorySharedLog log = new InMemorySharedLog(pool);
  private final InMemoryObjectStore store = new InMemoryObjectStore(stores);
  private volatile Route route;

  private record Route(Datanode leader, long epoch) {}

  @AfterEach
  void stopThreads() {
    List.of(pool, background, stores, timer).forEach(ExecutorService::shutdownNow);
  }

  private Datanode datanode(long id) {
    DatanodeConfig config = DatanodeFixture.config(id);
    NodeInfo info =
        new NodeInfo(
            config.nodeId(), NodeRole.DATANODE, "local", "local", "0", "0", 1, 1, Instant.EPOCH);
    Scheduler scheduler =
        (delay, task) -> {
          ScheduledFuture<?> planned = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
          return () -> planned.cancel(false);
        };
    return new Datanode(
        config,
        info,
        log,
        number -> TOPIC,
        store,
        (fragment, source, queryAllocator) -> source.open((ScanRegion) fragment).rows(),
        allocator,
        pool,
        background,
        scheduler,
        System::nanoTime,
        InstantSource.system());
  }

  private static InstructionReply instruct(Datanode node, RegionInstruction instruction) {
    return node.instruct(instruction).join();
  }

  private void lead(Datanode node, long epoch) {
    node.grant(
        new RegionLease(spec.region(), new RegionEpoch(epoch), Duration.ofMinutes(5)),
        System.nanoTime());
    route = new Route(node, epoch);
  }

  @Test
  @Timeout(120)
  void nothingFailsAndNothingIsLost() throws Exception {
    log.createTopics(List.of(TOPIC)).join();
    Datanode first = datanode(1);
    Datanode second = datanode(2);
    instruct(first, new RegionInstruction.CreateRegion(spec, RegionEpoch.FIRST));
    lead(first, 1);
    AtomicLong written = new AtomicLong();
    ExecutorService clients = Executors.newFixedThreadPool(WRITERS + 1);
    List<Future<Long>> results = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int session = writer;
      results.add(clients.submit((Callable<Long>) () -> writeUntilStopped(session, written)));
    }
    Future<Boolean> reader = clients.submit(() -> readUntilStopped(written));
    Datanode from = first;
    Datanode to = second;
    for (int epoch = 2; epoch < MOVES + 2; epoch++) {
      move(from, to, epoch);
      Datanode swap = from;
      from = to;
      to = swap;
    }
    stopped = true;
    long acknowledged = 0;
    for (Future<Long> result : results) {
      acknowledged += result.get();
    }
    assertThat(reader.get()).isTrue();
    assertThat(count()).isEqualTo(acknowledged).isPositive();
    clients.shutdown();
    first.close();
    second.close();
    allocator.close();
  }

  private volatile boolean stopped;

  private void move(Datanode from, Datanode to, long epoch) {
    instruct(to, new RegionInstruction.OpenCandidate(spec, 0));
    instruct(from, new RegionInstruction.FlushRegion(spec.region()));
    InstructionReply.Downgraded last =
        (InstructionReply.Downgraded)
            instruct(
                from,
                new RegionInstruction.DowngradeRegion(spec.region(), new RegionEpoch(epoch - 1)));
    instruct(
        to,
        new RegionInstruction.UpgradeRegion(
            spec.region(), new RegionEpoch(epoch), last.lastPosition(), Duration.ofSeconds(30)));
    lead(to, epoch);
    instruct(from, new RegionInstruction.CloseRegion(spec.region()));
  }

  private long writeUntilStopped(int session, AtomicLong written) {
    long rows = 0;
    for (long sequence = 0; !stopped; sequence++) {
      List<List<Object>> batch = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        batch.add(List.of(session * 1_000_000_000L + rows + i, rows));
      }
      write(new WriteId(session, sequence), batch);
      rows += batch.size();
      written.addAndGet(batch.size());
    }
    return rows;
  }

  /** As a frontend does: sends again, to whoever leads, until it is taken. */
  private void write(WriteId id, List<List<Object>> batch) {
    try (VectorSchemaRoot rows = Rows.batch(spec.table().schema().columns(), batch, allocator)) {
      while (true) {
        Route present = route;
        RegionWrite write =
            new RegionWrite(
                spec.region(),
                new RegionEpoch(present.epoch()),
                0,
                id,
                WriteMode.INSERT_UNIQUE,
                rows);
        try {
          present.leader().write(write).join();
          return;
        } catch (CompletionException e) {
          again(TerraneException.of(e));
        }
      }
    }
  }

  private static void again(TerraneException problem) {
    if (problem.kind() != ErrorKind.RETRY) {
      throw problem;
    }
    Thread.onSpinWait();
  }

  /** What was acknowledged before a scan began must be in it. */
  private boolean readUntilStopped(AtomicLong written) {
    while (!stopped) {
      Route before = route;
      long least = written.get();
      try {
        long found = count();
        // An old leader may answer with what it had while the route has not moved on.
        assertThat(before.equals(route) ? found : least).isGreaterThanOrEqualTo(least);
      } catch (TerraneException e) {
        again(e);
      }
    }
    return true;
  }

  private long count() {
    Route present = route;
    AtomicLong rows = new AtomicLong();
    try (BatchStream stream =
        present
            .leader()
            .scan(
                spec.region(),
                new RegionEpoch(present.epoch()),
                new ScanRegion(spec.region(), 0, List.of(), Optional.empty()),
                allocator)) {
      while (stream.advance(batch -> rows.addAndGet(batch.getRowCount()))) {}
    }
    return rows.get();
  }
}
