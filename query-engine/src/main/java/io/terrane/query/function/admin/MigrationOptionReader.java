package io.terrane.query.function.admin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.MigrationOptions;
import io.terrane.api.table.Datum;
import io.terrane.api.table.DurationText;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the named options of {@code migrate_region}. */
final class MigrationOptionReader {
  private static final String STALL_BUDGET = "stall_budget";
  private static final String VERIFY = "verify";

  static final Set<String> NAMES =
      Collections.unmodifiableSet(new TreeSet<>(List.of(STALL_BUDGET, VERIFY)));

  private MigrationOptionReader() {}

  static MigrationOptions read(Map<String, Datum> options) {
    return new MigrationOptions(
        Optional.ofNullable(options.get(STALL_BUDGET)).map(MigrationOptionReader::duration),
        Optional.ofNullable(options.get(VERIFY)).map(MigrationOptionReader::flag).orElse(false));
  }

  private static Duration duration(Datum value) {
    Optional<Duration> budget =
        value.value() instanceof String text ? DurationText.parse(text) : Optional.empty();
    return budget
        .filter(length -> !length.isZero())
        .orElseThrow(() -> invalid(STALL_BUDGET, "a time such as '200ms' or '2s'", value));
  }

  private static boolean flag(Datum value) {
    Object flag = value.value();
    if (flag instanceof Boolean on) {
      return on;
    }
    if (flag instanceof Long number && (number == 0 || number == 1)) {
      return number == 1;
    }
    throw invalid(VERIFY, "TRUE or FALSE", value);
  }

  private static TerraneException invalid(String option, String expected, Datum value) {
    return new TerraneException(
        ErrorCode.INVALID_ARGUMENT,
        "Invalid "
            + option
            + " of migrate_region: expect "
            + expected
            + ", have: "
            + (value.isNull() ? "NULL" : value.value()));
  }
}
