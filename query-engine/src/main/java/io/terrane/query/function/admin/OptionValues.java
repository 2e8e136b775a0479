package io.terrane.query.function.admin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.Datum;

/** What the named options of admin functions take. */
final class OptionValues {
  private OptionValues() {}

  /** TRUE or FALSE, 1 or 0; INVALID_ARGUMENT for anything else. */
  static boolean flag(String function, String option, Datum value) {
    if (value.value() instanceof Boolean on) {
      return on;
    }
    if (value.value() instanceof Long number && (number == 0 || number == 1)) {
      return number == 1;
    }
    throw invalid(function, option, "TRUE or FALSE", value);
  }

  static TerraneException invalid(String function, String option, String expected, Datum value) {
    return new TerraneException(
        ErrorCode.INVALID_ARGUMENT,
        "Invalid "
            + option
            + " of "
            + function
            + ": expect "
            + expected
            + ", have: "
            + (value.isNull() ? "NULL" : value.value()));
  }
}
