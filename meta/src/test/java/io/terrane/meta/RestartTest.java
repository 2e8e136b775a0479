package io.terrane.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableName;
import io.terrane.meta.testing.FaultyLog;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RestartTest {
  private final SimulatedMetasrv cluster = SimulatedMetasrv.withDatanodes(3);

  @Test
  void finishedProceduresAreStillReadable() {
    ProcedureId id =
        cluster.await(cluster.metasrv().submit(SimulatedMetasrv.createTable("cpu", 2), "k"));
    ProcedureInfo before = cluster.end(id);
    cluster.crash();
    cluster.restart();
    assertThat(cluster.await(cluster.metasrv().find(id))).contains(before);
    assertThat(cluster.await(cluster.metasrv().list())).containsExactly(before);
    assertThat(cluster.await(cluster.metasrv().await(id, Duration.ofSeconds(1)))).isEqualTo(before);
  }

  @Test
  void everythingIsThereAfterACleanStop() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 2));
    CatalogSnapshot before = cluster.metasrv().snapshot();
    cluster.await(cluster.metasrv().stop());
    cluster.restart();
    CatalogSnapshot after = cluster.metasrv().snapshot();
    assertThat(after.version()).isEqualTo(before.version());
    assertThat(List.copyOf(after.tables())).isEqualTo(List.copyOf(before.tables()));
    assertThat(List.copyOf(after.routes())).isEqualTo(List.copyOf(before.routes()));
  }

  @Test
  void theSameKeyGivesTheSameIdAlsoAcrossARestart() {
    ProcedureRequest request = new ProcedureRequest.CreateDatabase("a", Map.of(), false);
    ProcedureId id = cluster.await(cluster.metasrv().submit(request, "k"));
    cluster.end(id);
    assertThat(cluster.await(cluster.metasrv().submit(request, "k"))).isEqualTo(id);
    cluster.crash();
    cluster.restart();
    assertThat(cluster.await(cluster.metasrv().submit(request, "k"))).isEqualTo(id);
  }

  @Test
  void finishedProceduresAreForgottenAfterTheirTimeAndNotBefore() {
    ProcedureInfo old = cluster.execute(new ProcedureRequest.CreateDatabase("a", Map.of(), false));
    skip(Duration.ofDays(6));
    cluster.execute(new ProcedureRequest.CreateDatabase("b", Map.of(), false));
    assertThat(cluster.await(cluster.metasrv().find(old.id()))).isPresent();
    skip(Duration.ofDays(2));
    cluster.execute(new ProcedureRequest.CreateDatabase("c", Map.of(), false));
    assertThat(cluster.await(cluster.metasrv().find(old.id()))).isEmpty();
  }

  @Test
  void anUnknownProcedureIsSaidToBeUnknown() {
    ProcedureId unknown = new ProcedureId(new UUID(1, 2));
    assertThat(cluster.await(cluster.metasrv().find(unknown))).isEmpty();
    CompletableFuture<ProcedureInfo> awaited =
        cluster.metasrv().await(unknown, Duration.ofSeconds(1));
    TerraneException failure = TerraneException.of(awaited.handle((i, thrown) -> thrown).join());
    assertThat(failure.code()).isEqualTo(ErrorCode.PROCEDURE_NOT_FOUND);
  }

  @Test
  void awaitEndsWithThePresentStateWhenTheTimeIsOver() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    cluster.datanodes.kill(1);
    ProcedureId id =
        cluster.await(
            cluster
                .metasrv()
                .submit(new ProcedureRequest.TruncateTable(new TableName("public", "cpu")), "k"));
    ProcedureInfo info = cluster.await(cluster.metasrv().await(id, Duration.ofSeconds(2)));
    assertThat(info.status()).isEqualTo(ProcedureStatus.RETRYING);
    assertThat(info.errorCode()).contains(ErrorCode.NODE_UNREACHABLE);
  }

  @Test
  void aProcedureThatIsStoredThoughItsSubmitNeverHeardOfItRunsAllTheSame() {
    cluster.log.failFrom(1, FaultyLog.Fault.WRITTEN_LATE);
    CompletableFuture<ProcedureId> submitted =
        cluster.metasrv().submit(SimulatedMetasrv.createTable("cpu", 1), "k");
    cluster.run(Duration.ofSeconds(4));
    TerraneException failure = TerraneException.of(submitted.handle((id, thrown) -> thrown).join());
    assertThat(failure.code()).isEqualTo(ErrorCode.METADATA_OUTCOME_UNKNOWN);
    cluster.log.heal();
    cluster.log.writeLate(SimulatedMetasrv.TOPIC);
    cluster.execute(new ProcedureRequest.CreateDatabase("a", Map.of(), false));
    cluster.run(Duration.ofSeconds(1));
    assertThat(cluster.await(cluster.metasrv().list()))
        .extracting(ProcedureInfo::status)
        .containsExactly(ProcedureStatus.DONE, ProcedureStatus.DONE);
  }

  @Test
  void thePublicDatabaseIsThereFromTheFirstStart() {
    assertThat(cluster.metasrv().snapshot().databases())
        .extracting(database -> database.name())
        .containsExactly("public");
  }

  @Test
  void whoWaitsForANewerCatalogueIsToldOfItOrOfTheTime() {
    long version = cluster.metasrv().snapshot().version();
    CompletableFuture<CatalogSnapshot> newer =
        cluster.metasrv().newerThan(version, Duration.ofMinutes(1));
    CompletableFuture<CatalogSnapshot> nothing =
        cluster.metasrv().newerThan(version + 1_000, Duration.ofSeconds(1));
    cluster.execute(new ProcedureRequest.CreateDatabase("a", Map.of(), false));
    assertThat(newer).isCompleted();
    assertThat(newer.join().findDatabase("a")).isPresent();
    cluster.run(Duration.ofSeconds(2));
    assertThat(nothing).isCompleted();
  }

  private void skip(Duration time) {
    cluster.crash();
    for (long node = 1; node <= 3; node++) {
      cluster.datanodes.kill(node);
    }
    cluster.scheduler.runFor(time);
    cluster.restart();
  }
}
