package io.terrane.api.procedure;

import io.terrane.api.error.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A procedure as others see it.
 *
 * @param type for instance {@code metasrv-procedure::RegionMigration}
 * @param step name of the state it is in or ended in
 * @param errorCode with {@code error}: why the last try failed, or why it ended FAILED
 * @param catalogVersion once DONE: the catalogue version from which on its effect is visible
 * @param migration of a region, if the procedure is one
 */
public record ProcedureInfo(
    ProcedureId id,
    String type,
    ProcedureStatus status,
    String step,
    Optional<ErrorCode> errorCode,
    Optional<String> error,
    Instant startedAt,
    Optional<Instant> endedAt,
    List<String> lockKeys,
    long catalogVersion,
    Optional<MigrationInfo> migration) {
  public ProcedureInfo {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(errorCode, "errorCode");
    Objects.requireNonNull(error, "error");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(endedAt, "endedAt");
    lockKeys = List.copyOf(lockKeys);
    Objects.requireNonNull(migration, "migration");
  }

  /** A procedure that is no migration. */
  public ProcedureInfo(
      ProcedureId id,
      String type,
      ProcedureStatus status,
      String step,
      Optional<ErrorCode> errorCode,
      Optional<String> error,
      Instant startedAt,
      Optional<Instant> endedAt,
      List<String> lockKeys,
      long catalogVersion) {
    this(
        id,
        type,
        status,
        step,
        errorCode,
        error,
        startedAt,
        endedAt,
        lockKeys,
        catalogVersion,
        Optional.empty());
  }

  /** The same, with what it does as a migration. */
  public ProcedureInfo with(MigrationInfo moving) {
    return new ProcedureInfo(
        id,
        type,
        status,
        step,
        errorCode,
        error,
        startedAt,
        endedAt,
        lockKeys,
        catalogVersion,
        Optional.of(moving));
  }
}
