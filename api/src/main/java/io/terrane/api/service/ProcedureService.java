package io.terrane.api.service;

import io.terrane.api.procedure.MigrationPlan;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Durable, resumable operations on the cluster. Futures must not be blocked on by event loops. */
public interface ProcedureService {
  /**
   * Checks the arguments, stores the procedure and answers its id, which is valid from then on,
   * also after a restart. The same {@code idempotencyKey} gives the same id and starts nothing
   * again. Durable on return: the procedure. A request that is refused leaves nothing behind.
   */
  CompletableFuture<ProcedureId> submit(ProcedureRequest request, String idempotencyKey);

  /** The procedure's present state; finished ones are kept for days. */
  CompletableFuture<Optional<ProcedureInfo>> find(ProcedureId id);

  /** All that are kept, oldest first. */
  CompletableFuture<List<ProcedureInfo>> list();

  /**
   * Completes when the procedure has ended, or with its present state when {@code timeout} passes
   * first. An unknown id is a PROCEDURE_NOT_FOUND.
   */
  CompletableFuture<ProcedureInfo> await(ProcedureId id, Duration timeout);

  /**
   * Sends a procedure back to where it began. Completes when that is stored; it then ends FAILED
   * with PROCEDURE_CANCELLED. PROCEDURE_NOT_FOUND; PROCEDURE_NOT_CANCELLABLE if it cannot go back
   * (any more). Asking twice does no harm.
   *
   * @param askedBy {@code user@host}
   */
  CompletableFuture<ProcedureInfo> cancel(ProcedureId id, String askedBy);

  /** What stands in the way of a move, and what it would have to do. Starts nothing. */
  CompletableFuture<MigrationPlan> explain(ProcedureRequest.MigrateRegion move);
}
