package io.terrane.api.procedure;

import io.terrane.api.node.NodeId;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.ReplayWork;
import io.terrane.api.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a migration has done so far, beyond what every procedure shows.
 *
 * @param askedBy {@code user@host}, or {@code metasrv}
 * @param steps in the order they were entered
 * @param openedPosition WAL position up to which the target had read when it was first asked; -1 if
 *     not known
 * @param replayedPosition the same as of the last time it was asked
 * @param endPosition WAL position of the old leader's last record, -1 if not known (yet)
 * @param work what the target has read of the WAL, as of the last time it was asked
 * @param retries tries of steps that failed and were repeated
 * @param lastError of the last such try
 * @param stall the longest time that a frontend held a write until the new leader took it; empty if
 *     none was held, or none is reported yet
 * @param heldWrites how many writes were held, in all frontends
 * @param progress empty when it has ended
 * @param verification what both sides agreed on, or why it was not looked at; empty: not asked for
 */
public record MigrationInfo(
    RegionId region,
    TableName table,
    NodeId from,
    NodeId to,
    MigrationReason reason,
    String askedBy,
    List<MigrationStep> steps,
    long openedPosition,
    long replayedPosition,
    long endPosition,
    ReplayWork work,
    long retries,
    Optional<String> lastError,
    Optional<Duration> stall,
    long heldWrites,
    Optional<MigrationProgress> progress,
    Optional<String> verification) {
  public MigrationInfo {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(askedBy, "askedBy");
    steps = List.copyOf(steps);
    Objects.requireNonNull(work, "work");
    Objects.requireNonNull(lastError, "lastError");
    Objects.requireNonNull(stall, "stall");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(verification, "verification");
  }
}
