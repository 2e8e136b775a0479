package io.terrane.meta.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.TableName;
import io.terrane.log.LogRecord;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A WAL topic is trimmed to what the neediest of its regions needs, and never further. */
class WalTrimmerTest {
  private static final Duration ROUND = Duration.ofSeconds(40);
  private static final int REGIONS = 8;

  private final SimulatedMetasrv cluster = SimulatedMetasrv.withDatanodes(2);

  /** Eight regions on four topics: two each, one per datanode or both on the same. */
  private void createAndFill(long records) {
    cluster.execute(SimulatedMetasrv.createTable("cpu", REGIONS));
    for (int topic = 0; topic < SimulatedMetasrv.CONFIG.walTopics(); topic++) {
      for (long i = 0; i < records; i++) {
        cluster.await(
            cluster
                .log
                .open()
                .append(
                    SimulatedMetasrv.walTopic(topic),
                    new LogRecord(Map.of(), new byte[] {(byte) i})));
      }
    }
  }

  private static RegionId region(int number) {
    return new RegionId((1024L << 32) + number);
  }

  private void needs(int number, long position) {
    long leader = cluster.route(region(number)).leader().value();
    cluster.datanodes.node(leader).needs(region(number), position);
  }

  private long start(int topic) {
    return cluster.await(cluster.log.open().start(SimulatedMetasrv.walTopic(topic)));
  }

  @Test
  void theNeediestRegionDecides() {
    createAndFill(20);
    needs(0, 5);
    needs(4, 9);
    needs(1, 15);
    cluster.run(ROUND);
    assertThat(start(0)).isEqualTo(5);
    assertThat(start(1)).as("the topic's other region has not reported a need").isZero();
    needs(0, 12);
    cluster.run(ROUND);
    assertThat(start(0)).isEqualTo(9);
  }

  @Test
  void aDeadDatanodesLastWordHoldsAndAnUnknownOneBlocks() {
    createAndFill(20);
    needs(0, 5);
    needs(4, 9);
    cluster.run(Duration.ofSeconds(5));
    cluster.datanodes.kill(cluster.route(region(0)).leader().value());
    cluster.run(ROUND);
    assertThat(start(0)).isEqualTo(5);
    cluster.crash();
    cluster.restart();
    needs(4, 15);
    cluster.run(ROUND);
    assertThat(start(0)).as("the new metasrv has not heard of region 0").isEqualTo(5);
  }

  @Test
  void aCandidateIsHeard() {
    createAndFill(20);
    needs(0, 10);
    needs(4, 10);
    NodeId leader = cluster.route(region(0)).leader();
    NodeId other = new NodeId(3 - leader.value());
    cluster.datanodes.node(other.value()).needs(region(0), 3);
    cluster.datanodes.node(other.value()).lagBehind(1_000_000);
    cluster.await(
        cluster
            .metasrv()
            .submit(
                new ProcedureRequest.MigrateRegion(
                    region(0), leader, other, Duration.ofSeconds(120)),
                "move"));
    cluster.run(ROUND);
    assertThat(start(0)).isEqualTo(3);
  }

  @Test
  void aTopicWithoutRegionsIsGivenUp() {
    createAndFill(20);
    cluster.execute(new ProcedureRequest.DropTable(new TableName("public", "cpu"), false));
    cluster.run(ROUND);
    assertThat(start(0)).isEqualTo(20);
    assertThat(start(3)).isEqualTo(20);
  }
}
