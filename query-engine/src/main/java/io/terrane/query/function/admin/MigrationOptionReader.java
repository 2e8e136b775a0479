package io.terrane.query.function.admin;

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
  private static final String FUNCTION = "migrate_region";
  private static final String STALL_BUDGET = "stall_budget";
  private static final String VERIFY = "verify";

  static final Set<String> NAMES =
      Collections.unmodifiableSet(new TreeSet<>(List.of(STALL_BUDGET, VERIFY)));

  private MigrationOptionReader() {}

  static MigrationOptions read(Map<String, Datum> options) {
    return new MigrationOptions(
        Optional.ofNullable(options.get(STALL_BUDGET)).map(MigrationOptionReader::duration),
        Optional.ofNullable(options.get(VERIFY))
            .map(value -> OptionValues.flag(FUNCTION, VERIFY, value))
            .orElse(false));
  }

  private static Duration duration(Datum value) {
    Optional<Duration> budget =
        value.value() instanceof String text ? DurationText.parse(text) : Optional.empty();
    return budget
        .filter(length -> !length.isZero())
        .orElseThrow(
            () ->
                OptionValues.invalid(
                    FUNCTION, STALL_BUDGET, "a time such as '200ms' or '2s'", value));
  }
}
