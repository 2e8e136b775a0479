package io.terrane.query.ddl;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnDefault;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.parse.Literals;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;

/** Reads DEFAULT clauses: a constant that the column can hold, or the time of the statement. */
final class DefaultReader {
  private static final Set<String> NOW_FUNCTIONS =
      Set.of("current_timestamp", "now", "localtimestamp", "localtime");

  private final ExecutionContext context;

  DefaultReader(ExecutionContext context) {
    this.context = context;
  }

  /** Empty for NULL; INVALID_DEFAULT if it does not fit. */
  Optional<ColumnDefault> read(String column, DataType type, boolean nullable, SqlNode value) {
    if (value instanceof SqlCall call
        && NOW_FUNCTIONS.contains(call.getOperator().getName().toLowerCase(Locale.ROOT))) {
      if (type.kind() != DataType.Kind.TIMESTAMP) {
        throw invalid(column, null);
      }
      return Optional.of(ColumnDefault.currentTimestamp());
    }
    Datum literal = Literals.datum(value).orElseThrow(() -> invalid(column, null));
    if (literal.isNull()) {
      if (!nullable) {
        throw invalid(column, null);
      }
      return Optional.empty();
    }
    try {
      return Optional.of(ColumnDefault.value(Constants.convert(context, literal, type)));
    } catch (TerraneException unfit) {
      throw invalid(column, unfit);
    }
  }

  private static TerraneException invalid(String column, Throwable cause) {
    return new TerraneException(
        ErrorCode.INVALID_DEFAULT, "Invalid default value for '" + column + "'", cause);
  }
}
