package io.terrane.api.procedure;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a move is to be made.
 *
 * @param stallBudget writes may be held this long by estimate; while the estimate is higher the
 *     target keeps catching up, until the replay timeout ends the move
 * @param verify both sides read every row before the switch and must agree; writes are held
 *     meanwhile
 */
public record MigrationOptions(Optional<Duration> stallBudget, boolean verify) {
  public static final MigrationOptions DEFAULT = new MigrationOptions(Optional.empty(), false);

  public MigrationOptions {
    Objects.requireNonNull(stallBudget, "stallBudget");
  }
}
