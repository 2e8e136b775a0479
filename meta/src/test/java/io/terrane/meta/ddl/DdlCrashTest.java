package io.terrane.meta.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.TableSchema;
import io.terrane.meta.testing.CrashEveryStep;
import io.terrane.meta.testing.RecordingDatanodes.Fault;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DdlCrashTest {
  private static final TableName CPU = new TableName("public", "cpu");

  @Test
  void createTableEndsWithATableAndItsRegions() {
    CrashEveryStep.verify(
        cluster -> {},
        SimulatedMetasrv.createTable("cpu", 3),
        (cluster, info) -> {
          assertDone(info);
          assertThat(cluster.metasrv().snapshot().tables()).hasSize(1);
          int table = cluster.metasrv().snapshot().findTable(CPU).orElseThrow().id().value();
          for (long node = 1; node <= 3; node++) {
            assertThat(cluster.datanodes.node(node).regions())
                .containsExactly(table + "." + (node - 1) + " LEADER 1");
          }
        });
  }

  @Test
  void createTableThatCannotCreateARegionLeavesNothing() {
    CrashEveryStep.verify(
        cluster ->
            cluster.datanodes.fault(
                3, RegionInstruction.CreateRegion.class, Fault.UNREACHABLE, 1_000),
        SimulatedMetasrv.createTable("cpu", 3),
        (cluster, info) -> {
          assertThat(info.status()).isEqualTo(ProcedureStatus.FAILED);
          assertThat(info.error().orElseThrow()).contains("datanode 3");
          assertThat(cluster.metasrv().snapshot().tables()).isEmpty();
          assertNoRegions(cluster);
        });
  }

  @Test
  void dropTableEndsWithoutTableAndRegions() {
    CrashEveryStep.verify(
        cluster -> cluster.execute(SimulatedMetasrv.createTable("cpu", 3)),
        new ProcedureRequest.DropTable(CPU, false),
        (cluster, info) -> {
          assertDone(info);
          assertThat(cluster.metasrv().snapshot().tables()).isEmpty();
          assertThat(cluster.metasrv().snapshot().routes()).isEmpty();
          assertNoRegions(cluster);
        });
  }

  @Test
  void dropDatabaseTakesItsTablesAndViewsAlong() {
    CrashEveryStep.verify(
        cluster -> {
          cluster.execute(
              new ProcedureRequest.CreateDatabase("metrics", Map.of("ttl", "7d"), false));
          cluster.execute(SimulatedMetasrv.createTable(new TableName("metrics", "cpu"), 2));
          cluster.execute(view(new TableName("metrics", "v"), false));
        },
        new ProcedureRequest.DropDatabase("METRICS", false),
        (cluster, info) -> {
          assertDone(info);
          assertThat(cluster.metasrv().snapshot().findDatabase("metrics")).isEmpty();
          assertThat(cluster.metasrv().snapshot().tables()).isEmpty();
          assertThat(cluster.metasrv().snapshot().views()).isEmpty();
          assertNoRegions(cluster);
        });
  }

  @Test
  void truncateReachesEveryLeader() {
    CrashEveryStep.verify(
        cluster -> cluster.execute(SimulatedMetasrv.createTable("cpu", 2)),
        new ProcedureRequest.TruncateTable(CPU),
        (cluster, info) -> {
          assertDone(info);
          assertThat(cluster.datanodes.trace())
              .contains("1: TruncateRegion 1024.0", "2: TruncateRegion 1024.1");
        });
  }

  @Test
  void alterTablePublishesAndTellsEveryLeader() {
    SimulatedMetasrv first = SimulatedMetasrv.withDatanodes(3);
    first.execute(SimulatedMetasrv.createTable("cpu", 2));
    CrashEveryStep.verify(
        cluster -> cluster.execute(SimulatedMetasrv.createTable("cpu", 2)),
        altered(first, "load"),
        (cluster, info) -> {
          assertDone(info);
          TableInfo table =
              cluster.metasrv().snapshot().findTable(new TableName("public", "load")).orElseThrow();
          assertThat(table.schema().version()).isEqualTo(1);
          assertThat(cluster.metasrv().snapshot().findTable(CPU)).isEmpty();
          assertThat(cluster.datanodes.node(1).schemaVersions()).containsExactly(1);
          assertThat(cluster.datanodes.node(2).schemaVersions()).containsExactly(1);
        });
  }

  private static ProcedureRequest altered(SimulatedMetasrv cluster, String newName) {
    TableInfo table = cluster.metasrv().snapshot().findTable(CPU).orElseThrow();
    TableSchema schema = table.schema();
    return new ProcedureRequest.AlterTable(
        schema.version(),
        new TableInfo(
            table.id(),
            new TableName("public", newName),
            new TableSchema(
                schema.version() + 1, schema.columns(), schema.primaryKey(), schema.timeIndex()),
            table.partitionRule(),
            table.engine(),
            table.options(),
            table.comment(),
            table.createdAt()));
  }

  @Test
  void viewsAreMadeOnce() {
    CrashEveryStep.verify(
        cluster -> {},
        view(new TableName("public", "v"), false),
        (cluster, info) -> {
          assertDone(info);
          assertThat(cluster.metasrv().snapshot().views()).hasSize(1);
        });
  }

  private static ProcedureRequest view(TableName name, boolean orReplace) {
    return new ProcedureRequest.CreateView(name, "select 1", "public", List.of(), orReplace, false);
  }

  private static void assertDone(ProcedureInfo info) {
    assertThat(info.error()).isEmpty();
    assertThat(info.status()).isEqualTo(ProcedureStatus.DONE);
  }

  private static void assertNoRegions(SimulatedMetasrv cluster) {
    for (long node = 1; node <= 3; node++) {
      assertThat(cluster.datanodes.node(node).regions()).isEmpty();
    }
  }
}
