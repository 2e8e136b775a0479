package io.terrane.api.procedure;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A move that was looked at and not made.
 *
 * @param checks every check that a move must pass, in order
 * @param sstBytes of files that the target will read from the bucket as they are asked for; -1 if
 *     the region's leader has not told
 * @param memtableBytes what is not in files yet, to be flushed or replayed; -1 as before
 * @param unflushedRows the same in sequence numbers; -1 as before
 * @param leaseWait how long a leader that does not answer would be waited for
 * @param usualStall median of the write stalls of the moves that are kept
 */
public record MigrationPlan(
    List<Check> checks,
    long sstBytes,
    long memtableBytes,
    long unflushedRows,
    Duration leaseWait,
    Optional<Duration> usualStall) {
  public MigrationPlan {
    checks = List.copyOf(checks);
    Objects.requireNonNull(leaseWait, "leaseWait");
    Objects.requireNonNull(usualStall, "usualStall");
  }

  /**
   * A condition of a move.
   *
   * @param problem empty if it is met
   */
  public record Check(String name, Optional<String> problem) {
    public Check {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(problem, "problem");
    }
  }

  public boolean isPossible() {
    return checks.stream().allMatch(check -> check.problem().isEmpty());
  }
}
