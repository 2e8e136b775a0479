package io.terrane.query;

import java.time.Duration;
import java.util.Objects;

/**
 * The query engine's settings.
 *
 * @param version what VERSION() answers; begins with a MySQL version number, which clients read
 * @param sqlMode mode that sessions start with, empty for MySQL's own default
 * @param queryMemoryBytesMax memory one statement may take; beyond it QUERY_MEMORY_EXCEEDED
 * @param planCacheBytesMax memory for plans of queries that were run before, as estimated; 0 for
 *     none
 * @param preparedStatementsMax prepared statements of one session; beyond it TOO_MANY_STATEMENTS
 * @param catalogTimeout how long a change of the catalogue, a flush or a compaction may take before
 *     its statement gives up waiting
 * @param moveHoldMax how long a read or write is held for a region that moves
 * @param slowStatementMin statements that take so long are written to the log; 0 for none
 * @param spillFolder where rows go that do not fit into a statement's memory; empty for a folder of
 *     the system's temporary files
 * @param spillBytesMax what all statements together may keep there; 0 for nothing
 */
public record QueryConfig(
    String version,
    String sqlMode,
    long queryMemoryBytesMax,
    long planCacheBytesMax,
    int preparedStatementsMax,
    Duration catalogTimeout,
    Duration moveHoldMax,
    Duration slowStatementMin,
    String spillFolder,
    long spillBytesMax) {
  public QueryConfig {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(sqlMode, "sqlMode");
    Objects.requireNonNull(catalogTimeout, "catalogTimeout");
    Objects.requireNonNull(moveHoldMax, "moveHoldMax");
    Objects.requireNonNull(slowStatementMin, "slowStatementMin");
    Objects.requireNonNull(spillFolder, "spillFolder");
    if (spillBytesMax < 0) {
      throw new IllegalArgumentException("spill-bytes-max must not be negative");
    }
    if (slowStatementMin.isNegative()) {
      throw new IllegalArgumentException("slow-statement-min must not be negative");
    }
    if (queryMemoryBytesMax <= 0 || planCacheBytesMax < 0 || preparedStatementsMax <= 0) {
      throw new IllegalArgumentException(
          "limits must be positive: memory "
              + queryMemoryBytesMax
              + ", plans "
              + planCacheBytesMax
              + ", statements "
              + preparedStatementsMax);
    }
  }

  /** Defaults, with 512 MiB for a statement. */
  public static QueryConfig defaults(String version) {
    return new QueryConfig(
        version,
        "",
        512L << 20,
        32L << 20,
        16_382,
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        "",
        4L << 30);
  }
}
