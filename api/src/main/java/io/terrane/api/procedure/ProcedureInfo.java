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
    long catalogVersion) {
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
  }
}
