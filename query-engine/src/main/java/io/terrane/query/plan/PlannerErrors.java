package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;

/**
 * Calcite's validation errors in MySQL's numbers and words. Calcite gives its messages no numbers,
 * so they are known by their fixed parts (CalciteResource of calcite-core).
 */
final class PlannerErrors {
  private record Form(Pattern message, ErrorCode code, String words) {}

  private static final Form[] FORMS = {
    form(
        "Column '(.*)' not found in any table.*",
        ErrorCode.COLUMN_NOT_FOUND,
        "Unknown column '%s' in 'field list'"),
    form(
        "Column '(.*)' not found in table '.*'.*",
        ErrorCode.COLUMN_NOT_FOUND,
        "Unknown column '%s' in 'field list'"),
    form("Unknown field '(.*)'", ErrorCode.COLUMN_NOT_FOUND, "Unknown column '%s' in 'field list'"),
    form(
        "Unknown identifier '(.*)'",
        ErrorCode.COLUMN_NOT_FOUND,
        "Unknown column '%s' in 'field list'"),
    form(
        "Table '(.*)' not found",
        ErrorCode.UNKNOWN_TABLE_IN_FIELD_LIST,
        "Unknown table '%s' in field list"),
    form(
        "Column '(.*)' is ambiguous",
        ErrorCode.COLUMN_AMBIGUOUS,
        "Column '%s' in field list is ambiguous"),
    form(
        "No match found for function signature (.*)",
        ErrorCode.FUNCTION_NOT_FOUND,
        "FUNCTION %s does not exist"),
    form(
        "Aggregate expression is illegal in (.*) clause",
        ErrorCode.INVALID_GROUP_FUNCTION,
        "Invalid use of group function"),
    form(
        "Aggregate expressions cannot be nested",
        ErrorCode.INVALID_GROUP_FUNCTION,
        "Invalid use of group function"),
    form(
        "Expression '(.*)' is not being grouped",
        ErrorCode.INVALID_GROUP_FIELD,
        "'%s' isn't in GROUP BY"),
    form(
        "Column count mismatch in (.*)",
        ErrorCode.COLUMN_COUNT_MISMATCH,
        "The used SELECT statements have a different number of columns"),
    form(
        "Values passed to (.*) operator must have compatible types",
        ErrorCode.WRONG_ARGUMENT_TYPE,
        "Values passed to %s must have compatible types"),
    form("Ordinal out of range", ErrorCode.COLUMN_NOT_FOUND, "Unknown column in 'order clause'"),
    form(
        "Duplicate relation name '(.*)' in FROM clause",
        ErrorCode.INVALID_ARGUMENT,
        "Not unique table/alias: '%s'"),
  };

  private PlannerErrors() {}

  static TerraneException of(RuntimeException failure) {
    if (failure instanceof TerraneException known) {
      return known;
    }
    Throwable cause = failure;
    while (cause != null && !(cause instanceof TerraneException)) {
      cause = cause.getCause() == cause ? null : cause.getCause();
    }
    if (cause != null) {
      return (TerraneException) cause;
    }
    if (failure instanceof CalciteContextException context && context.getCause() != null) {
      return worded(String.valueOf(context.getCause().getMessage()), context);
    }
    return TerraneException.of(failure);
  }

  private static TerraneException worded(String message, CalciteContextException context) {
    String first = message.lines().findFirst().orElse("");
    for (Form form : FORMS) {
      Matcher matcher = form.message().matcher(first);
      if (matcher.matches()) {
        String subject = matcher.groupCount() > 0 ? matcher.group(1) : "";
        return new TerraneException(form.code(), form.words().formatted(subject), context);
      }
    }
    return new TerraneException(
        ErrorCode.INVALID_ARGUMENT,
        first + " (line " + context.getPosLine() + ", column " + context.getPosColumn() + ")",
        context);
  }

  private static Form form(String message, ErrorCode code, String words) {
    return new Form(Pattern.compile(message), code, words);
  }
}
