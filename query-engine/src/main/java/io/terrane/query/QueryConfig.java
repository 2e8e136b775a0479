package io.terrane.query;

import java.time.Duration;
import java.util.Objects;

/**
 * The query engine's settings.
 *
 * @param version what VERSION() answers; begins with a MySQL version number, which clients read
 * @param sqlMode mode that sessions start with, empty for MySQL's own default
 * @param queryMemoryBytesMax memory one statement may take; beyond it QUERY_MEMORY_EXCEEDED
 * @param preparedStatementsMax prepared statements of one session; beyond it TOO_MANY_STATEMENTS
 * @param catalogTimeout how long a change of the catalogue, a flush or a compaction may take before
 *     its statement gives up waiting
 * @param readRetryMax how long a read looks for a region that moved
 * @param writeHoldMax how long a write to a moving region is held until its next leader takes it
 */
public record QueryConfig(
    String version,
    String sqlMode,
    long queryMemoryBytesMax,
    int preparedStatementsMax,
    Duration catalogTimeout,
    Duration readRetryMax,
    Duration writeHoldMax) {
  public QueryConfig {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(sqlMode, "sqlMode");
    Objects.requireNonNull(catalogTimeout, "catalogTimeout");
    Objects.requireNonNull(readRetryMax, "readRetryMax");
    Objects.requireNonNull(writeHoldMax, "writeHoldMax");
    if (queryMemoryBytesMax <= 0 || preparedStatementsMax <= 0) {
      throw new IllegalArgumentException(
          "limits must be positive: memory "
              + queryMemoryBytesMax
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
        16_382,
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30));
  }
}
