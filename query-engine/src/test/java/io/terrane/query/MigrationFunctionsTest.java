package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationInfo;
import io.terrane.api.procedure.MigrationOptions;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureRequest.MigrateRegion;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.ReplayWork;
import io.terrane.api.sql.SqlSession;
import io.terrane.api.table.TableName;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.admin.AdminFunctions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The functions by which operators look after migrations, in both forms. */
class MigrationFunctionsTest {
  private static final RegionId REGION = new RegionId(4398046511104L);
  private final EngineFixture engine = new EngineFixture();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void cancelAnswersTheStateOfTheWayBack() {
    ProcedureId id = put(1, ProcedureStatus.RUNNING, true);
    for (String form : List.of("SELECT ", "ADMIN ")) {
      assertThat(engine.run(form + "cancel_procedure('" + id + "')"))
          .isEqualTo("{\"status\":\"RollingBack\"}");
    }
  }

  @Test
  void explainTellsEveryCheckAndWhatIsKnownOfTheCost() {
    assertThat(engine.run("ADMIN explain_migration(4398046511104, 1, 2)"))
        .isEqualTo(
            "{\"possible\":false,\"checks\":{\"region exists\":\"ok\","
                + "\"no other move\":\"\\\"one\\\" runs\"},\"sst_bytes\":7,"
                + "\"memtable_bytes\":null,\"unflushed_rows\":null,\"lease_wait_ms\":2,"
                + "\"usual_stall_ms\":null}");
    assertThat(engine.cluster().requests()).isEmpty();
  }

  @Test
  void undoMovesTheRegionBackInTheNameOfWhoAsks() {
    ProcedureId id = put(1, ProcedureStatus.DONE, true);
    engine.run("SELECT undo_migration('" + id + "')");
    MigrateRegion back = (MigrateRegion) engine.cluster().requests().get(0);
    assertThat(back.region()).isEqualTo(REGION);
    assertThat(back.from()).isEqualTo(new NodeId(2));
    assertThat(back.to()).isEqualTo(new NodeId(1));
    assertThat(back.reason()).isEqualTo(MigrationReason.UNDO);
    assertThat(back.askedBy()).contains("@");
  }

  @Test
  void refusalsSayWhatToDoInstead() {
    ProcedureId running = put(1, ProcedureStatus.RUNNING, true);
    ProcedureId failed = put(2, ProcedureStatus.FAILED, true);
    ProcedureId other = put(3, ProcedureStatus.DONE, false);
    for (String form : List.of("SELECT ", "ADMIN ")) {
      assertError(form + "undo_migration('" + running + "')", "cancel_procedure('" + running);
      assertError(form + "undo_migration('" + failed + "')", "stayed on datanode 1");
      assertError(form + "undo_migration('" + other + "')", "is no migration");
      assertError(form + "undo_migration('x')", "not a UUID");
      assertError(form + "undo_migration(NULL)", "is NULL");
      assertError(form + "undo_migration()", "expect exactly 1");
      assertError(form + "undo_migration(1)", "a string");
      assertError(form + "cancel_procedure('x')", "not a UUID");
      assertError(form + "cancel_procedure(NULL)", "is NULL");
      assertError(form + "cancel_procedure('a', 'b')", "expect exactly 1");
      assertError(form + "explain_migration(1, 2)", "expect exactly 3");
      assertError(form + "explain_migration(1, 2, 'x')", "a whole number");
      assertError(form + "explain_migration(1, -2, 3)", "out of range");
    }
    assertThatThrownBy(
            () -> engine.run("ADMIN undo_migration('00000000-0000-0007-0000-000000000099')"))
        .isInstanceOfSatisfying(
            TerraneException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.PROCEDURE_NOT_FOUND));
    assertThat(engine.cluster().requests()).isEmpty();
  }

  @Test
  void withoutThePrivilegeEveryFunctionIsRefusedInBothForms() {
    List<ScalarFunction> functions =
        new AdminFunctions(
                engine.cluster(),
                engine.cluster(),
                node -> engine.regions(),
                new SplittableRandom(1),
                Duration.ofSeconds(1))
            .scalars();
    assertThat(functions)
        .extracting(ScalarFunction::name)
        .contains("migrate_region", "flush_table");
    try (SqlSession session = engine.open(2, Set.of())) {
      for (ScalarFunction function : functions) {
        for (String form : List.of("SELECT ", "ADMIN ")) {
          assertThatThrownBy(() -> session.execute(form + function.name() + "(1)", false).next())
              .as(form + function.name())
              .isInstanceOfSatisfying(
                  TerraneException.class,
                  refused -> {
                    assertThat(refused.code().mysqlErrno()).isEqualTo(1227);
                    assertThat(refused.code().sqlState()).isEqualTo("42000");
                  });
        }
      }
    }
    assertThat(engine.cluster().requests()).isEmpty();
  }

  @Test
  void drainsTablesAndLimitsAreStoredByTheMetasrv() {
    engine.run("CREATE TABLE cpu (host STRING, ts TIMESTAMP TIME INDEX, PRIMARY KEY (host))");
    engine.cluster().requests().clear();
    for (String form : List.of("SELECT ", "ADMIN ")) {
      assertThat(engine.run(form + "drain_datanode(2)")).isEqualTo("0");
      assertThat(engine.run(form + "undrain_datanode(2)")).isEqualTo("0");
      assertThat(engine.run(form + "set_migration_limits(7)")).isEqualTo("0");
      assertThat(engine.run(form + "set_migration_limits(8, 4000000)")).isEqualTo("0");
      assertThat(engine.run(form + "migrate_table('cpu', 99)")).isEqualTo("1");
    }
    assertThat(engine.cluster().requests().subList(0, 5))
        .containsExactly(
            new ProcedureRequest.SetDrained(new NodeId(2), true),
            new ProcedureRequest.SetDrained(new NodeId(2), false),
            new ProcedureRequest.SetMigrationLimit(7, 0),
            new ProcedureRequest.SetMigrationLimit(8, 4_000_000),
            new ProcedureRequest.MigrateTable(new TableName("public", "cpu"), new NodeId(99)));
    engine.cluster().requests().clear();
    assertError("ADMIN drain_datanode('a')", "a whole number");
    assertError("ADMIN drain_datanode(NULL)", "is NULL");
    assertError("ADMIN drain_datanode()", "expect exactly 1");
    assertError("ADMIN undrain_datanode(-1)", "out of range");
    assertError("ADMIN set_migration_limits(0)", "expect 1 to 100");
    assertError("ADMIN set_migration_limits(101)", "expect 1 to 100");
    assertError("ADMIN migrate_table('no', 1)", "doesn't exist");
    assertError("ADMIN migrate_table(1, 1)", "a string");
    assertThat(engine.cluster().requests()).isEmpty();
  }

  @Test
  void aMoveTakesOptionsByName() {
    engine.run(
        "ADMIN migrate_region(4398046511104, 1, 2, 60, stall_budget => '200ms', verify => true)");
    engine.run("ADMIN migrate_region(4398046511104, 1, 2, VERIFY=>0)");
    assertThat(engine.cluster().requests())
        .extracting(request -> ((MigrateRegion) request).options())
        .containsExactly(
            new MigrationOptions(Optional.of(Duration.ofMillis(200)), true),
            MigrationOptions.DEFAULT);
    engine.cluster().requests().clear();
    assertError("ADMIN migrate_region(1, 1, 2, budget => 1)", "it has stall_budget, verify");
    assertError("ADMIN migrate_region(1, 1, 2, stall_budget => 200)", "'200ms'");
    assertError("ADMIN migrate_region(1, 1, 2, stall_budget => '0s')", "a time such as");
    assertError("ADMIN migrate_region(1, 1, 2, stall_budget => NULL)", "NULL");
    assertError("ADMIN migrate_region(1, 1, 2, verify => 'yes')", "TRUE or FALSE");
    assertError("ADMIN migrate_region(1, 1, 2, verify => 1, verify => 1)", "syntax");
    assertError("ADMIN migrate_region(1, 1, verify => 1, 2)", "syntax");
    assertError("ADMIN flush_region(1, verify => 1)", "it has none");
    assertThat(engine.cluster().requests()).isEmpty();
  }

  private ProcedureId put(long number, ProcedureStatus status, boolean moves) {
    ProcedureId id = new ProcedureId(new UUID(1, number));
    ProcedureInfo info =
        new ProcedureInfo(
            id,
            "fake",
            status,
            "step",
            Optional.empty(),
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty(),
            List.of(),
            0);
    MigrationInfo move =
        new MigrationInfo(
            REGION,
            new TableName("public", "cpu"),
            new NodeId(1),
            new NodeId(2),
            MigrationReason.MANUAL,
            "",
            List.of(),
            -1,
            -1,
            -1,
            ReplayWork.NONE,
            0,
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty());
    engine.cluster().put(moves ? info.with(move) : info);
    return id;
  }

  private void assertError(String sql, String message) {
    assertThatThrownBy(() -> engine.run(sql))
        .as(sql)
        .isInstanceOf(TerraneException.class)
        .hasMessageContaining(message);
  }
}
