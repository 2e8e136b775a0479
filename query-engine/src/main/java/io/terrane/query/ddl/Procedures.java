package io.terrane.query.ddl;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.service.CatalogService;
import io.terrane.api.service.ProcedureService;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.query.function.admin.Futures;
import java.time.Duration;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Runs a change of the catalogue to its end and until this node sees it. Thread-safe. */
final class Procedures {
  private final ProcedureService procedures;
  private final CatalogService catalog;
  private final RandomGenerator random;
  private final Duration timeout;

  Procedures(
      ProcedureService procedures,
      CatalogService catalog,
      RandomGenerator random,
      Duration timeout) {
    this.procedures = procedures;
    this.catalog = catalog;
    this.random = random;
    this.timeout = timeout;
  }

  /** Blocks; a procedure that failed throws with its own code and message. */
  void run(ProcedureRequest request) {
    String what = request.getClass().getSimpleName();
    ProcedureId id = Futures.await(procedures.submit(request, key()), timeout, what);
    ProcedureInfo info = Futures.await(procedures.await(id, timeout), timeout.plusSeconds(1), what);
    if (info.status() == ProcedureStatus.FAILED) {
      throw new TerraneException(
          info.errorCode().orElse(ErrorCode.PROCEDURE_FAILED),
          info.error().orElse(what + " failed in step " + info.step()));
    }
    if (info.status() != ProcedureStatus.DONE) {
      throw new TerraneException(
          ErrorCode.TIMED_OUT,
          what
              + " goes on as procedure "
              + id
              + " ("
              + info.status().label()
              + ")"
              + info.error().map(error -> ": " + error).orElse(""));
    }
    awaitVisible(info.catalogVersion(), what);
  }

  /** Waits until this node knows more than {@code known}, or the time is up. */
  void awaitNewer(CatalogSnapshot known, String what) {
    Futures.await(
        catalog.newerThan(known.version(), timeout), timeout.plusSeconds(1), what + " catalogue");
  }

  private void awaitVisible(long version, String what) {
    if (catalog.snapshot().version() >= version) {
      return;
    }
    CatalogSnapshot seen =
        Futures.await(
            catalog.newerThan(version - 1, timeout), timeout.plusSeconds(1), what + " catalogue");
    if (seen.version() < version) {
      throw new TerraneException(
          ErrorCode.TIMED_OUT,
          what
              + " is done, but this node has not learned of it: at catalogue version "
              + seen.version()
              + ", waiting for "
              + version);
    }
  }

  private String key() {
    synchronized (random) {
      return "ddl/" + new UUID(random.nextLong(), random.nextLong());
    }
  }
}
