package io.terrane.meta.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableName;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DdlTest {
  private final SimulatedMetasrv cluster = SimulatedMetasrv.withDatanodes(3);

  @Test
  void regionsSpreadOverTheDatanodesAndTheWalTopicsGoRound() {
    done(SimulatedMetasrv.createTable("a", 2));
    done(SimulatedMetasrv.createTable("b", 2));
    done(SimulatedMetasrv.createTable("c", 3));
    assertThat(placement("a")).containsExactly("1 topic 0", "2 topic 1");
    assertThat(placement("b")).containsExactly("3 topic 2", "1 topic 3");
    assertThat(placement("c")).containsExactly("2 topic 0", "3 topic 1", "1 topic 2");
  }

  @Test
  void tablesCreatedAtTheSameTimeGetNumbersOfTheirOwnAndSpread() {
    List<ProcedureId> ids = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      ids.add(
          cluster.await(
              cluster.metasrv().submit(SimulatedMetasrv.createTable("t" + i, 1), "k" + i)));
    }
    ids.forEach(id -> assertThat(cluster.end(id).status()).isEqualTo(ProcedureStatus.DONE));
    assertThat(cluster.metasrv().snapshot().tables())
        .extracting(table -> table.id().value())
        .containsExactly(1024, 1025, 1026, 1027, 1028, 1029, 1030, 1031, 1032);
    for (long node = 1; node <= 3; node++) {
      assertThat(cluster.datanodes.node(node).regions()).hasSize(3);
    }
  }

  @Test
  void aTableNumberIsNeverUsedAgain() {
    done(SimulatedMetasrv.createTable("a", 1));
    done(new ProcedureRequest.DropTable(new TableName("public", "a"), false));
    done(SimulatedMetasrv.createTable("a", 1));
    assertThat(cluster.metasrv().snapshot().tables())
        .extracting(table -> table.id())
        .containsExactly(new TableId(1025));
  }

  @Test
  void takenNamesAreRefusedInAnyCaseUnlessThatIsFine() {
    done(SimulatedMetasrv.createTable("cpu", 1));
    refused(
        SimulatedMetasrv.createTable("CPU", 1),
        ErrorCode.TABLE_EXISTS,
        "Table 'CPU' already exists");
    ProcedureRequest.CreateTable again =
        (ProcedureRequest.CreateTable) SimulatedMetasrv.createTable("cpu", 1);
    done(
        new ProcedureRequest.CreateTable(
            again.name(), again.schema(), again.partitionRule(), "mito", Map.of(), "", true));
    assertThat(cluster.metasrv().snapshot().tables()).hasSize(1);
  }

  @Test
  void ofTwoCreatesOfOneNameOneFails() {
    CompletableFuture<ProcedureId> submitted =
        cluster.metasrv().submit(SimulatedMetasrv.createTable("x", 1), "1");
    CompletableFuture<ProcedureId> second =
        cluster.metasrv().submit(SimulatedMetasrv.createTable("X", 1), "2");
    ProcedureId first = cluster.await(submitted);
    assertThat(cluster.end(first).status()).isEqualTo(ProcedureStatus.DONE);
    ProcedureInfo lost = cluster.end(cluster.await(second));
    assertThat(lost.status()).isEqualTo(ProcedureStatus.FAILED);
    assertThat(lost.errorCode()).contains(ErrorCode.TABLE_EXISTS);
  }

  @Test
  void withoutDatanodesNoTableIsMade() {
    SimulatedMetasrv empty = SimulatedMetasrv.withDatanodes(0);
    ProcedureInfo info = empty.execute(SimulatedMetasrv.createTable("cpu", 1));
    assertThat(info.status()).isEqualTo(ProcedureStatus.FAILED);
    assertThat(info.errorCode()).contains(ErrorCode.NODE_NOT_ALIVE);
  }

  @Test
  void databasesComeAndGo() {
    done(new ProcedureRequest.CreateDatabase("metrics", Map.of("ttl", "7d"), false));
    refused(
        new ProcedureRequest.CreateDatabase("Metrics", Map.of(), false),
        ErrorCode.DATABASE_EXISTS,
        "Can't create database 'Metrics'; database exists");
    done(new ProcedureRequest.CreateDatabase("metrics", Map.of(), true));
    assertThat(cluster.metasrv().snapshot().findDatabase("metrics").orElseThrow().options())
        .containsEntry("ttl", "7d");
    done(
        new ProcedureRequest.AlterDatabase(
            "METRICS", Map.of("append_mode", "true"), List.of("ttl", "none")));
    assertThat(cluster.metasrv().snapshot().findDatabase("metrics").orElseThrow().options())
        .isEqualTo(Map.of("append_mode", "true"));
    refused(
        new ProcedureRequest.AlterDatabase("nowhere", Map.of(), List.of()),
        ErrorCode.DATABASE_NOT_FOUND,
        "Unknown database 'nowhere'");
    done(new ProcedureRequest.DropDatabase("metrics", false));
    done(new ProcedureRequest.DropDatabase("metrics", true));
    refused(
        new ProcedureRequest.DropDatabase("metrics", false),
        ErrorCode.DATABASE_NOT_FOUND,
        "Unknown database 'metrics'");
    refused(
        new ProcedureRequest.DropDatabase("public", true),
        ErrorCode.INVALID_ARGUMENT,
        "cannot be dropped");
    refused(
        SimulatedMetasrv.createTable(new TableName("nowhere", "t"), 1),
        ErrorCode.DATABASE_NOT_FOUND,
        "Unknown database 'nowhere'");
  }

  @Test
  void unknownTablesAreNamed() {
    TableName none = new TableName("public", "none");
    refused(
        new ProcedureRequest.DropTable(none, false),
        ErrorCode.UNKNOWN_TABLE_TO_DROP,
        "Unknown table 'public.none'");
    done(new ProcedureRequest.DropTable(none, true));
    refused(
        new ProcedureRequest.TruncateTable(none),
        ErrorCode.TABLE_NOT_FOUND,
        "Table 'public.none' doesn't exist");
    refused(
        new ProcedureRequest.DropView(none, false),
        ErrorCode.UNKNOWN_TABLE_TO_DROP,
        "Unknown table 'public.none'");
    done(new ProcedureRequest.DropView(none, true));
  }

  @Test
  void viewsAreReplacedUnderTheirNumberAndNeverReplaceTables() {
    done(SimulatedMetasrv.createTable("t", 1));
    done(view("v", "select 1", false, false));
    TableId id = viewId("v");
    refused(view("V", "select 2", false, false), ErrorCode.TABLE_EXISTS, "already exists");
    done(view("v", "select 3", false, true));
    done(view("v", "select 4", true, false));
    assertThat(viewId("v")).isEqualTo(id);
    assertThat(cluster.metasrv().snapshot().findView(new TableName("public", "v")).orElseThrow())
        .extracting(found -> found.definition())
        .isEqualTo("select 4");
    refused(view("t", "select 5", true, false), ErrorCode.TABLE_EXISTS, "already exists");
    done(new ProcedureRequest.DropView(new TableName("public", "v"), false));
    assertThat(cluster.metasrv().snapshot().views()).isEmpty();
  }

  @Test
  void aTableIsDroppedThoughItsDatanodeIsDead() {
    done(SimulatedMetasrv.createTable("t", 1));
    cluster.datanodes.kill(1);
    cluster.run(Duration.ofSeconds(14));
    done(new ProcedureRequest.DropTable(new TableName("public", "t"), false));
    assertThat(cluster.metasrv().snapshot().tables()).isEmpty();
    assertThat(cluster.datanodes.trace())
        .as("another deletes the files")
        .anyMatch(line -> line.matches("[23]: DropRegion .*"));
  }

  private static ProcedureRequest view(
      String name, String definition, boolean orReplace, boolean ifNotExists) {
    return new ProcedureRequest.CreateView(
        new TableName("public", name), definition, "public", List.of(), orReplace, ifNotExists);
  }

  private TableId viewId(String name) {
    return cluster.metasrv().snapshot().findView(new TableName("public", name)).orElseThrow().id();
  }

  private List<String> placement(String table) {
    TableId id =
        cluster.metasrv().snapshot().findTable(new TableName("public", table)).orElseThrow().id();
    List<RegionRoute> regions = cluster.metasrv().snapshot().findRoute(id).orElseThrow().regions();
    return regions.stream().map(r -> r.leader() + " topic " + r.walTopic()).toList();
  }

  private void done(ProcedureRequest request) {
    ProcedureInfo info = cluster.execute(request);
    assertThat(info.error()).isEmpty();
    assertThat(info.status()).isEqualTo(ProcedureStatus.DONE);
  }

  private void refused(ProcedureRequest request, ErrorCode code, String message) {
    CompletableFuture<ProcedureId> submitted =
        cluster.metasrv().submit(request, "refused " + request);
    cluster.run(Duration.ofMillis(20));
    assertThat(submitted).isCompletedExceptionally();
    TerraneException failure = TerraneException.of(submitted.handle((id, thrown) -> thrown).join());
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageContaining(message);
  }
}
