package io.terrane.meta.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A procedure as stored after each of its transitions.
 *
 * @param type which loader reads {@code state}
 * @param key idempotency key of the submit
 * @param revision 1 when submitted, one more with each transition
 * @param state the procedure's own JSON
 * @param claims regions that nodes may hold on behalf of this procedure while it runs
 * @param catalogVersion once DONE: catalogue version that shows the effect; else 0
 */
public record ProcedureRecord(
    ProcedureId id,
    String type,
    String key,
    long revision,
    ProcedureStatus status,
    String step,
    JsonNode state,
    List<String> lockKeys,
    List<RegionClaim> claims,
    Optional<ErrorCode> errorCode,
    Optional<String> error,
    Instant startedAt,
    Optional<Instant> endedAt,
    long catalogVersion) {
  public ProcedureRecord {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(state, "state");
    lockKeys = List.copyOf(lockKeys);
    claims = List.copyOf(claims);
    Objects.requireNonNull(errorCode, "errorCode");
    Objects.requireNonNull(error, "error");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(endedAt, "endedAt");
  }

  public boolean isFinal() {
    return status.isFinal();
  }

  /** The same with another state, one revision later. */
  public ProcedureRecord with(JsonNode changed) {
    return new ProcedureRecord(
        id,
        type,
        key,
        revision + 1,
        status,
        step,
        changed,
        lockKeys,
        claims,
        errorCode,
        error,
        startedAt,
        endedAt,
        catalogVersion);
  }

  public ProcedureInfo info() {
    return new ProcedureInfo(
        id, type, status, step, errorCode, error, startedAt, endedAt, lockKeys, catalogVersion);
  }

  ProcedureRecord visibleFrom(long version) {
    return new ProcedureRecord(
        id, type, key, revision, status, step, state, lockKeys, claims, errorCode, error, startedAt,
        endedAt, version);
  }
}
