package io.terrane.query.function.admin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.MigrationPlan;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureRequest.MigrateRegion;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.service.ProcedureService;
import java.time.Duration;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Asks the metasrv for procedures on behalf of a function. Thread-safe; blocks. */
final class ProcedureCalls {
  private final ProcedureService procedures;
  private final RandomGenerator random;
  private final Duration timeout;

  /**
   * @param timeout how long an answer, or a short procedure's end, is waited for
   */
  ProcedureCalls(ProcedureService procedures, RandomGenerator random, Duration timeout) {
    this.procedures = procedures;
    this.random = random;
    this.timeout = timeout;
  }

  /** Begins a procedure. */
  ProcedureId submit(ProcedureRequest request, String function) {
    return Futures.await(procedures.submit(request, key(function)), timeout, "submit " + function);
  }

  /** PROCEDURE_NOT_FOUND if there is none, or none any more. */
  ProcedureInfo find(ProcedureId id) {
    return Futures.await(procedures.find(id), timeout, "look up procedure " + id)
        .orElseThrow(
            () ->
                new TerraneException(ErrorCode.PROCEDURE_NOT_FOUND, "Procedure not found: " + id));
  }

  ProcedureInfo cancel(ProcedureId id, String askedBy) {
    return Futures.await(procedures.cancel(id, askedBy), timeout, "cancel procedure " + id);
  }

  MigrationPlan explain(MigrateRegion move) {
    return Futures.await(procedures.explain(move), timeout, "explain_migration");
  }

  /** Runs a short procedure to its end; its failure is thrown. */
  void run(ProcedureRequest request, String function) {
    ProcedureId id = submit(request, function);
    ProcedureInfo end =
        Futures.await(procedures.await(id, timeout), timeout.plus(timeout), function);
    if (end.status() == ProcedureStatus.FAILED) {
      throw new TerraneException(
          end.errorCode().orElse(ErrorCode.PROCEDURE_FAILED),
          end.error().orElse(function + " failed"));
    }
    if (end.status() != ProcedureStatus.DONE) {
      throw new TerraneException(
          ErrorCode.TIMED_OUT,
          function + " has not ended within " + timeout.toSeconds() + " s; ask procedure " + id);
    }
  }

  /** Each call is a request of its own; the key only guards against a repeated message. */
  private String key(String function) {
    synchronized (random) {
      return function + "/" + new UUID(random.nextLong(), random.nextLong());
    }
  }
}
