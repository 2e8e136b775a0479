package io.terrane.meta.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.region.RegionId;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationChecksTest {
  private static final long REGION = 4398046511104L;
  private final SimulatedMetasrv cluster = SimulatedMetasrv.withDatanodes(3);

  @BeforeEach
  void createTheTable() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
  }

  @Test
  void timeoutsMustBePositiveAndSane() {
    refused(REGION, 1, 2, 0, ErrorCode.INVALID_ARGUMENT, "must be positive, not 0 s");
    refused(REGION, 1, 2, -5, ErrorCode.INVALID_ARGUMENT, "must be positive, not -5 s");
    refused(REGION, 1, 2, Long.MAX_VALUE, ErrorCode.INVALID_ARGUMENT, "604800 s at most");
  }

  @Test
  void fromAndToMustDiffer() {
    refused(
        REGION,
        2,
        2,
        60,
        ErrorCode.INVALID_ARGUMENT,
        "the from_peer_id can't equal the to_peer_id: both are 2");
  }

  @Test
  void theRegionMustExist() {
    refused(REGION + 1, 1, 2, 60, ErrorCode.REGION_NOT_FOUND, "region 4398046511105 does not");
    refused(7, 1, 2, 60, ErrorCode.REGION_NOT_FOUND, "region 7 does not exist");
    refused(-1, 1, 2, 60, ErrorCode.REGION_NOT_FOUND, "region -1 does not exist");
  }

  @Test
  void thePeersMustExistAndItIsSaidWhichDoesNot() {
    refused(REGION, 9, 2, 60, ErrorCode.NODE_NOT_FOUND, "the from_peer 9 is no datanode");
    refused(REGION, 1, 9, 60, ErrorCode.NODE_NOT_FOUND, "the to_peer 9 is no datanode");
  }

  @Test
  void theTargetMustBeAlive() {
    cluster.datanodes.kill(3);
    cluster.run(Duration.ofSeconds(14));
    refused(REGION, 1, 3, 60, ErrorCode.NODE_NOT_ALIVE, "the to_peer 3 is not alive");
  }

  @Test
  void theRegionMustBeWhereItIsSaidToBe() {
    refused(REGION, 2, 1, 60, ErrorCode.REGION_ALREADY_THERE, "already led by the to_peer 1");
    refused(
        REGION,
        2,
        3,
        60,
        ErrorCode.REGION_LED_ELSEWHERE,
        "is led by datanode 1, not by the from_peer 2");
  }

  @Test
  void aRunningMoveIsNamed() {
    cluster.datanodes.node(2).lagBehind(1_000);
    ProcedureId running = cluster.await(submit(REGION, 1, 2, 60));
    refused(REGION, 1, 3, 60, ErrorCode.MIGRATION_RUNNING, running.toString());
  }

  @Test
  void aRefusalLeavesNothingBehind() {
    int before = cluster.await(cluster.metasrv().list()).size();
    refused(REGION, 2, 2, 60, ErrorCode.INVALID_ARGUMENT, "both are 2");
    assertThat(cluster.await(cluster.metasrv().list())).hasSize(before);
  }

  private void refused(
      long region, long from, long to, long seconds, ErrorCode code, String message) {
    CompletableFuture<ProcedureId> submitted = submit(region, from, to, seconds);
    cluster.run(Duration.ofMillis(20));
    assertThat(submitted).isCompletedExceptionally();
    TerraneException failure = TerraneException.of(submitted.handle((id, thrown) -> thrown).join());
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageContaining(message);
  }

  private CompletableFuture<ProcedureId> submit(long region, long from, long to, long seconds) {
    return cluster
        .metasrv()
        .submit(
            new ProcedureRequest.MigrateRegion(
                new RegionId(region),
                new NodeId(from),
                new NodeId(to),
                Duration.ofSeconds(seconds)),
            "key " + region + from + to + seconds);
  }
}
