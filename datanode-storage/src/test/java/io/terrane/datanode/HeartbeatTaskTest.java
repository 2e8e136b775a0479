package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.ClusterView;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.HeartbeatReply;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.RegionLease;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.WriteMode;
import io.terrane.api.service.MembershipService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatTaskTest {
  private final DatanodeFixture fixture = new DatanodeFixture();
  private final RegionSpec spec = TestTables.spec(TestTables.keyed());
  private final Metasrv metasrv = new Metasrv();
  private Datanode node;
  private HeartbeatTask task;

  /** Grants what it is told to, and hands out instructions once. */
  private static final class Metasrv implements MembershipService {
    final List<Heartbeat> heartbeats = new ArrayList<>();
    List<RegionLease> leases = List.of();
    List<RegionInstruction> instructions = List.of();
    boolean unreachable;

    @Override
    public CompletableFuture<HeartbeatReply> heartbeat(Heartbeat heartbeat) {
      heartbeats.add(heartbeat);
      if (unreachable) {
        return CompletableFuture.failedFuture(
            new TerraneException(ErrorCode.NODE_UNREACHABLE, "the metasrv is away"));
      }
      HeartbeatReply reply = new HeartbeatReply(heartbeat.sequence(), leases, instructions);
      instructions = List.of();
      return CompletableFuture.completedFuture(reply);
    }

    @Override
    public CompletableFuture<ClusterView> cluster() {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void start() {
    node = fixture.datanode(1);
    NodeInfo info =
        new NodeInfo(
            new NodeId(1), NodeRole.DATANODE, "local", "local", "0", "0", 1, 1, Instant.EPOCH);
    task =
        new HeartbeatTask(
            node, DatanodeFixture.config(1), info, metasrv, fixture.scheduler, fixture.scheduler);
    task.start();
  }

  @AfterEach
  void stop() {
    task.close();
    fixture.close();
  }

  private CompletableFuture<?> write(long key) {
    return fixture.write(node, spec, 1, WriteMode.UPSERT, List.of(Arrays.asList(key, key)));
  }

  @Test
  void instructionsAreCarriedOutAndLeasesArrive() {
    metasrv.instructions = List.of(new RegionInstruction.CreateRegion(spec, RegionEpoch.FIRST));
    metasrv.leases =
        List.of(new RegionLease(spec.region(), RegionEpoch.FIRST, Duration.ofSeconds(3)));
    fixture.scheduler.runFor(Duration.ofSeconds(2));
    assertThat(metasrv.heartbeats.get(metasrv.heartbeats.size() - 1).regions()).hasSize(1);
    assertThat(fixture.get(write(1))).isNotNull();
  }

  @Test
  void aWriteThatWaitsForItsLeaseDoesNotWaitForTheInterval() {
    fixture.instruct(node, new RegionInstruction.CreateRegion(spec, RegionEpoch.FIRST));
    fixture.scheduler.runFor(Duration.ofMillis(50));
    metasrv.leases =
        List.of(new RegionLease(spec.region(), RegionEpoch.FIRST, Duration.ofSeconds(3)));
    CompletableFuture<?> write = write(1);
    fixture.scheduler.runFor(Duration.ofMillis(50));
    assertThat(write).isCompleted();
  }

  @Test
  void anUnreachableMetasrvIsAskedAgainAndTheLeaseEnds() {
    fixture.instruct(node, new RegionInstruction.CreateRegion(spec, RegionEpoch.FIRST));
    metasrv.leases =
        List.of(new RegionLease(spec.region(), RegionEpoch.FIRST, Duration.ofSeconds(3)));
    fixture.scheduler.runFor(Duration.ofSeconds(1));
    metasrv.unreachable = true;
    fixture.scheduler.runFor(Duration.ofSeconds(4));
    CompletableFuture<?> write = write(1);
    fixture.scheduler.runUntilIdle();
    assertThat(write).isCompletedExceptionally();
    metasrv.unreachable = false;
    fixture.scheduler.runFor(Duration.ofSeconds(1));
    assertThat(fixture.get(write(2))).isNotNull();
  }
}
