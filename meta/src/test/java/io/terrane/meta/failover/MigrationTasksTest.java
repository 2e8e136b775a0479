package io.terrane.meta.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.ClusterView;
import io.terrane.api.node.LeaseStatus;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeRole;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.MigrationTask;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.table.TableName;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Datanodes that are drained, tables that are sent elsewhere, and what is shown of both. */
class MigrationTasksTest {
  private static final TableName CPU = new TableName("public", "cpu");

  private final SimulatedMetasrv cluster =
      SimulatedMetasrv.withDatanodes(3, SimulatedMetasrv.WITH_FAILOVER);

  @BeforeEach
  void createTheTable() {
    cluster.execute(SimulatedMetasrv.createTable(CPU, 9));
    cluster.run(Duration.ofSeconds(3));
    assertThat(led(1)).isEqualTo(3);
  }

  @Test
  void aDrainedDatanodeIsEmptiedAndStaysEmptyUntilItIsUndrained() {
    set(new ProcedureRequest.SetDrained(new NodeId(1), true));
    cluster.run(Duration.ofSeconds(10));
    assertThat(led(1)).isZero();
    assertThat(led(2) + led(3)).isEqualTo(9);
    assertThat(Math.abs(led(2) - led(3))).isLessThanOrEqualTo(1);
    assertThat(moves())
        .hasSize(3)
        .allSatisfy(
            move ->
                assertThat(move.migration().orElseThrow().reason())
                    .isEqualTo(MigrationReason.DRAIN));
    assertThat(task().regionsLeft()).isZero();
    assertThat(task().subject()).isEqualTo("1");

    cluster.crash();
    cluster.restart();
    cluster.execute(SimulatedMetasrv.createTable(new TableName("public", "mem"), 4));
    assertThat(led(1)).isZero();
    set(new ProcedureRequest.SetDrained(new NodeId(1), false));
    assertThat(tasks()).isEmpty();
    cluster.execute(SimulatedMetasrv.createTable(new TableName("public", "disk"), 4));
    assertThat(led(1)).isEqualTo(4);
  }

  @Test
  void aDrainWithoutAnotherDatanodeSaysSo() {
    cluster.datanodes.kill(2);
    cluster.datanodes.kill(3);
    set(new ProcedureRequest.SetMaintenanceMode(true));
    set(new ProcedureRequest.SetDrained(new NodeId(1), true));
    cluster.run(Duration.ofSeconds(20));
    assertThat(task().regionsLeft()).isEqualTo(3);
    assertThat(task().blockedBy().orElseThrow()).contains("no datanode is alive");
  }

  @Test
  void aTableGoesWhereItIsSentAndTheWishEnds() {
    set(new ProcedureRequest.MigrateTable(CPU, new NodeId(3)));
    assertThat(task().to()).contains(new NodeId(3));
    assertThat(task().subject()).isEqualTo("public.cpu");
    cluster.run(Duration.ofSeconds(10));
    assertThat(led(3)).isEqualTo(9);
    assertThat(tasks()).isEmpty();
    assertThat(moves()).hasSize(6);
  }

  @Test
  void noMoreMoveAtATimeThanIsSet() {
    set(new ProcedureRequest.SetMigrationLimit(2, 0));
    int[] most = {0};
    cluster.afterEachTick(
        () ->
            most[0] =
                Math.max(
                    most[0],
                    (int) moves().stream().filter(move -> !move.status().isFinal()).count()));
    set(new ProcedureRequest.MigrateTable(CPU, new NodeId(3)));
    cluster.run(Duration.ofSeconds(15));
    assertThat(led(3)).isEqualTo(9);
    assertThat(most[0]).isEqualTo(2);
  }

  @Test
  void aTableWhoseTargetDiesIsBlockedAndGoesOnWhenItIsBack() {
    set(new ProcedureRequest.SetMigrationLimit(1, 0));
    set(new ProcedureRequest.MigrateTable(CPU, new NodeId(3)));
    set(new ProcedureRequest.SetMaintenanceMode(true));
    cluster.datanodes.kill(3);
    cluster.run(Duration.ofSeconds(20));
    assertThat(task().blockedBy().orElseThrow()).contains("datanode 3 is not alive");
    cluster.datanodes.start(3);
    cluster.run(Duration.ofSeconds(40));
    assertThat(led(3)).isEqualTo(9);
    assertThat(tasks()).isEmpty();
  }

  @Test
  void leasesAndTheDetectorAreShown() {
    List<LeaseStatus> leases = view().leases();
    assertThat(leases).hasSize(9).allMatch(lease -> !lease.remaining().isZero());
    cluster.datanodes.kill(1);
    cluster.run(Duration.ofMillis(1_500));
    double silent = phi(1);
    assertThat(phi(2)).isLessThan(1);
    cluster.run(Duration.ofMillis(1_000));
    assertThat(phi(1)).isGreaterThan(silent);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertRefused(new ProcedureRequest.SetDrained(new NodeId(7), true), ErrorCode.NODE_NOT_FOUND);
    assertRefused(new ProcedureRequest.SetMigrationLimit(0, 0), ErrorCode.INVALID_ARGUMENT);
    assertRefused(new ProcedureRequest.SetMigrationLimit(101, 0), ErrorCode.INVALID_ARGUMENT);
    assertRefused(
        new ProcedureRequest.MigrateTable(new TableName("public", "no"), new NodeId(1)),
        ErrorCode.TABLE_NOT_FOUND);
    assertRefused(new ProcedureRequest.MigrateTable(CPU, new NodeId(7)), ErrorCode.NODE_NOT_FOUND);
    set(new ProcedureRequest.SetDrained(new NodeId(2), true));
    assertRefused(
        new ProcedureRequest.MigrateTable(CPU, new NodeId(2)), ErrorCode.INVALID_ARGUMENT);
    cluster.datanodes.kill(3);
    cluster.run(Duration.ofSeconds(15));
    assertRefused(new ProcedureRequest.MigrateTable(CPU, new NodeId(3)), ErrorCode.NODE_NOT_ALIVE);
  }

  private void set(ProcedureRequest request) {
    assertThat(cluster.execute(request).status()).isEqualTo(ProcedureStatus.DONE);
  }

  private void assertRefused(ProcedureRequest request, ErrorCode code) {
    assertThatThrownBy(() -> cluster.execute(request))
        .satisfies(failure -> assertThat(TerraneException.of(failure).code()).isEqualTo(code));
  }

  private ClusterView view() {
    return cluster.await(cluster.metasrv().cluster());
  }

  private List<MigrationTask> tasks() {
    return view().tasks();
  }

  private MigrationTask task() {
    assertThat(tasks()).hasSize(1);
    return tasks().get(0);
  }

  private double phi(long node) {
    return view().nodes().stream()
        .filter(status -> status.info().role() == NodeRole.DATANODE)
        .filter(status -> status.info().id().equals(new NodeId(node)))
        .findFirst()
        .orElseThrow()
        .phi()
        .orElseThrow();
  }

  private long led(long node) {
    return cluster.metasrv().snapshot().routes().stream()
        .flatMap(route -> route.regions().stream())
        .map(RegionRoute::leader)
        .filter(new NodeId(node)::equals)
        .count();
  }

  private List<ProcedureInfo> moves() {
    return cluster.metasrv().list().join().stream()
        .filter(info -> info.migration().isPresent())
        .toList();
  }
}
