package io.terrane.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetasrvTest {
  private static final RegionId REGION = new RegionId(4398046511104L);
  private final SimulatedMetasrv cluster = SimulatedMetasrv.withDatanodes(3);

  @Test
  void theFirstTableIsNumbered1024AndLivesOnDatanode1() {
    ProcedureInfo created = cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    assertThat(created.status()).isEqualTo(ProcedureStatus.DONE);
    assertThat(created.catalogVersion()).isEqualTo(cluster.metasrv().snapshot().version());
    assertThat(cluster.route(REGION).leader()).isEqualTo(new NodeId(1));
    assertThat(cluster.datanodes.node(1).regions()).containsExactly("1024.0 LEADER 1");
  }

  @Test
  void aRegionMovesAndTheNewLeaderAcknowledgesAtOnce() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    ProcedureInfo moved =
        cluster.execute(
            new ProcedureRequest.MigrateRegion(
                REGION, new NodeId(1), new NodeId(2), Duration.ofSeconds(60)));
    assertThat(moved.error()).isEmpty();
    assertThat(moved.status()).isEqualTo(ProcedureStatus.DONE);
    assertThat(cluster.route(REGION).leader()).isEqualTo(new NodeId(2));
    assertThat(cluster.route(REGION).epoch()).isEqualTo(new RegionEpoch(2));
    assertThat(cluster.datanodes.node(1).regions()).isEmpty();
    assertThat(cluster.datanodes.writableLeaders(REGION)).containsExactly(new NodeId(2));
  }
}
