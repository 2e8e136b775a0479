package io.terrane.api.procedure;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A state that a migration was in.
 *
 * @param name as {@link ProcedureInfo#step()} shows it
 * @param endedAt empty while it is in it
 */
public record MigrationStep(String name, Instant startedAt, Optional<Instant> endedAt) {
  public MigrationStep {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(endedAt, "endedAt");
  }
}
