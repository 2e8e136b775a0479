package io.terrane.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.region.ReplayWork;
import io.terrane.api.service.RegionService;
import io.terrane.api.time.Scheduler;
import io.terrane.log.LocalSharedLog;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import io.terrane.log.testing.InMemorySharedLog;
import io.terrane.meta.testing.SimulatedMetasrv;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The metasrv under real threads: nothing blocks for good, nothing is lost. */
class MetasrvThreadsTest {
  private static final int TABLES = 40;
  private final ScheduledExecutorService pool = new ScheduledThreadPoolExecutor(4);
  private final Scheduler scheduler =
      (delay, task) -> {
        Future<?> future = pool.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
      };

  @AfterEach
  void stopThePool() {
    pool.shutdownNow();
  }

  @Test
  @Timeout(60)
  void onALogInMemory() throws Exception {
    createMoveDropAndStartAgain(new InMemorySharedLog(pool));
  }

  @Test
  @Timeout(60)
  void onALogInAFolder(@TempDir Path folder) throws Exception {
    try (SharedLog log = new LocalSharedLog(folder, pool, scheduler)) {
      createMoveDropAndStartAgain(log);
    }
  }

  private void createMoveDropAndStartAgain(SharedLog log) throws Exception {
    InMemoryObjectStore objects = new InMemoryObjectStore(pool);
    Metasrv metasrv = open(log, objects);
    metasrv.start().get();
    for (long node = 1; node <= 3; node++) {
      metasrv.heartbeat(new Heartbeat(info(node, NodeRole.DATANODE), 1, List.of())).get();
    }
    inParallel(i -> run(metasrv, SimulatedMetasrv.createTable("t" + i, 1)));
    assertThat(metasrv.snapshot().tables()).hasSize(TABLES);
    inParallel(i -> run(metasrv, move(metasrv, 1024 + i)));
    inParallel(
        i ->
            run(
                metasrv,
                new ProcedureRequest.DropTable(
                    metasrv.snapshot().tables().stream().toList().get(0).name(), true)));
    List<ProcedureInfo> before = metasrv.list().get();
    assertThat(before).hasSize(3 * TABLES);
    metasrv.stop().get();

    Metasrv again = open(log, objects);
    again.start().get();
    assertThat(again.list().get()).isEqualTo(before);
    again.close();
  }

  private interface Task {
    ProcedureStatus call(int number) throws Exception;
  }

  private static void inParallel(Task task) throws Exception {
    ScheduledExecutorService clients = new ScheduledThreadPoolExecutor(8);
    try {
      List<Future<ProcedureStatus>> answers = new ArrayList<>();
      for (int i = 0; i < TABLES; i++) {
        int number = i;
        answers.add(clients.submit(() -> task.call(number)));
      }
      for (Future<ProcedureStatus> answer : answers) {
        assertThat(answer.get()).isEqualTo(ProcedureStatus.DONE);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static ProcedureStatus run(Metasrv metasrv, ProcedureRequest request) throws Exception {
    ProcedureId id = metasrv.submit(request, UUID.randomUUID().toString()).get();
    return metasrv.await(id, Duration.ofSeconds(30)).get().status();
  }

  private static ProcedureRequest move(Metasrv metasrv, int table) {
    RegionId region = new RegionId((long) table << 32);
    long from = metasrv.snapshot().findRegion(region).orElseThrow().leader().value();
    return new ProcedureRequest.MigrateRegion(
        region, new NodeId(from), new NodeId(from % 3 + 1), Duration.ofSeconds(30));
  }

  private Metasrv open(SharedLog log, InMemoryObjectStore objects) {
    return new Metasrv(
        // Its datanodes report once: nobody is to be taken for dead however slow this machine is.
        MetasrvConfig.DEFAULT
            .withHeartbeats(Duration.ofSeconds(4), Duration.ofSeconds(30), Duration.ofMinutes(2))
            .withInitialLeaseGrace(Duration.ZERO),
        info(0, NodeRole.METASRV),
        log,
        new LogTopic("metadata"),
        number -> new LogTopic("wal-" + number),
        objects,
        ObjectKey.of("meta"),
        node -> new Obedient(),
        scheduler,
        System::nanoTime,
        InstantSource.system(),
        new Random(),
        pool);
  }

  private static NodeInfo info(long id, NodeRole role) {
    return new NodeInfo(new NodeId(id), role, "a", "h", "0.1.0", "abc", 1, 1, Instant.EPOCH);
  }

  /** Says yes to everything. */
  private static final class Obedient implements RegionService {
    @Override
    public BatchStream scan(
        RegionId region, RegionEpoch epoch, PlanFragment fragment, BufferAllocator allocator) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<AffectedRows> write(RegionWrite write) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<InstructionReply> instruct(RegionInstruction instruction) {
      InstructionReply reply = new InstructionReply.Done();
      if (instruction instanceof RegionInstruction.ReplayProgress
          || instruction instanceof RegionInstruction.OpenCandidate) {
        reply = new InstructionReply.Replay(1, 1, ReplayWork.NONE);
      } else if (instruction instanceof RegionInstruction.DowngradeRegion) {
        reply = new InstructionReply.Downgraded(1);
      }
      return CompletableFuture.completedFuture(reply);
    }
  }
}
