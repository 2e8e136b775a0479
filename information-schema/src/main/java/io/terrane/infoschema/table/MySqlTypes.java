package io.terrane.infoschema.table;

import io.terrane.api.table.DataType;
import java.util.Locale;
import java.util.Map;

/** How a type is spelled by MySQL and by GreptimeDB, and the sizes that MySQL's clients read. */
final class MySqlTypes {

  /** Strings and binaries have no declared limit; this is the number GreptimeDB shows. */
  static final long LENGTH_UNLIMITED = Integer.MAX_VALUE;

  private MySqlTypes() {}

  /** MySQL's {@code data_type}: the bare name. */
  static String dataType(DataType type) {
    return switch (type.kind()) {
      case NULL -> "null";
      case BOOLEAN, INT8, UINT8 -> "tinyint";
      case INT16, UINT16 -> "smallint";
      case INT32, UINT32 -> "int";
      case INT64, UINT64 -> "bigint";
      case FLOAT32 -> "float";
      case FLOAT64 -> "double";
      case DECIMAL -> "decimal";
      case STRING -> "text";
      case BINARY -> "blob";
      case DATE -> "date";
      case TIME -> "time";
      case TIMESTAMP -> "timestamp";
    };
  }

  /** MySQL's {@code column_type}: the name with width, digits and sign. */
  static String columnType(DataType type) {
    String name = dataType(type);
    return switch (type.kind()) {
      case BOOLEAN -> "tinyint(1)";
      case UINT8, UINT16, UINT32, UINT64 -> name + " unsigned";
      case DECIMAL -> name + "(" + type.precision() + "," + type.scale() + ")";
      case TIME, TIMESTAMP -> type.precision() == 0 ? name : name + "(" + type.precision() + ")";
      default -> name;
    };
  }

  /** GreptimeDB's name of the type. */
  static String greptimeType(DataType type) {
    return switch (type.kind()) {
      case NULL -> "Null";
      case BOOLEAN -> "Boolean";
      case INT8, INT16, INT32, INT64 -> type.kind().name().replace("INT", "Int");
      case UINT8, UINT16, UINT32, UINT64 -> type.kind().name().replace("UINT", "UInt");
      case FLOAT32, FLOAT64 -> type.kind().name().replace("FLOAT", "Float");
      case DECIMAL -> "Decimal(" + type.precision() + ", " + type.scale() + ")";
      case STRING -> "String";
      case BINARY -> "Binary";
      case DATE -> "Date";
      case TIME -> "TimeMicrosecond";
      case TIMESTAMP ->
          "Timestamp"
              + switch (type.precision()) {
                case 0 -> "Second";
                case 3 -> "Millisecond";
                case 6 -> "Microsecond";
                default -> "Nanosecond";
              };
    };
  }

  /** Length of a character or byte string, else null. */
  static Long characterLength(DataType type) {
    return switch (type.kind()) {
      case STRING, BINARY -> LENGTH_UNLIMITED;
      default -> null;
    };
  }

  /** Decimal digits, as MySQL counts them, else null. */
  static Long numericPrecision(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN, INT8, UINT8 -> 3L;
      case INT16, UINT16 -> 5L;
      case INT32, UINT32 -> 10L;
      case INT64 -> 19L;
      case UINT64 -> 20L;
      case FLOAT32 -> 12L;
      case FLOAT64 -> 22L;
      case DECIMAL -> (long) type.precision();
      default -> null;
    };
  }

  /** Digits behind the point where they are fixed, else null. */
  static Long numericScale(DataType type) {
    if (type.isInteger() || type.kind() == DataType.Kind.BOOLEAN) {
      return 0L;
    }
    return type.kind() == DataType.Kind.DECIMAL ? (long) type.scale() : null;
  }

  /** Fraction digits of a time, else null. */
  static Long datetimePrecision(DataType type) {
    return switch (type.kind()) {
      case TIME, TIMESTAMP -> (long) type.precision();
      default -> null;
    };
  }

  static boolean isText(DataType type) {
    return type.kind() == DataType.Kind.STRING;
  }

  /** {@code YES} or {@code NO}, as MySQL's tables say it. */
  static String yesNo(boolean truth) {
    return truth ? "YES" : "NO";
  }

  /** An option list as MySQL's {@code create_options} and GreptimeDB's {@code options} show it. */
  static String options(Map<String, String> options) {
    StringBuilder text = new StringBuilder();
    options.forEach(
        (key, value) ->
            text.append(text.isEmpty() ? "" : " ")
                .append(key.toLowerCase(Locale.ROOT))
                .append('=')
                .append(value));
    return text.toString();
  }
}
