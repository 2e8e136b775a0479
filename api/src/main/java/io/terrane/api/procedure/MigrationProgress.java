package io.terrane.api.procedure;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a migration that runs has before it.
 *
 * @param targetPosition WAL position up to which the target has to read, as of the old leader's
 *     last heartbeat; -1 if that has not told
 * @param left how long it will take by the moves that are kept and the records that the target
 *     lacks; empty if there was none to go by
 */
public record MigrationProgress(long targetPosition, Optional<Duration> left) {
  public MigrationProgress {
    Objects.requireNonNull(left, "left");
  }
}
