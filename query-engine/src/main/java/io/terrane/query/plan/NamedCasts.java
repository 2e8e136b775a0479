package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;

/**
 * Functions that are casts: {@code to_timestamp_millis(x)} and its like, and {@code arrow_cast(x,
 * 'type')}, whose types have Arrow's names.
 */
final class NamedCasts {
  private static final Map<String, DataType> FUNCTIONS =
      Map.of(
          "to_timestamp_seconds", DataType.TIMESTAMP_SECOND,
          "to_timestamp_millis", DataType.TIMESTAMP_MILLIS,
          "to_timestamp_micros", DataType.TIMESTAMP_MICROS,
          "to_timestamp_nanos", DataType.TIMESTAMP_NANOS);

  private static final Map<String, DataType> ARROW_TYPES =
      Map.ofEntries(
          Map.entry("boolean", DataType.BOOLEAN),
          Map.entry("int8", DataType.INT8),
          Map.entry("int16", DataType.INT16),
          Map.entry("int32", DataType.INT32),
          Map.entry("int64", DataType.INT64),
          Map.entry("uint8", DataType.UINT8),
          Map.entry("uint16", DataType.UINT16),
          Map.entry("uint32", DataType.UINT32),
          Map.entry("uint64", DataType.UINT64),
          Map.entry("float32", DataType.FLOAT32),
          Map.entry("float64", DataType.FLOAT64),
          Map.entry("utf8", DataType.STRING),
          Map.entry("largeutf8", DataType.STRING),
          Map.entry("utf8view", DataType.STRING),
          Map.entry("binary", DataType.BINARY),
          Map.entry("date32", DataType.DATE));

  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "timestamp\\((s|second|ms|millisecond|[uµ]s|microsecond|ns|nanosecond)\\b.*\\)");
  private static final Pattern DECIMAL =
      Pattern.compile("decimal128\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)");

  private NamedCasts() {}

  /** What a call's first argument is cast to, if the call is a cast. */
  static Optional<DataType> target(String function, SqlCall call) {
    DataType type = FUNCTIONS.get(function);
    if (type != null && call.operandCount() == 1) {
      return Optional.of(type);
    }
    boolean isArrow =
        function.equals("arrow_cast")
            && call.operandCount() == 2
            && call.operand(1) instanceof SqlLiteral;
    return isArrow
        ? Optional.of(arrowType(((SqlLiteral) call.operand(1)).toValue()))
        : Optional.empty();
  }

  private static DataType arrowType(String name) {
    String folded = name.trim().toLowerCase(Locale.ROOT);
    DataType simple = ARROW_TYPES.get(folded);
    if (simple != null) {
      return simple;
    }
    Matcher timestamp = TIMESTAMP.matcher(folded);
    if (timestamp.matches()) {
      return switch (timestamp.group(1).charAt(0)) {
        case 's' -> DataType.TIMESTAMP_SECOND;
        case 'n' -> DataType.TIMESTAMP_NANOS;
        case 'm' ->
            timestamp.group(1).startsWith("mic")
                ? DataType.TIMESTAMP_MICROS
                : DataType.TIMESTAMP_MILLIS;
        default -> DataType.TIMESTAMP_MICROS;
      };
    }
    Matcher decimal = DECIMAL.matcher(folded);
    if (decimal.matches()) {
      return DataType.decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    throw new TerraneException(
        ErrorCode.INVALID_ARGUMENT, "arrow_cast knows no type '" + name + "'");
  }
}
